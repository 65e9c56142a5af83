/** `tanafuda completion`, and the hidden command that its scripts ask. */
import type { Command } from "commander";
import { knownNames } from "../../../app/index.ts";
import { asLines, candidates, lasting, type Shell, script, shells } from "../completion/index.ts";
import { type Context, placeOf } from "../context.ts";
import { choice, examples } from "./options.ts";

export function completion(program: Command, context: Context): void {
  const { say, paintTold } = context;
  const command = program
    .command("completion")
    .description(say("command/completion"))
    .argument("<shell>", say("argument/shell"), choice("SHELL", shells));
  examples(command, context, [
    "source <(tanafuda completion bash)",
    "source <(tanafuda completion zsh)",
    "tanafuda completion fish > ~/.config/fish/completions/tanafuda.fish",
  ]);
  command.action((shell: Shell) => {
    process.stdout.write(script(shell));
    // Only a person who looks at the script has use for this; a shell that reads it has not.
    if (!process.stdout.isTTY) return;
    const how = say("cli/completion-how", { command: paintTold.command(lasting(shell)) });
    process.stderr.write(`${how}\n`);
  });
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: string[]) => {
      const names = await knownNames(placeOf(context, undefined).workspace);
      for (const line of asLines(candidates(words, { program, names }))) {
        process.stdout.write(`${line}\n`);
      }
    });
}
