/**
 * Shares of items of which each stands for several, being drawn in strata: Σ w over those that hold, of
 * Σ w (Hájek 1971). The interval is the exact binomial one of as many plain items as would tell as much,
 * (Σ w)² / Σ w² (Kish 1965; so Korn & Graubard 1998), whole numbers being rounded outwards.
 */
import { binomialLower, binomialRate, binomialUpper, type Rate } from "./binomial.ts";
import { level } from "./interval.ts";

/** Items as they count; `count` and `of` of the rate are then sums of weights. */
export function weightedRate(
  items: Iterable<number>,
  holds: (item: number) => boolean,
  weights?: ArrayLike<number>,
): Rate {
  let [drawn, held, of, count, squares] = [0, 0, 0, 0, 0];
  for (const item of items) {
    const weight = weights?.[item] ?? 1;
    drawn++;
    of += weight;
    squares += weight ** 2;
    if (!holds(item)) continue;
    held++;
    count += weight;
  }
  if (!weights || drawn === 0) return binomialRate(held, drawn);
  const told = Math.max(1, Math.floor(of ** 2 / squares + 1e-9));
  const rate = Math.min(1, count / of);
  const tail = (1 - level) / 2;
  return {
    ...{ count, of, rate, level },
    low: binomialLower(Math.floor(rate * told + 1e-9), told, tail),
    high: binomialUpper(Math.ceil(rate * told - 1e-9), told, tail),
  };
}
