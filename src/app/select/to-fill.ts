/** Which label set is to be filled, and which items have been asked about already. */
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import { itemsOf } from "../dataset.ts";
import { goodClass } from "../good-class.ts";

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

/**
 * What to label where nobody asks: the first set with gaps; nothing where every set is complete. A
 * later set of one class is a column of remarks and no question.
 */
export function setWorthFilling(document: DatasetVersion): SetToFill | undefined {
  const [first] = document.labelSets;
  if (first === undefined) return setToFill(document);
  return setsWithGaps(document).find((set) => set === first || set.classes.length > 1);
}

/** Labelled, or asked before: who could not tell is not asked again. */
export function isAnswered(
  { items }: DatasetVersion,
  { codes, answers = [] }: SetToFill,
  item: number,
): boolean {
  return (codes?.[item] ?? -1) >= 0 || answers.some((one) => one.item === items.id[item]);
}

/** The items of a split that the set is about. */
export function itemsToFill(
  document: DatasetVersion,
  set: SetToFill,
  split: "train" | "evaluation",
): Uint32Array {
  const isApart = itemsWithoutAny(document, set);
  return itemsOf(document, split).filter((item) => !isApart(item));
}

/**
 * A set that sorts defects has nothing to say of good items: where another set calls items good,
 * and none of those has a class here while others have, a blank is an answer and no gap.
 */
function itemsWithoutAny({ labelSets }: DatasetVersion, { name, codes }: SetToFill) {
  const isClassed = (item: number) => (codes?.[item] ?? -1) >= 0;
  const inspection = labelSets.find((other) => {
    const good = goodClass(other);
    if (other.name === name || good === undefined || !codes?.some((code) => code >= 0))
      return false;
    return other.codes.includes(good) && !other.codes.some((c, i) => c === good && isClassed(i));
  });
  const good = inspection && goodClass(inspection);
  return (item: number) => inspection !== undefined && inspection.codes[item] === good;
}

function setsWithGaps(document: DatasetVersion): LabelSet[] {
  return document.labelSets.filter((set) => {
    const isApart = itemsWithoutAny(document, set);
    return set.codes.some((code, item) => code < 0 && !isApart(item));
  });
}
