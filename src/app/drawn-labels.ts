/** How labelled items came to be asked about: drawn at random, or chosen. */
import type { Emit } from "../base/index.ts";
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

/**
 * Of every item, how many it stands for: more than itself where it was drawn in strata from the pictures
 * set aside. Nothing where each stands for itself alone.
 */
export function standingFor(
  document: Pick<DatasetVersion, "items">,
  set: Pick<LabelSet, "answers" | "codes">,
): Float64Array | undefined {
  const drawing = drawingsOf(document, set);
  const { id, split } = document.items;
  const weights = Float64Array.from(id, (_, item) =>
    split[item] === "evaluation" && set.codes[item] >= 0 ? (drawing(item)?.weight ?? 1) : 1,
  );
  return weights.some((weight) => weight !== 1) ? weights : undefined;
}

/** Measures count each picture alike; of a set that was drawn in strata that has to be said. */
export function noteStrata(
  document: Pick<DatasetVersion, "items">,
  sets: readonly LabelSet[],
  emit: Emit,
): void {
  for (const set of sets.filter((one) => standingFor(document, one))) {
    const values = { set: set.name };
    emit({ type: "notice", level: "warning", code: "app/strata-counted-alike", values });
  }
}

export function isChosen(drawing: Drawing | undefined): boolean {
  return drawing?.chosen !== undefined && !chance.includes(drawing.chosen);
}
