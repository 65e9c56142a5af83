#!/usr/bin/env node
/** The command line: finds the reader's language and hands the line over to the commands. */
import { CommanderError } from "commander";
import { preferredLanguage } from "../../app/index.ts";
import { systemClock } from "../../base/index.ts";
import { type Language, languageOf, languages, sentence } from "../../words/index.ts";
import { type Context, fail, placeOf } from "./context.ts";
import { isColourful, palette } from "./palette.ts";
import { buildProgram } from "./program.ts";
import { usageProblem } from "./usage.ts";

const argv = process.argv.slice(2);
// Who listens may go away: `| head`, a closed terminal. The work goes on.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
const context = contextOf(argv);
const program = buildProgram(context);

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
  const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
  return {
    ...place,
    language,
    json,
    clock: systemClock,
    paint: palette(isColourful(process.stdout, words)),
    paintTold: palette(isColourful(process.stderr, words)),
    ...(columns !== undefined && { columns }),
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
