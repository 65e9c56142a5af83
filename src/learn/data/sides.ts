/** Which side of the frozen evaluation split each item is on. No label is looked at. */
import { fork, keyFromSeed, uniform } from "../../base/index.ts";
import type { Split } from "../../formats/documents/index.ts";

export interface SidesInput {
  /** The dataset's name: with the group it is all that a hashed side depends on. */
  readonly name: string;
  readonly groups: readonly string[];
  readonly share: number;
  /** Sides of the first items, which are frozen; the rest is new. */
  readonly frozen: readonly Split[];
  /** Sides that came with the data. They win for their items and draw their group along. */
  readonly given: readonly (Split | undefined)[];
}

export function assignSides({ name, groups, share, frozen, given }: SidesInput): Split[] {
  const known = new Map<string, Split>();
  // Where a group has members on both sides, what joins it must not be trained on.
  const learn = (group: string, side: Split) => {
    if (known.get(group) !== "evaluation") known.set(group, side);
  };
  for (let i = 0; i < frozen.length; i++) learn(groups[i], frozen[i]);
  const before = new Set(known.keys());
  for (let i = frozen.length; i < groups.length; i++) {
    const side = given[i];
    if (side !== undefined && !before.has(groups[i])) learn(groups[i], side);
  }
  const hashed = new Map<string, number>();
  for (const group of groups) {
    if (!known.has(group) && !hashed.has(group)) hashed.set(group, groupNumber(name, group));
  }
  const first = frozen.length === 0 && known.size === 0 && hashed.size > 1;
  const moved = first && share > 0 && share < 1 ? toBalance(hashed, share) : undefined;
  const sideOf = (group: string): Split => {
    const fixed = known.get(group);
    if (fixed !== undefined) return fixed;
    const isAside = (hashed.get(group) ?? 1) < share;
    return isAside !== (group === moved) ? "evaluation" : "train";
  };
  return groups.map((group, i) => (i < frozen.length ? frozen[i] : (given[i] ?? sideOf(group))));
}

/** A group's place on [0, 1), below the share meaning evaluation. */
export function groupNumber(name: string, group: string): number {
  return uniform(fork(keyFromSeed(0), "evaluation", name, group), 1)[0];
}

/** With few groups all may fall on one side: then the one nearest to the share changes sides. */
function toBalance(numbers: ReadonlyMap<string, number>, share: number): string | undefined {
  const all = [...numbers];
  const aside = all.filter(([, number]) => number < share).length;
  if (aside > 0 && aside < all.length) return undefined;
  return all.reduce((best, next) =>
    Math.abs(next[1] - share) < Math.abs(best[1] - share) ? next : best,
  )[0];
}
