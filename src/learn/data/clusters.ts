/**
 * Near-duplicate clusters as groups. Links chain (a burst of photos is one group), but a chain that
 * swallows much of the dataset is cut: first into pictures that look like one leader, and what is
 * still too large (a fixed camera in front of a fixed scene) into single pictures.
 */
import {
  believedPairs,
  bySet,
  type DisjointSets,
  disjointSets,
  findLookAlikes,
  isConfirmed,
  type Looks,
  largestBelieved,
  type Pair,
} from "../looks/index.ts";

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

export function clusterLookAlikes(input: ClusterInput): Clusters {
  const { digests, frozen } = input;
  const count = digests.length;
  const from = frozen.length;
  const { find, join: unite } = disjointSets(count);
  /** The nearest frozen picture of a new one. */
  const links = new Map<number, { to: number; bits: number }>();
  const join = (i: number, j: number, bits: number) => {
    if (j >= from) {
      unite(i, j);
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

  const most = largestBelieved(count);
  const { pairs, chained } = believedPairs(input.pairs ?? [], count, together(count, find));
  joinPairs(pairs, { from, join });
  const exposures = disjointSets(count);
  for (const [i, digest] of digests.entries()) exposures.join(i, byDigest.get(digest) ?? i);
  for (const { outer, inner } of pairs) {
    if (chained[outer]) exposures.join(outer, inner);
  }
  const fresh = Array.from({ length: count - from }, (_, i) => from + i);
  const groups = [...frozen];
  let cut = 0;
  for (const cluster of bySet(fresh, find)) {
    const parts =
      cluster.length <= most ? [cluster] : cutCluster(input, cluster, { most, exposures });
    if (parts.length > 1) cut += cluster.length;
    else cut += cluster.reduce((sum, i) => sum + chained[i], 0);
    for (const part of parts) {
      const name = frozenGroup(part, links, frozen) ?? smallestDigest(part, digests);
      for (const i of part) groups[i] = name;
    }
  }
  return { groups, cut };
}

/** Each picture with one that it has been joined with. */
function* together(count: number, find: DisjointSets["find"]): Generator<[number, number]> {
  for (let i = 0; i < count; i++) yield [i, find(i)];
}

/** The most alike first: a new picture goes to the frozen one that it is most alike. */
function joinPairs(
  pairs: readonly Pair[],
  { from, join }: { from: number; join: (i: number, j: number, bits: number) => void },
): void {
  const order = [...pairs].sort((a, b) => b.likeness - a.likeness || a.outer - b.outer);
  for (const { outer, inner, likeness } of order) {
    const [low, high] = [Math.min(outer, inner), Math.max(outer, inner)];
    if (high >= from) join(high, low, low < from ? furthest + 1 - likeness : 0);
  }
}

/** Bits by which no two hashes differ: a close copy is a nearer link than a crop. */
const furthest = 64;

/**
 * Into pictures like their leader, where those are a group: of a fixed scene, and of parts that are
 * still too large, only equal bytes and what is one exposure stay together.
 */
function cutCluster(
  looks: Looks,
  cluster: readonly number[],
  { most, exposures }: { readonly most: number; readonly exposures: DisjointSets },
): number[][] {
  const parts: number[][] = [];
  for (const exposure of bySet(cluster, exposures.find)) {
    const home = parts.find(([leader]) => isConfirmed(looks, exposure[0], leader));
    if (home) home.push(...exposure);
    else parts.push([...exposure]);
  }
  return parts.flatMap((part) =>
    part.length <= most && isApart(looks, part, cluster) ? [part] : bySet(part, exposures.find),
  );
}

/** How many of a part, and of the rest of its cluster, are looked at. */
const compared = { members: 8, others: 1000 } as const;

/**
 * Whether most of what a part's pictures are like lies in the part. Along a slow pan three quarters
 * do; before a fixed scene a part is an arbitrary piece of a cloud, and most lies outside.
 */
function isApart(looks: Looks, part: readonly number[], cluster: readonly number[]): boolean {
  const own = new Set(part);
  const rest = cluster.filter((i) => !own.has(i));
  const [members, others] = [spread(part, compared.members), spread(rest, compared.others)];
  const alike = (list: readonly number[]) =>
    members.reduce(
      (sum, i) => sum + list.filter((j) => i !== j && isConfirmed(looks, i, j)).length,
      0,
    );
  return alike(part) >= (alike(others) * rest.length) / Math.max(1, others.length);
}

/** At most `count` of them, evenly spread. */
function spread(list: readonly number[], count: number): readonly number[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, k) => list[Math.floor((k * list.length) / count)]);
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
