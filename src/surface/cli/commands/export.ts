/** `tanafuda export`. */
import type { Command } from "commander";
import { type ExportResult, runJob } from "../../../app/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
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
    .option("--overwrite", say("option/overwrite"));
  withExecutor(withWorkspace(command, context), context);
  examples(command, context, [
    "tanafuda export @last",
    "tanafuda export photos-simclr-res-2-64@1 --to safetensors --out encoder.safetensors",
    "tanafuda export defect@last --to page --out classify.html",
  ]);
  command.action((what: string, flags) =>
    perform(context, "export", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { what, ...optionsOf(flags), language: context.language };
      const result = await runJob("export", options, { ...place, ...work });
      tell(result, context);
      sayNext(context, flags, ["measure", result.representation]);
      return result;
    }),
  );
}

function tell({ file, bytes, reference, classes, comparison, weights }: ExportResult, context: Context) {
  const { say, print } = context;
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
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
