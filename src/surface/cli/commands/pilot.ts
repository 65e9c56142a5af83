/** `tanafuda pilot`. */
import type { Command } from "commander";
import { runJob } from "../../../app/index.ts";
import { exitCodes } from "../../../base/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { headlineTable } from "../measures.ts";
import { typed } from "../typed.ts";
import { sayNext, searchFor, withWorkspace } from "./next.ts";
import {
  examples,
  withExecutor,
  withIngest,
  withReplan,
  withSeed,
  withTraining,
} from "./options.ts";

export function pilot(program: Command, context: Context): void {
  const { say, print } = context;
  const command = program
    .command("pilot")
    .description(say("command/pilot"))
    .argument("<data>", say("argument/data"));
  withTraining(withIngest(command, context), context)
    .optionsGroup(say("help/options-result"))
    .option("--out <dir>", say("option/out"))
    .option("--overwrite", say("option/overwrite"))
    .option("--resume", say("option/resume-pilot"));
  withReplan(withSeed(withExecutor(withWorkspace(command, context), context), context), context);
  examples(command, context, [
    "tanafuda pilot ./photos",
    "tanafuda pilot ./photos --labels list.csv --group lot --minutes 20",
  ]);
  command.action((data: string, flags) =>
    perform(context, "pilot", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { data, ...optionsOf(flags), language: context.language };
      const result = await runJob("pilot", options, { ...place, ...work });
      if (result.outcome === "interrupted") {
        process.exitCode = exitCodes.interrupted;
        const resume = flags.resume ? [] : ["--resume"];
        const next = typed("tanafuda", ...place.command, ...resume);
        print(say("cli/stopped", { step: result.step, command: next }));
        return result;
      }
      print("");
      print(say(result.verdict.id, result.verdict.values).trimEnd());
      print(say("cli/set-aside", { ...result.counts }));
      const headline = headlineTable(result, context);
      if (headline !== undefined) print(headline);
      print(say("cli/report-at", { path: result.report }));
      sayNext(context, flags, searchFor(context, result.representation, result.example));
      return result;
    }),
  );
}
