/** `tanafuda adapt`. */
import type { Command } from "commander";
import { type JobResult, runJob } from "../../../app/index.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import {
  classTable,
  confusedLines,
  judgedTable,
  kindName,
  promiseLines,
  triedTable,
  verdictLines,
} from "../heads.ts";
import { seenFrom } from "../seen-from.ts";
import { sayNext, withWorkspace } from "./next.ts";
import {
  choice,
  examples,
  fraction,
  list,
  positive,
  whole,
  withExecutor,
  withSeed,
} from "./options.ts";

export function adapt(program: Command, context: Context): void {
  const { say, print, paint, cwd } = context;
  const command = program
    .command("adapt")
    .description(say("command/adapt"))
    .argument("<representation>", say("argument/representation"))
    .requiredOption("--labels <set>", say("option/adapt-labels"))
    .option("--name <name>", say("option/head-name"))
    .option("--heads <names>", say("option/heads"), list)
    .option("--weights <rule>", say("option/weights"), choice("--weights", ["balanced", "none"]))
    .option("--calibration <labels>", say("option/calibration"), whole("--calibration", 1))
    .option("--fine-tune <scope>", say("option/fine-tune"))
    .option("--epochs <number>", say("option/fine-tune-epochs"), whole("--epochs", 1))
    .option("--alpha <fraction>", say("option/alpha"), fraction("--alpha"))
    .option("--sets <by>", say("option/sets"), choice("--sets", ["all", "class"]))
    .option("--target <fraction>", say("option/target"), fraction("--target"))
    .option("--delta <fraction>", say("option/delta"), fraction("--delta"))
    .option("--defect <class>", say("option/defect"))
    .option("--missed-costs <number>", say("option/missed-costs"), positive("--missed-costs"))
    .option(
      "--false-alarm-costs <number>",
      say("option/false-alarm-costs"),
      positive("--false-alarm-costs"),
    );
  withSeed(withExecutor(withWorkspace(command, context), context), context);
  examples(command, context, [
    "tanafuda adapt @last --labels label",
    "tanafuda adapt @last --labels defect --defect scratch --missed-costs 200 --false-alarm-costs 5",
    "tanafuda adapt @last --labels label --fine-tune last",
    "tanafuda adapt @last --labels label --heads ridge,logistic --weights balanced --alpha 0.05",
  ]);
  command.action((representation: string, { labels: set, ...flags }) =>
    perform(context, "adapt", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { representation, labels: set, ...optionsOf(flags) };
      const result = await runJob("adapt", options, { ...place, ...work });
      const { head, labelSet, classes, labels, split, judged, labelling } = result;
      const kind = kindName(result.chosen, context);
      const made = { head, kind, classes: classes.length, labelSet };
      print(paint.strong(say("head/made", made)));
      print(say("head/labels", { ...labels, split: split.name }));
      const { disagreements } = labelling;
      if (disagreements > 0) print(say("head/disagreements", { count: disagreements }));
      print("");
      if (result.tried.length === 0) print(say("head/tried-none"));
      else print(`${say("head/tried")}\n${triedTable(result, context)}`);
      if (result.fineTune) print(fineTuneLine(result.fineTune, context));
      if (judged) {
        print("");
        print(say("head/on-split", { split: split.name, items: split.labelled }));
        const { standFor } = result.labelling;
        if (standFor !== undefined) {
          print(say("head/in-strata", { items: split.labelled, standFor }));
        }
        print(judgedTable(result, context));
        print("");
        print(classTable(result, context));
        print("");
        for (const line of confusedLines(result, context)) print(line);
      }
      print("");
      for (const line of promiseLines(result, context)) print(line);
      for (const line of verdictLines(result, context)) print(paint.strong(line));
      const picture = result.example === undefined ? "PICTURE" : seenFrom(cwd, result.example);
      sayNext(context, flags, ["predict", head, picture]);
      return result;
    }),
  );
}

function fineTuneLine(
  { scope, tried, representation }: NonNullable<JobResult<"adapt">["fineTune"]>,
  { say }: Context,
): string {
  if (tried === undefined) return say("head/fine-tune-untried", { scope });
  const { frozen, ...own } = tried;
  const values = {
    scope,
    ...own,
    frozenAccuracy: frozen.accuracy,
    frozenBalanced: frozen.balanced,
  };
  if (representation === undefined) return say("head/fine-tune-no-better", values);
  return say("head/fine-tuned", { ...values, representation });
}
