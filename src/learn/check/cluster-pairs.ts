/** Groups of pictures that show nearly the same, from the pairs that can be believed. */
import { believedPairs, bySet, disjointSets, type Pair } from "../looks/index.ts";
import type { Cluster } from "./duplicates.ts";

/** Groups of two or more in the order of their first pictures; equal digests belong together. */
export function clusterPairs(pairs: readonly Pair[], digests: readonly string[]): Cluster[] {
  const first = new Map<string, number>();
  const copies: [number, number][] = [];
  for (const [i, digest] of digests.entries()) {
    const same = first.get(digest);
    if (same === undefined) first.set(digest, i);
    else copies.push([i, same]);
  }
  const sets = disjointSets(digests.length);
  for (const [i, j] of copies) sets.join(i, j);
  const least = new Float64Array(digests.length).fill(1);
  const believed = believedPairs(pairs, digests.length, copies).pairs;
  for (const { outer, inner, likeness } of believed) {
    const lowest = Math.min(likeness, least[sets.find(outer)], least[sets.find(inner)]);
    if (sets.join(outer, inner)) least[sets.find(outer)] = lowest;
  }
  return bySet(digests.keys(), sets.find)
    .filter((items) => items.length > 1)
    .map((items) => ({ items, likeness: least[sets.find(items[0])] }));
}
