/**
 * What chance leaves open in a learning curve. Orders of the labels at hand are drawn again and again, so
 * that points hang together: the mean error at n < N labels averages over subsets of the same N, and at N
 * there is one subset only. To first order (Hájek's projection, Serfling 1980, ch. 5) an error is a sum over
 * its labels; with s(n) the deviation of one draw of n fresh labels, R orders, nested, and n ≤ m,
 *
 *   Cov(n, m) = s(n) s(m) [ √(n m) / N + (√(n / m) - √(n m) / N) / R ].
 */
import type { CurvePoint, LearningCurve } from "./learning-curve.ts";

/** Of the mean errors, `[points, points]`; evaluation items are as they are. */
export function curveCovariance(curve: LearningCurve): Float64Array {
  const { points, pool } = curve;
  const deviations = drawDeviations(curve);
  const repeats = points[0].errors.length;
  const found = new Float64Array(points.length ** 2);
  for (const [i, { labels: n }] of points.entries()) {
    for (const [j, { labels: m }] of points.entries()) {
      const shared = Math.sqrt(n * m) / pool;
      const nested = Math.sqrt(Math.min(n, m) / Math.max(n, m));
      const share = shared + (nested - shared) / repeats;
      found[i * points.length + j] = deviations[i] * deviations[j] * share;
    }
  }
  return found;
}

/** Draws of more than this part of the labels differ too little to tell of fresh ones. */
const telling = 0.75;
/** How ln s² may fall for each unit of ln n. */
const [steepest, flattest] = [-1.5, 0.3];

/**
 * s(n) at each point. Of the variance of n fresh labels, draws from the same N show the share 1 - n / N;
 * its logarithm is straight in ln n, which evens out what few draws leave uncertain.
 */
export function drawDeviations({ points, pool }: LearningCurve): Float64Array {
  const known = points.filter(({ labels, variance }) => labels <= telling * pool && variance > 0);
  if (known.length === 0) return Float64Array.from(points, ({ variance }) => Math.sqrt(variance));
  const xs = known.map(({ labels }) => Math.log(labels));
  const ys = known.map(({ labels, variance }) => Math.log(variance / (1 - labels / pool)));
  const [x, y] = [mean(xs), mean(ys)];
  const square = xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
  const product = xs.reduce((sum, value, i) => sum + (value - x) * (ys[i] - y), 0);
  const slope = square > 0 ? Math.min(flattest, Math.max(steepest, product / square)) : -1;
  const at = ({ labels }: CurvePoint) => Math.exp((y + slope * (Math.log(labels) - x)) / 2);
  return Float64Array.from(points, at);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

/** Variance of an error that is judged on so many items: shared by the whole curve. */
export function itemVariance({ items }: LearningCurve, error: number): number {
  return (error * (1 - error)) / Math.max(1, items);
}
