#!/usr/bin/env node
/** The command line: builds the commands in the reader's language and hands over to them. */
import { Command, CommanderError, Option } from "commander";
import { preferredLanguage, productVersion } from "../../app/index.ts";
import { systemClock } from "../../base/index.ts";
import { type Language, languageOf, languages, sentence } from "../../words/index.ts";
import { commands } from "./commands/index.ts";
import { choice } from "./commands/options.ts";
import { type Context, fail, placeOf } from "./context.ts";
import { helpIn } from "./help.ts";
import { unknownCommand, usageProblem } from "./usage.ts";

const argv = process.argv.slice(2);
// Who listens may go away: `| head`, a closed terminal. The work goes on.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
const context = contextOf(argv);
const program = new Command("tanafuda")
  .description(context.say("command/tanafuda"))
  .addHelpOption(
    new Option("-h, --help", context.say("option/help")).helpGroup(context.say("help/everywhere")),
  )
  .helpCommand(false)
  .configureHelp(helpIn(context))
  .configureOutput({ outputError: () => {} })
  .optionsGroup(context.say("help/everywhere"))
  .version(productVersion(), "-V, --version", context.say("option/version"))
  .allowExcessArguments()
  .exitOverride();
for (const register of commands) register(program, context);
allowGlobalOptions(program);
program.action(() => {
  const [name] = program.args;
  if (name !== undefined) throw unknownCommand(name, program);
  context.print(context.say("cli/welcome"));
});

try {
  await program.parseAsync(process.argv);
} catch (thrown) {
  const isUsage = thrown instanceof CommanderError;
  if (!isUsage || thrown.exitCode !== 0) {
    const found = isUsage ? usageProblem(thrown, { program, argv }) : thrown;
    process.exitCode = fail(context, found);
  }
}

/** Help and mistyped options are worded before anything is parsed, so language comes from a peek. */
function contextOf(words: readonly string[]): Context {
  const { env } = process;
  const json = words.includes("--json");
  const place = { cwd: process.cwd() };
  const given = valueAfter(words, "--lang");
  const language: Language =
    languages.find((one) => one === given) ??
    preferredLanguage(placeOf(place, valueAfter(words, "--workspace")).workspace) ??
    languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG);
  return {
    ...place,
    language,
    json,
    clock: systemClock,
    print: (line) => {
      if (!json) process.stdout.write(`${line}\n`);
    },
    say: (id, values = {}) => sentence(id, values, language),
  };
}

function valueAfter(words: readonly string[], flag: string): string | undefined {
  const at = words.indexOf(flag);
  if (at >= 0) return words[at + 1];
  return words.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

/** `--json` and `--lang` may stand anywhere on the line. */
function allowGlobalOptions(command: Command): void {
  const { say } = context;
  command
    .optionsGroup(say("help/everywhere"))
    .option("--lang <language>", say("option/lang"), choice("--lang", languages))
    .option("--json", say("option/json"));
  for (const sub of command.commands) {
    // Inherited from those above, where a word too many is a mistyped command.
    if (sub.commands.length === 0) sub.allowExcessArguments(false);
    allowGlobalOptions(sub);
  }
}
