/** How labelled items came to be asked about: drawn at random, or chosen. */
import type { DatasetVersion, LabelSet } from "../formats/documents/index.ts";

export interface Drawing {
  /** A strategy's name, `random` or `strata`. */
  readonly chosen?: string;
  /** How many items it stands for, where it was drawn in strata. */
  readonly weight?: number;
}

const chance = ["random", "strata"];

/** The first answer with a word on it counts; labels that say nothing are taken for a random sample. */
export function drawingsOf(
  { items }: Pick<DatasetVersion, "items">,
  { answers = [] }: Pick<LabelSet, "answers">,
): (item: number) => Drawing | undefined {
  const byItem = new Map<string, Drawing>();
  for (const { item, chosen, weight } of answers) {
    if (chosen === undefined || byItem.has(item)) continue;
    byItem.set(item, { chosen, ...(weight !== undefined && { weight }) });
  }
  return (item) => byItem.get(items.id[item]);
}

export function isChosen(drawing: Drawing | undefined): boolean {
  return drawing?.chosen !== undefined && !chance.includes(drawing.chosen);
}
