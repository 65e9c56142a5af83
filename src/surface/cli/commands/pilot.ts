/** `tanafuda pilot`. */
import type { Command } from "commander";
import { runJob } from "../../../app/index.ts";
import { type Context, perform, placeOf } from "../context.ts";
import { headlineTable } from "../measures.ts";
import {
  examples,
  withExecutor,
  withIngest,
  withSeed,
  withTraining,
  withWorkspace,
} from "./options.ts";

export function pilot(program: Command, context: Context): void {
  const { say, print } = context;
  const command = program
    .command("pilot")
    .description(say("command/pilot"))
    .argument("<data>", say("argument/data"));
  withTraining(withIngest(command, context), context)
    .option("--out <dir>", say("option/out"), "tanafuda-report")
    .option("--overwrite", say("option/overwrite"), false)
    .option("--resume", say("option/resume"), false);
  withSeed(withExecutor(withWorkspace(command, context), context), context);
  examples(command, context, [
    "tanafuda pilot ./photos",
    "tanafuda pilot ./photos --labels list.csv --group lot --minutes 20",
  ]);
  command.action((data: string, flags) =>
    perform(context, async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { data, ...flags, language: context.language };
      const result = await runJob("pilot", options, { ...place, ...work });
      if (result.outcome === "interrupted") {
        process.exitCode = 130;
        const next = ["tanafuda pilot", data, ...place.command.slice(2), "--resume"].join(" ");
        print(say("cli/stopped", { step: result.step, command: next }));
        return { ...result };
      }
      print("");
      print(say(result.verdict.id, result.verdict.values));
      print(say("cli/set-aside", { ...result.counts }));
      const headline = headlineTable(result, context);
      if (headline !== undefined) print(headline);
      print(say("cli/report-at", { path: result.report }));
      print(say("cli/next", { command: `tanafuda search ${result.representation} PICTURE` }));
      return { ...result };
    }),
  );
}
