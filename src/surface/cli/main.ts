#!/usr/bin/env node
/** The command line: builds the commands in the reader's language and hands over to them. */
import { Command, CommanderError } from "commander";
import { exitCodes, systemClock } from "../../base/index.ts";
import { type Language, languageOf, languages, sentence } from "../../words/index.ts";
import { commands } from "./commands/index.ts";
import type { Context } from "./context.ts";

const context = contextOf(process.argv);
const program = new Command("tanafuda")
  .description(context.say("command/tanafuda"))
  .helpOption("-h, --help", context.say("option/help"))
  .helpCommand(false)
  .configureHelp({ showGlobalOptions: true })
  .option("--lang <language>", context.say("option/lang"), context.language)
  .option("--json", context.say("option/json"), false)
  .exitOverride();
for (const register of commands) register(program, context);
for (const command of program.commands) allowGlobalOptions(command);
program.action(() => context.print(context.say("cli/welcome")));

try {
  await program.parseAsync(process.argv);
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  process.exitCode = thrown.exitCode === 0 ? 0 : exitCodes.usage;
}

/** Help and mistyped options are worded before anything is parsed, so language comes from a peek. */
function contextOf(argv: readonly string[]): Context {
  const { env } = process;
  const given = valueAfter(argv, "--lang");
  const known = languages.find((one) => one === given);
  const language: Language = known ?? languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG);
  const json = argv.includes("--json");
  return {
    language,
    json,
    clock: systemClock,
    cwd: process.cwd(),
    print: (line) => {
      if (!json) process.stdout.write(`${line}\n`);
    },
    say: (id, values = {}) => sentence(id, values, language),
  };
}

function valueAfter(argv: readonly string[], flag: string): string | undefined {
  const at = argv.indexOf(flag);
  if (at >= 0) return argv[at + 1];
  return argv.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

/** `--json` and `--lang` may stand anywhere on the line. */
function allowGlobalOptions(command: Command): void {
  command.option("--lang <language>", context.say("option/lang"), context.language);
  command.option("--json", context.say("option/json"), false);
  for (const sub of command.commands) allowGlobalOptions(sub);
}
