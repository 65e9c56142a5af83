/** `tanafuda select`. */
import type { Command } from "commander";
import { runJob } from "../../../app/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { examples, whole, withExecutor, withSeed } from "./options.ts";

export function select(program: Command, context: Context): void {
  const { say, print } = context;
  const command = program
    .command("select")
    .description(say("command/select"))
    .argument("<representation>", say("argument/representation"))
    .option("-n, --count <number>", say("option/select-count"), whole("--count", 1))
    .option("--labels <set>", say("option/select-labels"))
    .option("--strategy <name>", say("option/strategy"))
    .option("--evaluation", say("option/evaluation"))
    .option("--strata <class>", say("option/strata"))
    .option("--out <dir>", say("option/select-out"))
    .option("--overwrite", say("option/overwrite"));
  withSeed(withExecutor(withWorkspace(command, context), context), context);
  examples(command, context, [
    "tanafuda select @last",
    "tanafuda select @last --evaluation -n 200 --labels defect --out to-judge",
    "tanafuda select @last --strata scratch -n 300 --labels defect --out to-judge",
    "tanafuda select @last -n 100 --labels defect --out to-label",
  ]);
  command.action((representation: string, flags) =>
    perform(context, "select", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { representation, ...optionsOf(flags), language: context.language };
      const result = await runJob("select", options, { ...place, ...work });
      const { items, candidates, labelled, before, coverage, sizes } = result;
      const counts = { count: items.length, candidates, labelled };
      const { expected } = result;
      if (expected) {
        const { strata, random } = expected;
        print(say("cli/selected-strata", { ...counts, class: flags.strata, strata, random }));
      } else if (flags.evaluation) print(say("cli/selected-to-judge", counts));
      else {
        print(say("cli/selected", counts));
        print(say("cli/select-coverage", { before, coverage, error: sizes.error }));
      }
      print(say("cli/select-page", { path: result.page, file: result.saves }));
      print(say("cli/select-list", { path: result.list }));
      print(say("cli/select-tasks", { path: result.tasks }));
      sayNext(context, flags, ["data", "labels", result.dataset, result.saves]);
      return result;
    }),
  );
}
