/** `tanafuda search`. */
import type { Command } from "commander";
import { runJob } from "../../../app/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { table } from "../table.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { examples, whole, withExecutor } from "./options.ts";

export function search(program: Command, context: Context): void {
  const { say, print } = context;
  const command = program
    .command("search")
    .description(say("command/search"))
    .argument("<representation>", say("argument/representation"))
    .argument("<picture>", say("argument/picture"))
    .option("-k, --count <number>", say("option/count"), whole("--count", 1));
  withExecutor(withWorkspace(command, context), context);
  examples(command, context, [
    "tanafuda search @last scratch.jpg",
    "tanafuda search @last scratch.jpg -k 50 --json",
  ]);
  command.action((representation: string, picture: string, flags) =>
    perform(context, "search", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { representation, picture, ...optionsOf(flags) };
      const result = await runJob("search", options, { ...place, ...work });
      const rows = result.nearest.map(({ path, similarity, labels }) => [
        similarity.toFixed(3),
        path,
        Object.values(labels).join(", "),
      ]);
      const heads = [say("cli/similarity"), say("cli/picture"), say("cli/labelled-as")];
      print(table([heads, ...rows], context));
      sayNext(context, flags, ["measure", result.representation]);
      return result;
    }),
  );
}
