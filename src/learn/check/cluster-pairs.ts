/**
 * Groups from pairs: the most alike are joined first, and a group that would become larger than can
 * be believed is not joined further (a fixed camera before a fixed scene makes everything alike).
 */
import type { Pair } from "../looks/index.ts";
import type { Cluster } from "./duplicates.ts";

/** The largest group that is believed, as a share of the pictures and as a count. */
const largest = { share: 0.05, count: 50 } as const;

/** Groups of two or more in the order of their first pictures; equal digests belong together. */
export function clusterPairs(pairs: readonly Pair[], digests: readonly string[]): Cluster[] {
  const parents = Uint32Array.from(digests, (_, i) => i);
  const sizes = new Uint32Array(digests.length).fill(1);
  const least = new Float64Array(digests.length).fill(1);
  const most = Math.max(largest.count, Math.floor(largest.share * digests.length));
  const find = (i: number): number => {
    let at = i;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  };
  const join = (i: number, j: number, likeness: number) => {
    const [low, high] = [find(i), find(j)].sort((a, b) => a - b);
    if (low === high) return;
    parents[high] = low;
    sizes[low] += sizes[high];
    least[low] = Math.min(least[low], least[high], likeness);
  };
  const first = new Map<string, number>();
  for (const [i, digest] of digests.entries()) {
    const same = first.get(digest);
    if (same === undefined) first.set(digest, i);
    else join(i, same, 1);
  }
  const order = [...pairs].sort((a, b) => b.likeness - a.likeness || a.outer - b.outer);
  for (const { outer, inner, likeness } of order) {
    if (sizes[find(outer)] + sizes[find(inner)] <= most) join(outer, inner, likeness);
  }
  const members = new Map<number, number[]>();
  for (let i = 0; i < digests.length; i++) {
    const root = find(i);
    if (sizes[root] < 2) continue;
    const list = members.get(root);
    if (list) list.push(i);
    else members.set(root, [i]);
  }
  return [...members].map(([root, items]) => ({ items, likeness: least[root] }));
}
