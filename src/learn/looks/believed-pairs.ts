/**
 * Pairs that tell copies of a picture from pictures of a scene. Before a fixed camera every part
 * looks nearly like every other one: where pairs chain more pictures together than can show one
 * thing, only the closest of them are believed.
 */
import { disjointSets } from "./disjoint-sets.ts";
import type { Pair } from "./near-duplicates.ts";

/** The largest group of copies that is believed, as a share of the pictures and as a count. */
const largest = { share: 0.05, count: 50 } as const;

/**
 * Likeness of details from which on two pictures are one exposure whatever else looks alike. Of 500
 * drawn parts before one ground, different parts reached 0.993; each compressed anew (quality 40)
 * or brightened, 0.996 and more.
 */
const sameExposure = 0.995;

export function largestBelieved(count: number): number {
  return Math.max(largest.count, Math.floor(largest.share * count));
}

export interface Believed {
  readonly pairs: Pair[];
  /** 1 for pictures that were chained with too many others. */
  readonly chained: Uint8Array;
}

/** `joined` are pairs of positions that belong together anyway, such as equal files. */
export function believedPairs(
  pairs: readonly Pair[],
  count: number,
  joined: Iterable<readonly [number, number]> = [],
): Believed {
  const sets = disjointSets(count);
  for (const [i, j] of joined) sets.join(i, j);
  for (const { outer, inner } of pairs) sets.join(outer, inner);
  const most = largestBelieved(count);
  const chained = new Uint8Array(count);
  for (const { outer, inner } of pairs) {
    if (sets.size(outer) > most) chained[outer] = chained[inner] = 1;
  }
  return {
    pairs: pairs.filter(({ outer, likeness }) => !chained[outer] || likeness >= sameExposure),
    chained,
  };
}
