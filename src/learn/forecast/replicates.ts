/**
 * A learning curve as another day might have given it: other draws, other evaluation items, other
 * labels than those at hand.
 */
import { fork, type Key, normal, uniform } from "../../base/index.ts";
import { drawDeviations, itemVariance } from "./curve-noise.ts";
import { type LearningCurve, momentsOf } from "./learning-curve.ts";
import type { Sample } from "./power-law.ts";

export interface Shifts {
  /** In deviations of what the evaluation items, and which items were labelled, leave open. */
  readonly items: number;
  readonly pool: number;
}

export const unmoved: Shifts = { items: 0, pool: 0 };

/**
 * Means over the draws named. Draws of n from the same N labels hang together: of the variance of n
 * fresh labels they show the share 1 - n / N, and their mean keeps the share n / N of it, which no
 * drawing again can show.
 */
export function samplesOf(
  curve: LearningCurve,
  draws: readonly number[],
  shifts: Shifts,
): Sample[] {
  const { points, pool } = curve;
  const deviations = drawDeviations(curve);
  return points.map(({ labels, errors }, i) => {
    const { mean } = momentsOf(Float64Array.from(draws, (r) => errors[r]));
    const share = labels / pool;
    const open = Math.sqrt(itemVariance(curve, mean));
    const moved = shifts.items * open + shifts.pool * deviations[i] * Math.sqrt(share);
    // No mean is surer than a tenth of what the items leave open, or one point would rule.
    const drawn = deviations[i] ** 2 * ((1 - share) / errors.length + share);
    const spread = drawn + (0.1 * open) ** 2 + 1e-8;
    return { labels, error: Math.max(0, mean + moved), weight: 1 / spread };
  });
}

/** Draws with replacement, whole ones, so that sizes stay together; both shifts standard normal. */
export function replicateOf(key: Key, repeats: number) {
  const draws = Array.from(uniform(fork(key, "draws"), repeats), (u) => Math.floor(u * repeats));
  const [items, pool] = normal(fork(key, "shifts"), 2);
  return { draws, shifts: { items, pool } };
}
