/** Intervals as values, and the two parametric ones: Student's t over repeats, delta over items. */

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  /** How it was made, for the reader: what was drawn or varied. */
  readonly method: IntervalMethod;
}

export type IntervalMethod =
  | "bootstrap over items"
  | "bootstrap over groups"
  | "delta over items"
  | "delta over groups"
  | "t over draws"
  | "t over seeds";

export const level = 0.95;

/** Mean, deviation (n - 1) and Student's interval of independent repeats; one repeat has no interval. */
export function tInterval(
  values: ArrayLike<number>,
  method: "t over draws" | "t over seeds",
): Interval & { readonly mean: number; readonly deviation: number } {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  let square = 0;
  for (let i = 0; i < n; i++) square += (values[i] - mean) ** 2;
  const deviation = n > 1 ? Math.sqrt(square / (n - 1)) : Number.NaN;
  const half = n > 1 ? (studentQuantile(n - 1) * deviation) / Math.sqrt(n) : Number.NaN;
  return { mean, deviation, low: mean - half, high: mean + half, level, method };
}

/** t with P(|T| ≤ t) = 0.95, by bisection of the exact distribution. */
export function studentQuantile(freedom: number): number {
  let [low, high] = [0, 13];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentCentral(middle, freedom) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|T| ≤ t): the finite series of Abramowitz & Stegun 26.7.3 (odd) and 26.7.4 (even). */
function studentCentral(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let series = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    series += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * series) : sine * series;
}
