/** `tanafuda measure`. */
import type { Command } from "commander";
import { runJob } from "../../../app/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { differenceTable, layerTable, measureTables, seedTable } from "../measures.ts";
import { sayNext, searchFor, withWorkspace } from "./next.ts";
import { examples, list, withExecutor, withSeed } from "./options.ts";

export function measure(program: Command, context: Context): void {
  const { say, print } = context;
  const command = program
    .command("measure")
    .description(say("command/measure"))
    .argument("<representations...>", say("argument/representations"))
    .option("--labels <sets>", say("option/labels"), list)
    .option("--layers <layers>", say("option/layers"), list)
    .option("--data <dataset>", say("option/data"))
    .option("--list <file>", say("option/label-column"));
  withSeed(withExecutor(withWorkspace(command, context), context), context);
  examples(command, context, [
    "tanafuda measure @last",
    "tanafuda measure @last --labels category,vendor --layers all",
    "tanafuda measure photos-vicreg-res-2-64 photos-simclr-res-2-64",
    "tanafuda measure features.npy --list labels.csv",
  ]);
  command.action((representations: string[], flags) =>
    perform(context, "measure", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { representations, ...optionsOf(flags) };
      const result = await runJob("measure", options, { ...place, ...work });
      for (const { title, text } of measureTables(result.columns, context)) {
        print(`\n${title}\n${text}`);
      }
      if (result.layers.length > 0) print(`\n${layerTable(result.layers, context)}`);
      if (result.seeds.length > 0) print(`\n${seedTable(result.seeds, context)}`);
      const differences = differenceTable(result.comparisons, context);
      if (differences !== undefined) print(`\n${differences}`);
      print(`\n${say("cli/evaluation-note", { run: result.run })}`);
      const [{ kind, name }] = result.columns;
      if (kind === "file") sayNext(context, flags, ["pilot", "FOLDER"]);
      else sayNext(context, flags, searchFor(context, name, result.example));
      return result;
    }),
  );
}
