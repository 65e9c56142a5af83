/**
 * Which items to judge by where one class is rare: strata by the probability of that class, so that
 * the few that are likely to be of it are labelled often and the many others seldom, each standing for
 * as many as were not drawn. The number of items of the class that tell as much as a plain sample
 * (Kish 1965) is largest where a stratum of N items is given labels in proportion to N √p; strata of equal
 * sums of √p (Dalenius & Hodges 1959) make that the same number for each.
 */
import { fork, type Key, permutation } from "../../base/index.ts";

export interface StrataOptions {
  /** Labels to draw. */
  readonly count: number;
  readonly strata?: number;
}

/** Items from likely to unlikely: a stratum is a stretch of `order`. */
export interface Strata {
  readonly order: readonly number[];
  readonly parts: readonly Stratum[];
}

export interface Stratum {
  readonly from: number;
  readonly to: number;
  /** Labels that fall on it. */
  readonly draw: number;
  /** Mean probability. */
  readonly share: number;
}

/** Nothing is so unlikely that none of it is looked at. */
const leastProbability = 1e-3;

export function strataOf(
  probability: ArrayLike<number>,
  { count, strata = 5 }: StrataOptions,
): Strata {
  const floored = Float64Array.from({ length: probability.length }, (_, i) =>
    Math.max(leastProbability, probability[i]),
  );
  const order = [...floored.keys()].sort((a, b) => floored[b] - floored[a]);
  const total = floored.reduce((sum, p) => sum + Math.sqrt(p), 0);
  const edges = [0];
  let sum = 0;
  for (const [at, item] of order.entries()) {
    sum += Math.sqrt(floored[item]);
    if (sum >= (edges.length * total) / strata && edges.length < strata) edges.push(at + 1);
  }
  edges.push(order.length);
  const stretches = edges.slice(1).map((to, i) => ({ from: edges[i], to }));
  const filled = stretches.filter(({ from, to }) => to > from);
  let left = Math.min(count, order.length);
  return {
    order,
    parts: filled.map(({ from, to }, i) => {
      // What small strata cannot use is left to the larger ones behind them.
      const draw = Math.min(to - from, Math.round(left / (filled.length - i)));
      left -= draw;
      const own = order.slice(from, to);
      const share = own.reduce((all, item) => all + floored[item] / own.length, 0);
      return { from, to, draw, share };
    }),
  };
}

export interface DrawnItem {
  readonly item: number;
  readonly stratum: number;
  /** How many items it stands for. */
  readonly weight: number;
}

export function drawStrata({ order, parts }: Strata, key: Key): DrawnItem[] {
  return parts.flatMap(({ from, to, draw }, stratum) =>
    Array.from(permutation(fork(key, "stratum", stratum), to - from).slice(0, draw), (at) => ({
      item: order[from + at],
      stratum,
      weight: (to - from) / draw,
    })),
  );
}

/**
 * How many labels give `needed` items of the class, counted as what they tell: Σ(weights)² / Σ weights²
 * over those expected. Infinity where even all items do not.
 */
export function labelsInStrata(
  probability: ArrayLike<number>,
  needed: number,
  options: Omit<StrataOptions, "count"> = {},
): number {
  const told = (count: number) => {
    const { parts } = strataOf(probability, { ...options, count });
    let [sum, square] = [0, 0];
    for (const { from, to, draw, share } of parts) {
      if (draw === 0) continue;
      const weight = (to - from) / draw;
      sum += draw * share * weight;
      square += draw * share * weight ** 2;
    }
    return square > 0 ? sum ** 2 / square : 0;
  };
  if (told(probability.length) < needed) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, probability.length];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (told(middle) >= needed) high = middle;
    else low = middle;
  }
  return high;
}
