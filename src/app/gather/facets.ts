/** By what a dataset's figures can be split: days, lots, lines, cameras, and the groups of a list. */
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";

export interface Facet {
  readonly name: string;
  readonly values: readonly string[];
  /** One per item; -1 where nothing is known. */
  readonly codes: readonly number[];
}

/** Those that were read from names and lists, then the column by which the split was frozen. */
export function facetsOf(document: DatasetVersion, judged: LabelSet): Facet[] {
  const found = [
    ...knownFacets(document),
    ...groupColumn(document),
    ...namedSets(document, judged),
  ];
  const seen = new Set<string>();
  return found.filter(({ name }) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}

function knownFacets(document: DatasetVersion & { readonly facets?: readonly Facet[] }): Facet[] {
  return [...(document.facets ?? [])];
}

function groupColumn({ group, items }: DatasetVersion): Facet[] {
  const name = /^column:(.+)$/.exec(group.by)?.[1];
  if (name === undefined) return [];
  const values = [...new Set(items.group)];
  const at = new Map(values.map((value, i) => [value, i]));
  return [{ name, values, codes: items.group.map((value) => at.get(value) ?? -1) }];
}

/** Label sets that say where or when a picture was taken, not what it shows. */
const places =
  /^(?:day|date|lot|batch|line|camera|cam|shift|vendor|machine|site|plant|日付?|ロット.*|ライン|カメラ|号機|工場|シフト)$/i;

function namedSets({ labelSets }: DatasetVersion, judged: LabelSet): Facet[] {
  return labelSets
    .filter(({ name }) => name !== judged.name && places.test(name))
    .map(({ name, classes, codes }) => ({ name, values: classes, codes }));
}
