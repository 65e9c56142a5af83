/** `tanafuda export`. */
import type { Command } from "commander";
import { type ExportResult, runJob } from "../../../app/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { seenFrom } from "../seen-from.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { examples, withExecutor } from "./options.ts";

export function exportCommand(program: Command, context: Context): void {
  const { say } = context;
  const command = program
    .command("export")
    .description(say("command/export"))
    .argument("<what>", say("argument/exported"))
    .option("--to <format>", say("option/to"))
    .option("--out <file>", say("option/export-out"))
    .option("--labels <set>", say("option/export-labels"))
    .option("--overwrite", say("option/overwrite"));
  withExecutor(withWorkspace(command, context), context);
  examples(command, context, [
    "tanafuda export @last",
    "tanafuda export photos-simclr-res-2-64@1 --to safetensors --out encoder.safetensors",
    "tanafuda export defect@last --to page --out classify.html",
    "tanafuda export photos --to label-studio --labels defect",
  ]);
  command.action((what: string, flags) =>
    perform(context, "export", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { what, ...optionsOf(flags), language: context.language };
      const result = await runJob("export", options, { ...place, ...work });
      tell(result, context);
      const { reference, representation, dataset, file } = result;
      if (result.classes !== undefined) sayNext(context, flags, ["predict", reference, "PICTURE"]);
      else if (representation !== undefined) sayNext(context, flags, ["measure", representation]);
      else sayNext(context, flags, ["data", "labels", dataset, seenFrom(context.cwd, file)]);
      return result;
    }),
  );
}

function tell(result: ExportResult, context: Context): void {
  const { file, bytes, reference, classes, comparison, weights, tasks, dataset } = result;
  const { say, print } = context;
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  if (tasks !== undefined) {
    print(say("cli/exported-tasks", { file, size, dataset, ...tasks }));
    print(tasks.config.trimEnd());
    return;
  }
  print(say("cli/exported", { file, size, reference, classes: classes?.length ?? 0 }));
  if (weights !== undefined) print(say("cli/export-read-back", { ...weights }));
  if (comparison === undefined) return;
  const { stored, whole, bounds } = comparison;
  print(say("cli/export-compared", { ...inWords(stored), bound: brief(bounds.embedding) }));
  if (whole !== undefined) print(say("cli/export-whole", inWords(whole)));
}

type Difference = NonNullable<ExportResult["comparison"]>["stored"];

function inWords({ pictures, embedding, probability, agreeing }: Difference) {
  return {
    pictures,
    embedding: brief(embedding),
    probability: probability === undefined ? "none" : brief(probability),
    agreeing: agreeing ?? 0,
  };
}

function brief(value: number): string {
  return value.toPrecision(2);
}
