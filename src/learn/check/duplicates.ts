/** Copies: equal bytes, near-duplicates on one side of the split or on both, and labels that differ. */
import type { DatasetVersion, LabelSet, Split } from "../../formats/documents/index.ts";
import type { RawGroup, RawItem } from "./finding.ts";

type Items = DatasetVersion["items"];

/** Pictures that show nearly the same; positions ascend. */
export interface Cluster {
  readonly items: readonly number[];
  /** Of the least alike pair that joined it, 0 to 1. */
  readonly likeness: number;
}

/** Items whose bytes another item has too. One of each stays, of the evaluation where it is there. */
export function equalBytes({ digest, split }: Items): RawGroup[] {
  return copies(digest).map((group) => {
    const kept = group.find((at) => split[at] === "evaluation") ?? group[0];
    return { items: group.map((at) => item(at, at === kept ? "keep" : "remove")) };
  });
}

/** Clusters with pictures on both sides: those of training are to go, what is frozen stays. */
export function leaks({ split }: Items, clusters: readonly Cluster[]): RawGroup[] {
  return clusters
    .filter(({ items }) => sides(items, split).size > 1)
    .map(({ items, likeness }) => ({
      items: items.map((at) => item(at, split[at] === "train" ? "remove" : "keep", likeness)),
    }));
}

/** Clusters on one side that hold more than copies of one file. */
export function nearDuplicates({ split, digest }: Items, clusters: readonly Cluster[]): RawGroup[] {
  return clusters
    .filter(({ items }) => sides(items, split).size === 1)
    .filter(({ items }) => new Set(items.map((at) => digest[at])).size > 1)
    .map(({ items, likeness }) => ({
      items: items.map((at) => item(at, "look", likeness)),
    }));
}

/**
 * Groups of one picture with several labels of one set. Where most copies agree, the others are
 * suggested to follow.
 */
export function twinsDisagree(
  { digest }: Items,
  sets: readonly LabelSet[],
  clusters: readonly Cluster[],
): RawGroup[] {
  const groups = [...clusters.map(({ items }) => items)];
  const clustered = new Set(groups.flat());
  groups.push(...copies(digest).filter(([first]) => !clustered.has(first)));
  return sets.flatMap((set) =>
    groups.flatMap((group) => {
      const labelled = group.filter((at) => set.codes[at] >= 0);
      const counts = new Map<number, number>();
      for (const at of labelled) counts.set(set.codes[at], (counts.get(set.codes[at]) ?? 0) + 1);
      if (counts.size < 2) return [];
      const [[most, count]] = [...counts].sort((a, b) => b[1] - a[1]);
      const isClear = 2 * count > labelled.length;
      const items = labelled.map((at): RawItem => {
        if (!isClear) return item(at, "look");
        if (set.codes[at] === most) return item(at, "keep");
        return { at, suggestion: { do: "relabel", set: set.name, class: set.classes[most] } };
      });
      return [{ items, values: { set: set.name } }];
    }),
  );
}

/** How many pictures of the evaluation have a near-duplicate in training. */
export function leakedCount({ split }: Items, clusters: readonly Cluster[]): number {
  return clusters
    .filter(({ items }) => sides(items, split).size > 1)
    .reduce((sum, { items }) => sum + items.filter((at) => split[at] === "evaluation").length, 0);
}

function sides(items: readonly number[], split: readonly Split[]): Set<Split> {
  return new Set(items.map((at) => split[at]));
}

function item(at: number, what: "keep" | "remove" | "look", score?: number): RawItem {
  return { at, suggestion: { do: what }, ...(score !== undefined && { score }) };
}

/** Positions with equal digests, in order of the first one. */
function copies(digests: readonly string[]): number[][] {
  const members = new Map<string, number[]>();
  for (const [at, digest] of digests.entries()) {
    const group = members.get(digest);
    if (group) group.push(at);
    else members.set(digest, [at]);
  }
  return [...members.values()].filter((group) => group.length > 1);
}
