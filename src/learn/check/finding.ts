/** What a check finds: a kind, the groups of items concerned, and what is suggested for each item. */
import type { Evidence, FindingKind } from "../../base/index.ts";

export interface Finding {
  readonly kind: FindingKind;
  /** The notice whose sentence says it with `values`. */
  readonly code: `data/found-${FindingKind}`;
  /** Items concerned, each counted once. */
  readonly count: number;
  /** The most telling group first. */
  readonly groups: readonly FindingGroup[];
  /** `count`, `groups`, `first` (an item's id), and what else the code's sentence needs. */
  readonly values: Evidence;
}

/** Items that belong together: copies of one picture, a class, one doubtful picture. */
export interface FindingGroup {
  /** `near-duplicates-1`; the same data gives the same ids. */
  readonly id: string;
  readonly items: readonly FoundItem[];
  /** Such as `set`, `class`, `facet`, `value`. */
  readonly values: Evidence;
}

export interface FoundItem {
  /** The item's id in the dataset. */
  readonly id: string;
  readonly suggestion: Suggestion;
  /** How sure or how strong, by kind: likeness, sharpness, support of another class; 0 to 1. */
  readonly score?: number;
}

/** `look` where only a person can tell; `collect` where more pictures are the cure. */
export type Suggestion =
  | { readonly do: "keep" | "remove" | "look" | "collect" }
  | { readonly do: "relabel"; readonly set: string; readonly class: string };

/** As a kind's own rule hands it over: positions in the dataset, no names yet. */
export interface RawGroup {
  readonly items: readonly RawItem[];
  readonly values?: Evidence;
}

export interface RawItem {
  readonly at: number;
  readonly suggestion: Suggestion;
  readonly score?: number;
}

/** Nothing where no group has an item. */
export function findingOf(
  kind: FindingKind,
  groups: readonly RawGroup[],
  { ids, values = {} }: { readonly ids: readonly string[]; readonly values?: Evidence },
): Finding | undefined {
  const filled = groups.filter(({ items }) => items.length > 0);
  if (filled.length === 0) return undefined;
  const concerned = new Set(filled.flatMap(({ items }) => items.map(({ at }) => at)));
  return {
    kind,
    code: `data/found-${kind}`,
    count: concerned.size,
    groups: filled.map((group, i) => ({
      id: [kind, ...(kind === "doubtful-labels" ? [values.set] : []), i + 1].join("-"),
      values: group.values ?? {},
      items: group.items.map(({ at, ...item }) => ({ id: ids[at], ...item })),
    })),
    values: {
      ...values,
      count: concerned.size,
      groups: filled.length,
      first: ids[filled[0].items[0].at],
    },
  };
}
