/** What is to be reached, and how far predictions are from it: an error that must not exceed a limit. */
import { likeliest } from "../heads/index.ts";
import type { Matrix } from "../measure/index.ts";

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

/** What it errs to guess one class of all as often as another, or to alarm at anything as often. */
export function chanceError(goal: Goal, classes: number): number {
  return goal.kind === "missed" ? 1 - goal.falseAlarm : 1 - 1 / classes;
}

/** Items whose class is known, and which no classifier was fitted on. */
export interface JudgedItems {
  readonly codes: Int32Array;
  /** How many items each stands for, where some were likelier to be drawn than others; default: 1. */
  readonly weights?: Float64Array | undefined;
}

export interface Answers extends JudgedItems {
  /** `[n, columns]`; column j is class `classes[j]`, as a classifier gives them. */
  readonly probabilities: Matrix;
  readonly classes: readonly number[];
  /** How many classes there are, those that had no label included. */
  readonly count: number;
}

/**
 * The alarm's threshold is set on the same items, so that the answer is about how well the
 * probabilities order them; setting it beforehand costs calibration labels.
 */
export function errorOf(goal: Goal, answers: Answers): number {
  if (goal.kind === "missed") return missedWithin(goal, answers);
  const { probabilities, classes, codes, count, weights } = answers;
  const predicted = likeliest(probabilities).predicted.map((column) => classes[column]);
  const [all, found] = [new Float64Array(count), new Float64Array(count)];
  for (const [i, code] of codes.entries()) {
    const weight = weights?.[i] ?? 1;
    all[code] += weight;
    if (predicted[i] === code) found[code] += weight;
  }
  switch (goal.kind) {
    case "accuracy":
      return 1 - sum(found) / sum(all);
    case "balanced": {
      const shares = [...found].map((value, c) => value / all[c]).filter((x) => !Number.isNaN(x));
      return 1 - sum(shares) / shares.length;
    }
    case "recall":
      return 1 - found[goal.class] / all[goal.class];
    default:
      return goal satisfies never;
  }
}

/** Share of the class below the lowest threshold that keeps false alarms within the rate; ties go together. */
function missedWithin(
  goal: Extract<Goal, { kind: "missed" }>,
  { probabilities, classes, codes, weights }: Answers,
): number {
  const column = classes.indexOf(goal.class);
  const probability = Float64Array.from(codes, (_, i) =>
    column < 0 ? 0 : probabilities.values[i * probabilities.columns + column],
  );
  const order = [...codes.keys()].sort((a, b) => probability[b] - probability[a]);
  const weightOf = (i: number) => weights?.[i] ?? 1;
  const positives = sum(order.map((i) => (codes[i] === goal.class ? weightOf(i) : 0)));
  const negatives = sum(order.map(weightOf)) - positives;
  let [found, alarms, reached] = [0, 0, 0];
  for (const [at, item] of order.entries()) {
    if (codes[item] === goal.class) found += weightOf(item);
    else alarms += weightOf(item);
    if (alarms > goal.falseAlarm * negatives) break;
    const next = order[at + 1];
    if (next === undefined || probability[next] !== probability[item]) reached = found;
  }
  return 1 - reached / positives;
}

/**
 * So many evaluation items the error is a share of; with weights, as many as would tell as much. A mean
 * over classes is as uncertain as its rarest: K² / Σ 1 / n_c items.
 */
export function judgedItems(goal: Goal, { codes, weights }: JudgedItems): number {
  if (goal.kind === "accuracy") return telling([...codes.keys()], weights);
  const itemsOf = (one: number) => [...codes.keys()].filter((i) => codes[i] === one);
  if (goal.kind !== "balanced") return telling(itemsOf(goal.class), weights);
  const classes = [...new Set(codes)].filter((code) => code >= 0);
  const open = sum(classes.map((one) => 1 / telling(itemsOf(one), weights)));
  return open > 0 ? classes.length ** 2 / open : 0;
}

/** Kish's effective number. */
function telling(items: readonly number[], weights: Float64Array | undefined): number {
  const own = items.map((i) => weights?.[i] ?? 1);
  const square = sum(own.map((weight) => weight * weight));
  return square > 0 ? sum(own) ** 2 / square : 0;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
