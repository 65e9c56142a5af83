/** `tanafuda init`. */
import type { Command } from "commander";
import { initWorkspace } from "../../../app/index.ts";
import { type Context, perform } from "../context.ts";
import { examples } from "./options.ts";

export function init(program: Command, context: Context): void {
  const { say, print, cwd } = context;
  const command = program
    .command("init")
    .description(say("command/init"))
    .argument("[dir]", say("argument/folder"), ".");
  examples(command, context, ["tanafuda init", "tanafuda init inspection"]);
  command.action((dir: string) =>
    perform(context, async () => {
      const result = await initWorkspace(dir, cwd);
      print(say("cli/workspace-made", { path: result.path }));
      print(say("cli/next", { command: "tanafuda pilot FOLDER" }));
      return { ...result };
    }),
  );
}
