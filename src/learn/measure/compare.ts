/**
 * Paired comparison of two representations on the same items: the differences are what vary, not
 * the items twice. Scores by bootstrap of per-item differences, variances and distances by the
 * first-order differences of their influences.
 */
import { fork, type Key, Problem } from "../../base/index.ts";
import { bootstrapScores } from "./bootstrap.ts";
import { deltaDifference } from "./delta-interval.ts";
import { type Interval, tInterval } from "./interval.ts";
import type { Measured } from "./measure-representation.ts";
import { identity, type Measurement, type MeasurementEvidence } from "./measurement.ts";

export interface Comparison {
  readonly left: Measurement;
  readonly right: Measurement;
  /** right - left. */
  readonly difference: number;
  readonly interval: Interval;
  /** The interval leaves out 0. */
  readonly decided: boolean;
}

export interface CompareOptions {
  readonly key: Key;
  readonly repeats?: number;
}

/** Every measure that both have under the same protocol, label set and split. */
export function comparePaired(
  left: Measured,
  right: Measured,
  { key, repeats = 1000 }: CompareOptions,
): Comparison[] {
  const others = new Map(right.measurements.map((other) => [identity(other), other]));
  return left.measurements.flatMap((one) => {
    const other = others.get(identity(one));
    const evidence = [left.evidence.get(one), other && right.evidence.get(other)] as const;
    if (!other || one.value === null || other.value === null) return [];
    if (!evidence[0] || !evidence[1]) return [];
    const difference = other.value - one.value;
    const interval = intervalOf(one, difference, [evidence[0], evidence[1]], {
      key: fork(key, identity(one)),
      repeats,
    });
    const decided = interval.low > 0 || interval.high < 0;
    return [{ left: one, right: other, difference, interval, decided }];
  });
}

/**
 * The same over seeds: `left[s]` and `right[s]` are trained from seed s. Student's interval of the
 * differences with n - 1 degrees of freedom.
 */
export function compareOverSeeds(left: readonly number[], right: readonly number[]) {
  if (left.length !== right.length) {
    throw new Problem("measure/items-differ", { left: left.length, right: right.length });
  }
  return tInterval(
    right.map((value, seed) => value - left[seed]),
    "t over seeds",
  );
}

/** Mean, deviation and Student's interval of one number over seeds. */
export function spreadOverSeeds(values: readonly number[]) {
  return tInterval(values, "t over seeds");
}

function intervalOf(
  measurement: Measurement,
  difference: number,
  [left, right]: readonly [MeasurementEvidence, MeasurementEvidence],
  { key, repeats }: { readonly key: Key; readonly repeats: number },
): Interval {
  const groups = left.groups;
  if (left.kind === "scores" && right.kind === "scores") {
    checkSame(left.rows, right.rows);
    checkSame(left.codes, right.codes);
    const differences = right.scores.map((score, i) => score - left.scores[i]);
    const intervals = bootstrapScores(differences, left.codes, { key, groups, repeats });
    return measurement.statistic === "accuracy" ? intervals.accuracy : intervals.balanced;
  }
  if (left.kind === "influence" && right.kind === "influence") {
    checkSame(left.codes, right.codes);
    return deltaDifference(difference, [right.influence, left.influence], left.codes, { groups });
  }
  throw new Problem("measure/items-differ", { left: left.kind, right: right.kind });
}

function checkSame(left: ArrayLike<number>, right: ArrayLike<number>): void {
  let same = left.length === right.length;
  for (let i = 0; same && i < left.length; i++) same = left[i] === right[i];
  if (!same) {
    throw new Problem("measure/items-differ", { left: left.length, right: right.length });
  }
}
