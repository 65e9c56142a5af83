/** The headline: did it work? The rules stand in the order in which they are asked. */
import { limits } from "./limits.ts";
import type { Estimate, Outcome, Verdict, VerdictCode } from "./verdict.ts";

/** What the headline is judged by: balanced accuracy of NCC on the frozen evaluation split. */
export interface PilotNumbers {
  readonly collapse: "none" | "dimensional" | "complete";
  readonly labelled?: {
    readonly labelSet: string;
    readonly evaluationItems: number;
    readonly trained: Estimate;
    readonly untrained: Estimate;
    /** The better of raw pixels and PCA. */
    readonly simple?: { readonly name: "raw-pixels" | "pca"; readonly estimate: Estimate };
    /** Balanced accuracy of always naming the commonest class: 1 / classes. */
    readonly majority: number;
    /** Paired differences, over the same pictures or over seeds. */
    readonly gain: Estimate;
    readonly gainOverSimple?: Estimate;
  };
  /** Sample-level NCC, where there are no labels. */
  readonly sample?: { readonly trained: Estimate; readonly untrained: Estimate };
}

export function headline(numbers: PilotNumbers): Verdict {
  if (numbers.collapse === "complete") return verdict("verdict/failed-collapsed", "failed", {});
  if (numbers.labelled) return labelled(numbers.labelled);
  const { sample } = numbers;
  if (!sample) return verdict("verdict/unlabelled", "unlabelled", { measured: "no" });
  const values = {
    measured: "yes",
    trained: sample.trained.value,
    untrained: sample.untrained.value,
  };
  return sample.trained.low > sample.untrained.high
    ? verdict("verdict/unlabelled", "unlabelled", values)
    : verdict("verdict/unlabelled-no-gain", "unlabelled", values);
}

function labelled(of: NonNullable<PilotNumbers["labelled"]>): Verdict {
  const { gain, gainOverSimple, simple } = of;
  const values = {
    labelSet: of.labelSet,
    items: of.evaluationItems,
    trained: of.trained.value,
    untrained: of.untrained.value,
    majority: of.majority,
    gain: gain.value,
    gainLow: gain.low,
    gainHigh: gain.high,
    simpleName: simple?.name ?? "none",
    simple: simple?.estimate.value ?? 0,
  };
  const rules: readonly (readonly [boolean, VerdictCode, Outcome])[] = [
    [of.evaluationItems < limits.evaluationItems, "verdict/unknown-few", "unknown"],
    [gain.high < 0, "verdict/failed-harmed", "failed"],
    [
      gain.low <= 0 && gain.high - gain.low > limits.wideInterval,
      "verdict/unknown-wide",
      "unknown",
    ],
    [gain.low <= 0, "verdict/failed-no-gain", "failed"],
    [of.trained.low <= of.majority, "verdict/failed-chance", "failed"],
    [(gainOverSimple?.high ?? 1) < 0, "verdict/failed-simple-better", "failed"],
    [(gainOverSimple?.low ?? 1) <= 0, "verdict/partly-simple-as-good", "partly"],
    [gain.value < limits.usefulGain, "verdict/partly-small-gain", "partly"],
  ];
  const hit = rules.find(([holds]) => holds);
  return hit ? verdict(hit[1], hit[2], values) : verdict("verdict/works", "works", values);
}

function verdict(id: VerdictCode, outcome: Outcome, values: Verdict["values"]): Verdict {
  return { id, outcome, values };
}

/** What stands in its place while the work goes on: the last stage that is done. */
export function headlineSoFar(stage: "data" | "untrained" | "trained" | "measured"): Verdict {
  const done = stage === "measured" ? "trained" : stage;
  return { id: `verdict/pending-${done}`, values: {} };
}
