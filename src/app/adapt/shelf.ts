/** A dataset version as heads take it, and the split that they are judged on. */
import { digestJson } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import { itemsOf } from "../dataset.ts";
import { drawingsOf, isChosen, standingFor } from "../drawn-labels.ts";

/** Coverage is shown by the first facet there is: days, else lots, lines, cameras. */
export function shelfOf(document: DatasetVersion, set: LabelSet, codes: Int32Array) {
  const { items, facets = [] } = document;
  const [facet] = facets;
  const drawing = drawingsOf(document, set);
  const weights = standingFor(document, set);
  return {
    codes,
    groups: items.group,
    ids: items.id,
    aside: items.split.map((split) => split === "evaluation"),
    chosen: items.id.map((_, i) => isChosen(drawing(i))),
    ...(weights && { weights }),
    ...(facet && { slices: facet.codes.map((code) => facet.values[code]) }),
  };
}

export interface FrozenSplit {
  readonly name: "evaluation";
  /** Of the items' ids. */
  readonly digest: string;
  readonly items: number;
}

export function frozenSplit(document: DatasetVersion): FrozenSplit {
  const aside = itemsOf(document, "evaluation");
  const digest = digestJson(Array.from(aside, (i) => document.items.id[i]).sort());
  return { name: "evaluation", digest, items: aside.length };
}

export function splitName({ name, digest }: Pick<FrozenSplit, "name" | "digest">): string {
  return `${name}@${digest.slice(0, 8)}`;
}
