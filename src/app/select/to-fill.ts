/** Which label set is to be filled, and which items have been asked about already. */
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";

export interface SetToFill {
  readonly name: string;
  readonly classes: readonly string[];
  readonly codes?: LabelSet["codes"];
  readonly answers?: LabelSet["answers"];
}

/** The set that was named, else the only one that has gaps, else a new one. */
export function setToFill(document: DatasetVersion, named?: string): SetToFill {
  const gaps = setsWithGaps(document);
  const chosen = named ?? (gaps.length === 1 ? gaps[0].name : "label");
  return document.labelSets.find(({ name }) => name === chosen) ?? { name: chosen, classes: [] };
}

/** What to label where nobody asks: the first set with gaps; nothing where every set is complete. */
export function setWorthFilling(document: DatasetVersion): SetToFill | undefined {
  if (document.labelSets.length === 0) return setToFill(document);
  return setsWithGaps(document).at(0);
}

/** Labelled, or asked before: who could not tell is not asked again. */
export function isAnswered(
  { items }: DatasetVersion,
  { codes, answers = [] }: SetToFill,
  item: number,
): boolean {
  return (codes?.[item] ?? -1) >= 0 || answers.some((one) => one.item === items.id[item]);
}

function setsWithGaps({ labelSets }: DatasetVersion): LabelSet[] {
  return labelSets.filter(({ codes }) => codes.some((code) => code < 0));
}
