/** `tanafuda pilot`. */
import type { Command } from "commander";
import {
  type JobOptions,
  type PilotReport,
  runJob,
  type Work,
  watchFolder,
} from "../../../app/index.ts";
import { asJson, exitCodes, typed } from "../../../base/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { headlineTable } from "../measures.ts";
import { seenFrom } from "../seen-from.ts";
import { sayNext, searchFor, withWorkspace } from "./next.ts";
import {
  examples,
  fraction,
  positive,
  whole,
  withExecutor,
  withIngest,
  withReplan,
  withSeed,
  withTraining,
} from "./options.ts";

export function pilot(program: Command, context: Context): void {
  const { say, print, paint } = context;
  const command = program
    .command("pilot")
    .description(say("command/pilot"))
    .argument("<data>", say("argument/data"));
  withTraining(withIngest(command, context), context)
    .optionsGroup(say("help/options-result"))
    .option("--out <dir>", say("option/out"))
    .option("--volume <pictures>", say("option/volume"), whole("--volume", 1))
    .option("--defect-share <fraction>", say("option/defect-share"), fraction("--defect-share"))
    .option("--miss-cost <yen>", say("option/miss-cost"), positive("--miss-cost"))
    .option("--alarm-cost <yen>", say("option/alarm-cost"), positive("--alarm-cost"))
    .option("--no-pictures", say("option/no-pictures"))
    .option("--overwrite", say("option/overwrite"))
    .option("--resume", say("option/resume-pilot"))
    .option("--watch", say("option/watch"));
  withReplan(withSeed(withExecutor(withWorkspace(command, context), context), context), context);
  examples(command, context, [
    "tanafuda pilot ./photos",
    "tanafuda pilot ./photos --labels list.csv --group lot --minutes 20",
    "tanafuda pilot ./photos --watch",
  ]);
  command.action((data: string, { watch, ...flags }) =>
    perform(context, "pilot", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { data, ...optionsOf(flags), language: context.language };
      const result = await runJob("pilot", options, { ...place, ...work });
      if (result.outcome === "interrupted") {
        process.exitCode = exitCodes.interrupted;
        const resume = flags.resume ? [] : ["--resume"];
        const next = typed("tanafuda", ...place.command, ...resume);
        print(say("cli/stopped", { step: result.step, command: paint.command(next) }));
        return result;
      }
      print("");
      tell(result, context);
      if (watch) {
        await keepAdding(options, result, { context, work: { ...place, ...work } });
        print(say("cli/watched"));
      }
      const { representation, example, labelling } = result;
      const next = labelling
        ? ["data", "labels", result.dataset, labelling.saves]
        : searchFor(context, representation, example);
      sayNext(context, flags, next);
      return result;
    }),
  );
}

function tell(result: PilotReport, context: Context): void {
  const { say, print, paint, cwd } = context;
  const verdict = say(result.verdict.id, result.verdict.values).trimEnd();
  print(paint.strong(verdict));
  print(say("cli/set-aside", { ...result.counts }));
  const headline = headlineTable(result, context);
  if (headline !== undefined) print(headline);
  print(say("cli/report-at", { path: paint.place(seenFrom(cwd, result.report)) }));
  if (result.labelling) {
    const { page, saves } = result.labelling;
    print(say("cli/to-label-at", { path: paint.place(seenFrom(cwd, page)), saves }));
  }
}

interface Keeping {
  readonly context: Context;
  readonly work: Omit<Work, "clock">;
}

/** What arrives is set on the shelf by the encoder that is there; the report is written anew. */
async function keepAdding(
  options: JobOptions<"pilot">,
  { dataset, report }: PilotReport,
  { context, work }: Keeping,
): Promise<void> {
  const { say, print, paint, cwd } = context;
  print(say("cli/watching", { name: dataset }));
  const add = async (leave: readonly string[]) => {
    const found = await runJob("follow-up", { ...options, data: dataset, leave }, work);
    work.emit({ type: "result", kind: "follow-up", value: asJson(found) });
    if (found.outcome === "unchanged") return;
    const { added, rejected, counts } = found;
    const path = paint.place(seenFrom(cwd, report));
    print(say("cli/arrived", { added, rejected, total: counts.total, path }));
  };
  await watchFolder({ dataset, add }, work);
}
