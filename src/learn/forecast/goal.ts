/** What is to be reached, and how far predictions are from it: an error that must not exceed a limit. */
import { likeliest, pointWithin } from "../heads/index.ts";
import { type Matrix, scorePredictions } from "../measure/index.ts";

export type Goal =
  | { readonly kind: "accuracy"; readonly atLeast: number }
  /** Mean over classes of the share found. */
  | { readonly kind: "balanced"; readonly atLeast: number }
  /** Share found of one class. */
  | { readonly kind: "recall"; readonly class: number; readonly atLeast: number }
  /** Share of one class that is missed where at most a share `falseAlarm` of the rest is alarmed at. */
  | {
      readonly kind: "missed";
      readonly class: number;
      readonly atMost: number;
      readonly falseAlarm: number;
    };

/** The largest error at which the goal is reached. */
export function allowedError(goal: Goal): number {
  return goal.kind === "missed" ? goal.atMost : 1 - goal.atLeast;
}

export interface Answers {
  /** `[n, columns]`; column j is class `classes[j]`, as a classifier gives them. */
  readonly probabilities: Matrix;
  readonly classes: readonly number[];
  readonly codes: Int32Array;
  /** How many classes there are, those that had no label included. */
  readonly count: number;
}

/**
 * The alarm's threshold is set on the same items, so that the answer is about how well the
 * probabilities order them; setting it beforehand costs calibration labels.
 */
export function errorOf(goal: Goal, { probabilities, classes, codes, count }: Answers): number {
  if (goal.kind === "missed") {
    const column = classes.indexOf(goal.class);
    const { rows, columns, values } = probabilities;
    const probability = Float64Array.from({ length: rows }, (_, i) =>
      column < 0 ? 0 : values[i * columns + column],
    );
    const positive = Array.from(codes, (code) => code === goal.class);
    return pointWithin({ probability, positive }, goal.falseAlarm).missed.rate;
  }
  const predicted = likeliest(probabilities).predicted.map((column) => classes[column]);
  const { accuracy, balanced, perClass } = scorePredictions(predicted, codes, count);
  switch (goal.kind) {
    case "accuracy":
      return 1 - accuracy;
    case "balanced":
      return 1 - balanced;
    case "recall":
      return 1 - perClass[goal.class];
    default:
      return goal satisfies never;
  }
}

/** Of so many evaluation items the error is a share. */
export function judgedItems(goal: Goal, codes: Int32Array): number {
  if (goal.kind === "accuracy" || goal.kind === "balanced") return codes.length;
  return codes.filter((code) => code === goal.class).length;
}
