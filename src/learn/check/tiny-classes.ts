/** Classes with so few items that what is measured of them is chance. */
import type { LabelSet } from "../../formats/documents/index.ts";
import type { RawGroup } from "./finding.ts";

export const tinyClass = 5;

/** One group a class, the smallest first. */
export function tinyClasses(sets: readonly LabelSet[]): RawGroup[] {
  const groups = sets.flatMap((set) => {
    const members = set.classes.map(() => [] as number[]);
    for (const [i, code] of set.codes.entries()) if (code >= 0) members[code].push(i);
    return members.flatMap((items, code) =>
      items.length === 0 || items.length >= tinyClass
        ? []
        : [{ set: set.name, class: set.classes[code], items }],
    );
  });
  groups.sort((a, b) => a.items.length - b.items.length);
  return groups.map(({ items, ...values }) => ({
    items: items.map((at) => ({ at, suggestion: { do: "collect" } as const })),
    values,
  }));
}
