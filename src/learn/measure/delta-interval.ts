/**
 * Intervals from influences: the first-order (infinitesimal jackknife) variance of a statistic is
 * the sum of its rows' squared influences, or of their sums over groups when rows of a group hang
 * together (Efron 1982; cluster-robust form as in survey linearisation). Nothing is recomputed.
 */
import { type Interval, level } from "./interval.ts";
import { type Groups, numberGroups } from "./labels.ts";

export interface DeltaOptions {
  /** The group of each row. */
  readonly groups?: Groups | undefined;
}

/** Standard error of the statistic whose influences these are; rows with code -1 are not in it. */
export function deltaError(
  influence: Float64Array,
  codes: Int32Array,
  { groups }: DeltaOptions = {},
): number {
  const counts = new Map<number, number>();
  for (const code of codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  const unit = groups && numberGroups(groups);
  const sums = new Float64Array(unit?.count ?? influence.length);
  const taken = new Set<number>();
  for (let row = 0; row < influence.length; row++) {
    const size = counts.get(codes[row]) ?? 0;
    if (size < 2) continue;
    const at = unit ? unit.codes[row] : row;
    taken.add(at);
    // A class of n rows has n - 1 free deviations.
    sums[at] += influence[row] * Math.sqrt(size / (size - 1));
  }
  const clusters = unit ? taken.size / Math.max(1, taken.size - 1) : 1;
  return Math.sqrt(clusters * sums.reduce((total, sum) => total + sum * sum, 0));
}

/** For a positive statistic: normal on the logarithm, so that it stays positive. */
export function deltaInterval(
  value: number,
  influence: Float64Array,
  codes: Int32Array,
  options: DeltaOptions = {},
): Interval {
  const factor = Math.exp((normalQuantile * deltaError(influence, codes, options)) / value);
  return { low: value / factor, high: value * factor, level, method: methodOf(options) };
}

/** For a difference of two statistics over the same rows. */
export function deltaDifference(
  difference: number,
  influences: readonly [Float64Array, Float64Array],
  codes: Int32Array,
  options: DeltaOptions = {},
): Interval {
  const [a, b] = influences;
  const half =
    normalQuantile *
    deltaError(
      a.map((value, i) => value - b[i]),
      codes,
      options,
    );
  return { low: difference - half, high: difference + half, level, method: methodOf(options) };
}

/** P(|Z| ≤ z) = 0.95. */
const normalQuantile = 1.959963984540054;

function methodOf({ groups }: DeltaOptions): "delta over groups" | "delta over items" {
  return groups ? "delta over groups" : "delta over items";
}
