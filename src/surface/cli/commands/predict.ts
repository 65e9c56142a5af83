/** `tanafuda predict`. */
import type { Command } from "commander";
import {
  csvHead,
  csvLine,
  predictionIn,
  runJob,
  unreadIn,
  unreadLine,
  withoutMark,
} from "../../../app/index.ts";
import { type Emit, type Event, exitCodes } from "../../../base/index.ts";
import { sentenceOrId } from "../../../words/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { harmless } from "../notice.ts";
import { seenFrom } from "../seen-from.ts";
import { oneLine } from "../table.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { examples, whole, withExecutor } from "./options.ts";

export function predict(program: Command, context: Context): void {
  const { say, print, json, cwd, paint } = context;
  const command = program
    .command("predict")
    .description(say("command/predict"))
    .argument("<head>", say("argument/head"))
    .argument("[files...]", say("argument/files"))
    .option("--out <file>", say("option/predict-out"))
    .option("--overwrite", say("option/overwrite"))
    .option("--watch <dir>", say("option/predict-watch"))
    .option("--neighbours <number>", say("option/neighbours"), whole("--neighbours", 1));
  withExecutor(withWorkspace(command, context), context);
  examples(command, context, [
    "tanafuda predict @last ./new-photos --out answers.csv",
    "tanafuda predict @last --watch ./camera --out answers.csv",
    "tanafuda predict label@1 photo.jpg --json",
  ]);
  command.action((head: string, files: string[], flags) =>
    perform(context, "predict", async ({ emit, signal }) => {
      const place = placeOf(context, flags.workspace);
      const { watch, out } = flags;
      if (watch !== undefined && !json)
        process.stderr.write(`${say("head/watching", { path: watch })}\n`);
      const isList = out === undefined && !json;
      const heard: Emit = (event) => {
        emit(event);
        if (!json) tell(event, { context, isList });
      };
      const options = { head, files, ...optionsOf(flags), language: context.language };
      const result = await runJob("predict", options, { ...place, emit: heard, signal });
      const { predicted, unread } = result;
      // A list on standard output stays a list.
      const line = say("head/predicted", { ...result });
      if (isList) process.stderr.write(`${line}\n`);
      else {
        print(line);
        if (result.out) print(say("head/list", { path: paint.place(seenFrom(cwd, result.out)) }));
        sayNext(context, flags, ["data", "list"]);
      }
      if (predicted === 0 && unread > 0) process.exitCode = exitCodes.input;
      return result;
    }),
  );
}

interface Telling {
  readonly context: Context;
  readonly isList: boolean;
}

/** A prediction is a line of the list, a file without one a line for people. */
function tell(event: Event, { context, isList }: Telling): void {
  const { language } = context;
  if (isList && event.type === "phase" && event.phase === "predict") {
    process.stdout.write(withoutMark(csvHead));
  }
  const prediction = isList ? predictionIn(event) : undefined;
  if (prediction) process.stdout.write(csvLine(prediction));
  const unread = unreadIn(event);
  if (unread) {
    const { path, code, values } = unread;
    if (isList) process.stdout.write(unreadLine(unread, language));
    const text = sentenceOrId(code, harmless(values), language);
    process.stderr.write(`${oneLine(path)}: ${text}\n`);
  }
}
