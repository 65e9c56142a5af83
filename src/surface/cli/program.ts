/** The commands in the reader's language, as one program that can be asked to parse a line. */
import { Command, Option } from "commander";
import { productVersion } from "../../app/index.ts";
import { languages } from "../../words/index.ts";
import { commands } from "./commands/index.ts";
import { choice } from "./commands/options.ts";
import { welcome } from "./commands/welcome.ts";
import type { Context } from "./context.ts";
import { helpIn } from "./help.ts";
import { unknownCommand } from "./usage.ts";

export function buildProgram(context: Context): Command {
  const { say } = context;
  const program = new Command("tanafuda")
    .description(say("command/tanafuda"))
    .addHelpOption(new Option("-h, --help", say("option/help")).helpGroup(say("help/everywhere")))
    .helpCommand("help [command]", say("command/help"))
    .configureHelp(helpIn(context))
    .configureOutput({ outputError: () => {} })
    .optionsGroup(say("help/everywhere"))
    .version(productVersion(), "-V, --version", say("option/version"))
    .allowExcessArguments()
    .exitOverride();
  for (const register of commands) register(program, context);
  allowGlobalOptions(program, context);
  program.action(async () => {
    const [name] = program.args;
    if (name !== undefined) throw unknownCommand(name, program);
    await welcome(context);
  });
  return program;
}

/** `--json`, `--lang` and `--no-color` may stand anywhere on the line. */
function allowGlobalOptions(command: Command, context: Context): void {
  const { say } = context;
  command
    .optionsGroup(say("help/everywhere"))
    .option("--lang <language>", say("option/lang"), choice("--lang", languages))
    .option("--json", say("option/json"))
    .option("--no-color", say("option/no-color"));
  for (const sub of command.commands) {
    // Inherited from those above, where a word too many is a mistyped command.
    if (sub.commands.length === 0) sub.allowExcessArguments(false);
    allowGlobalOptions(sub, context);
  }
}
