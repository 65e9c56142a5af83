/**
 * How many evaluation items show that a rate is low enough, by the exact binomial: "at most 1 % missed,
 * at 95 %" takes 299 items even if none of them is missed (the rule of three), 473 with one missed.
 */
import { binomialCdf, binomialUpper } from "../measure/index.ts";

export interface Claim {
  /** The rate must not exceed this … */
  readonly atMost: number;
  /** … with this confidence (one-sided). */
  readonly level?: number;
}

/** The least number of items of which `missed` missed ones still show it. */
export function itemsToShow({ atMost, level = 0.95 }: Claim, missed = 0): number {
  return leastWhere((n) => n > missed && binomialUpper(missed, n, 1 - level) <= atMost);
}

export interface Planned extends Claim {
  /** The rate that is expected in truth. */
  readonly expected: number;
  /** How likely the showing should succeed then. */
  readonly power?: number;
}

/**
 * The number of items from which the claim is shown with the power asked for if the true rate is the
 * expected one. Infinity where that is not below the claim.
 */
export function itemsToPlan({ atMost, level = 0.95, expected, power = 0.8 }: Planned): number {
  if (expected >= atMost) return Number.POSITIVE_INFINITY;
  // The most misses that still show it grow with n: walk over them instead of over n.
  for (let missed = 0; missed < 100_000; missed++) {
    const items = itemsToShow({ atMost, level }, missed);
    if (binomialCdf(missed, items, expected) >= power) return items;
  }
  return Number.POSITIVE_INFINITY;
}

function leastWhere(holds: (n: number) => boolean): number {
  let [low, high] = [0, 1];
  while (!holds(high)) {
    if (high > 1e9) return Number.POSITIVE_INFINITY;
    [low, high] = [high, 2 * high];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
