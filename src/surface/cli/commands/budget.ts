/** `tanafuda budget`. */
import type { Command } from "commander";
import { goalNames, runJob } from "../../../app/index.ts";
import { budgetText } from "../budgets.ts";
import { type Context, optionsOf, perform, placeOf } from "../context.ts";
import { sayNext, withWorkspace } from "./next.ts";
import { choice, examples, fraction, share, withExecutor, withSeed } from "./options.ts";

export function budget(program: Command, context: Context): void {
  const { say, print } = context;
  const command = program
    .command("budget")
    .description(say("command/budget"))
    .argument("<representation>", say("argument/representation"))
    .option("--labels <set>", say("option/budget-labels"))
    .option("--target <share>", say("option/goal-target"), share("--target"))
    .option("--measure <name>", say("option/goal-measure"), choice("--measure", goalNames))
    .option("--class <name>", say("option/class"))
    .option("--missed <share>", say("option/missed"), share("--missed"))
    .option("--false-alarm <share>", say("option/false-alarm"), fraction("--false-alarm"))
    .option("--no-baselines", say("option/no-baselines"))
    .option("--supervised", say("option/supervised"))
    .option("--no-supervised", say("option/no-supervised"));
  withSeed(withExecutor(withWorkspace(command, context), context), context);
  examples(command, context, [
    "tanafuda budget @last --labels defect --target 0.95",
    "tanafuda budget @last --labels defect --measure recall --class scratch --target 0.9",
    "tanafuda budget @last --labels defect --target 0.95 --supervised",
    "tanafuda budget @last --labels defect --missed 0.01 --false-alarm 0.05 --class scratch",
  ]);
  command.action((representation: string, flags) =>
    perform(context, "budget", async (work) => {
      const place = placeOf(context, flags.workspace);
      const options = { representation, ...optionsOf(flags) };
      const result = await runJob("budget", options, { ...place, ...work });
      for (const line of budgetText(result, context)) print(line);
      sayNext(context, flags, nextStep(result));
      return result;
    }),
  );
}

type Result = Parameters<typeof budgetText>[0];

/** What is missing most: pictures to judge by, labels to train on, else the head. */
function nextStep({ representation, labelSet, goal, need, forecast, labels }: Result): string[] {
  const toJudge = (need.strata ?? need.random) - labels.evaluation;
  if (forecast.state === "reached" && toJudge <= 0) {
    return ["measure", representation, "--labels", labelSet];
  }
  if (forecast.state === "reached") {
    // A draw in strata stands for all that is set aside: it is done once, and not in parts.
    const inStrata = need.strata !== undefined && goal.class !== undefined && !labels.isWeighted;
    const count = String(inStrata ? toJudge : Math.min(500, toJudge));
    const drawn = inStrata ? ["--strata", goal.class] : ["--evaluation"];
    return ["select", representation, ...drawn, "-n", count, "--labels", labelSet];
  }
  if (forecast.labels === null || labels.unlabelled === 0) {
    return ["measure", representation, "--labels", labelSet];
  }
  const missing = Math.ceil(forecast.labels - labels.training);
  const count = String(Math.max(1, Math.min(200, missing, labels.unlabelled)));
  return ["select", representation, "-n", count, "--labels", labelSet];
}
