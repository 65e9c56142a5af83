/**
 * Near-duplicate clusters as groups. Links chain (a burst of photos is one group), but a chain that
 * swallows much of the dataset is cut: first into pictures that look like one leader, and what is
 * still too large (a fixed camera in front of a fixed scene) into single pictures.
 */
import { findLookAlikes, isConfirmed, type Looks, type Pair } from "../looks/index.ts";

export interface ClusterInput extends Looks {
  readonly digests: readonly string[];
  /** Groups of the first pictures, which are frozen; the rest is new. */
  readonly frozen: readonly string[];
  /** Crops, mirrored copies and the like, of which at least one is new. */
  readonly pairs?: readonly Pair[];
}

export interface Clusters {
  /** One per picture; a new group is named by the smallest digest in it. */
  readonly groups: string[];
  /** Pictures whose cluster was too large to be believed. */
  readonly cut: number;
}

/** The largest cluster that is believed, as a share of the pictures and as a count. */
const largestCluster = { share: 0.05, count: 50 } as const;

export function clusterLookAlikes(input: ClusterInput): Clusters {
  const { digests, frozen } = input;
  const count = digests.length;
  const from = frozen.length;
  const parents = Uint32Array.from({ length: count }, (_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  };
  /** The nearest frozen picture of a new one. */
  const links = new Map<number, { to: number; bits: number }>();
  const join = (i: number, j: number, bits: number) => {
    if (j >= from) {
      parents[Math.max(find(i), find(j))] = Math.min(find(i), find(j));
      return;
    }
    const link = links.get(i);
    if (!link || bits < link.bits || (bits === link.bits && j < link.to)) {
      links.set(i, { to: j, bits });
    }
  };
  const byDigest = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const same = byDigest.get(digests[i]);
    if (same === undefined) byDigest.set(digests[i], i);
    else if (i >= from) join(i, same, -1);
  }
  findLookAlikes(input, {
    from,
    isSettled: (i, j) => j >= from && find(i) === find(j),
    onPair: join,
  });

  const most = Math.max(largestCluster.count, Math.floor(largestCluster.share * count));
  joinPairs(input, { find, join, most });
  const members = new Map<number, number[]>();
  for (let i = from; i < count; i++) {
    const root = find(i);
    const list = members.get(root);
    if (list) list.push(i);
    else members.set(root, [i]);
  }
  const groups = [...frozen];
  let cut = 0;
  for (const cluster of members.values()) {
    const parts = cluster.length <= most ? [cluster] : cutCluster(input, cluster, most);
    if (parts.length > 1) cut += cluster.length;
    for (const part of parts) {
      const name = frozenGroup(part, links, frozen) ?? smallestDigest(part, digests);
      for (const i of part) groups[i] = name;
    }
  }
  return { groups, cut };
}

/**
 * The most alike first, and never to a cluster that is too large to be believed: before a fixed
 * scene everything is a crop of everything.
 */
function joinPairs(
  { digests, frozen, pairs = [] }: ClusterInput,
  {
    find,
    join,
    most,
  }: {
    readonly find: (i: number) => number;
    readonly join: (i: number, j: number, bits: number) => void;
    readonly most: number;
  },
): void {
  const from = frozen.length;
  const sizes = new Uint32Array(digests.length);
  for (let i = from; i < digests.length; i++) sizes[find(i)]++;
  const order = [...pairs].sort((a, b) => b.likeness - a.likeness || a.outer - b.outer);
  for (const { outer, inner, likeness } of order) {
    const [low, high] = [Math.min(outer, inner), Math.max(outer, inner)];
    if (high < from) continue;
    if (low < from) {
      join(high, low, furthest + 1 - likeness);
      continue;
    }
    const size = sizes[find(low)] + sizes[find(high)];
    if (find(low) === find(high) || size > most) continue;
    join(high, low, 0);
    sizes[find(low)] = size;
  }
}

/** Bits by which no two hashes differ: a close copy is a nearer link than a crop. */
const furthest = 64;

/** Into pictures like their leader; parts still above `most` into pictures of equal bytes. */
function cutCluster(input: ClusterInput, cluster: readonly number[], most: number): number[][] {
  const parts: number[][] = [];
  for (const i of cluster) {
    const home = parts.find(
      ([leader]) => input.digests[leader] === input.digests[i] || isConfirmed(input, i, leader),
    );
    if (home) home.push(i);
    else parts.push([i]);
  }
  return parts.flatMap((part) => {
    if (part.length <= most) return [part];
    const same = new Map<string, number[]>();
    for (const i of part) {
      const list = same.get(input.digests[i]);
      if (list) list.push(i);
      else same.set(input.digests[i], [i]);
    }
    return [...same.values()];
  });
}

function frozenGroup(
  part: readonly number[],
  links: ReadonlyMap<number, { to: number; bits: number }>,
  frozen: readonly string[],
): string | undefined {
  const found = part.flatMap((i) => links.get(i) ?? []);
  if (found.length === 0) return undefined;
  const nearest = found.reduce((best, link) =>
    link.bits < best.bits || (link.bits === best.bits && link.to < best.to) ? link : best,
  );
  return frozen[nearest.to];
}

/** Content names the group, so that neither paths nor their order decide its side. */
function smallestDigest(part: readonly number[], digests: readonly string[]): string {
  return digests[part.reduce((least, i) => (digests[i] < digests[least] ? i : least))].slice(0, 16);
}
