/** A label set in numbers, and finding the sets a person asked for. */
import { Problem } from "../base/index.ts";
import type { DatasetVersion, LabelSet } from "../formats/documents/index.ts";

export interface LabelSetFacts {
  readonly name: string;
  readonly classes: number;
  readonly labelled: number;
  readonly parent?: string;
}

export function labelSetFacts({ name, classes, codes, parent }: LabelSet): LabelSetFacts {
  const labelled = codes.reduce((count, code) => count + (code >= 0 ? 1 : 0), 0);
  return { name, classes: classes.length, labelled, ...(parent !== undefined && { parent }) };
}

/** The sets named, or all; unknown names are refused with those there are. */
export function chooseLabelSets(
  { name: dataset, labelSets }: DatasetVersion,
  names: readonly string[] | undefined,
): readonly LabelSet[] {
  return (names ?? labelSets.map(({ name }) => name)).map((name) => {
    const found = labelSets.find((set) => set.name === name);
    if (found) return found;
    const known = labelSets.map((set) => set.name).join(", ") || "–";
    throw new Problem("app/label-set-unknown", { name, dataset, known });
  });
}
