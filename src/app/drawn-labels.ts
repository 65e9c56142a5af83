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
 * set aside. Those of a stratum of which nobody could tell are stood for by the others of it, as is usual
 * for questions that stay without an answer (response homogeneity groups; Särndal, Swensson and
 * Wretman 1992, chapter 15): that is right where they are like those, which no label can show. Nothing where each
 * stands for itself alone.
 */
export function standingFor(
  document: Pick<DatasetVersion, "items">,
  set: Pick<LabelSet, "answers" | "codes">,
): Float64Array | undefined {
  const drawing = drawingsOf(document, set);
  const { id, split } = document.items;
  const weightOf = (item: number) =>
    split[item] === "evaluation" ? drawing(item)?.weight : undefined;
  // Items of one stratum have one weight.
  const asked = new Map<number, { answered: number; labelled: number }>();
  for (const item of id.keys()) {
    const weight = weightOf(item);
    if (weight === undefined) continue;
    const { answered, labelled } = asked.get(weight) ?? { answered: 0, labelled: 0 };
    const told = set.codes[item] >= 0 ? 1 : 0;
    asked.set(weight, { answered: answered + 1, labelled: labelled + told });
  }
  const weights = Float64Array.from(id, (_, item) => {
    const weight = set.codes[item] >= 0 ? weightOf(item) : undefined;
    if (weight === undefined) return 1;
    const { answered = 1, labelled = 1 } = asked.get(weight) ?? {};
    return (weight * answered) / labelled;
  });
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
