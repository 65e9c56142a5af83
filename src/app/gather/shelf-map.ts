/** The map of the shelf and its neighbours: what lies near what, with pictures. */
import { fork, type Key, permutation } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import {
  headlineFeatures,
  layOutMap,
  type Matrix,
  type Product,
  pickRows,
  withFeatures,
} from "../../learn/measure/index.ts";
import { type NeighbourRow, reportLimits, type ShelfMap } from "../../report/index.ts";
import { sheetsOf, storedPicture } from "./pictures.ts";

export interface ShelfTask {
  readonly document: DatasetVersion;
  readonly pictures: Pictures;
  /** Of all items. */
  readonly features: Matrix;
  readonly encoder: "untrained" | "trained";
  readonly key: Key;
  /** The group found for each item. */
  readonly groupOf?: Int32Array;
}

export async function shelfMap({
  document,
  pictures,
  features,
  encoder,
  key,
  groupOf,
}: ShelfTask): Promise<ShelfMap> {
  const { mapItems, sheetItems, tile } = reportLimits;
  const chosen = sample(fork(key, "map"), features.rows, mapItems);
  const rows = withFeatures(pickRows(features, chosen), headlineFeatures);
  const { values } = await layOutMap(rows, { key: fork(key, "layout") });
  const axis = (offset: number) =>
    Array.from(chosen, (_, i) => Number(values[2 * i + offset].toPrecision(5)));
  return {
    method: "UMAP",
    encoder,
    of: features.rows,
    x: axis(0),
    y: axis(1),
    path: Array.from(chosen, (i) => document.items.path[i]),
    labels: document.labelSets.map(({ name, codes }) => ({
      labelSet: name,
      codes: Array.from(chosen, (i) => codes[i]),
    })),
    ...(groupOf && { groups: Array.from(chosen, (i) => groupOf[i]) }),
    sheets: await sheetsOf(pictures, [...chosen], { tile, perSheet: sheetItems }),
  };
}

/** Queries from the evaluation split, and what lies nearest among the training pictures. */
export async function neighbourRows(
  { document, pictures, features, key }: ShelfTask,
  product: Product,
): Promise<NeighbourRow[]> {
  const { items, labelSets } = document;
  const set = labelSets.at(0);
  const side = (split: string) => [...items.split.keys()].filter((i) => items.split[i] === split);
  const [shelf, judged] = [side("train"), side("evaluation")];
  const candidates = onePerGroup(judged.length > 0 ? judged : shelf, items.group);
  const queries = Array.from(
    sample(fork(key, "queries"), candidates.length, reportLimits.queries),
    (i) => candidates[i],
  );
  const unit = withFeatures(features, headlineFeatures);
  const found = await product(pickRows(unit, queries), pickRows(unit, shelf));
  const picture = async (i: number) => {
    const code = set?.codes[i] ?? -1;
    const label = code >= 0 ? { label: set?.classes[code] ?? "" } : {};
    return { path: items.path[i], image: await storedPicture(pictures, i), ...label };
  };
  const rows: NeighbourRow[] = [];
  for (const [q, query] of queries.entries()) {
    const similarity = found.values.subarray(q * shelf.length, (q + 1) * shelf.length);
    const nearest = [...similarity.keys()]
      .filter((s) => shelf[s] !== query)
      .sort((a, b) => similarity[b] - similarity[a])
      .slice(0, reportLimits.neighbours);
    const seen = nearest.map(async (s) => ({
      ...(await picture(shelf[s])),
      similarity: similarity[s],
    }));
    rows.push({ query: await picture(query), nearest: await Promise.all(seen) });
  }
  return rows;
}

/** Queries that look different: the first item of each group. */
function onePerGroup(list: readonly number[], group: readonly string[]): number[] {
  const seen = new Set<string>();
  return list.filter((i) => !seen.has(group[i]) && seen.add(group[i]));
}

function sample(key: Key, count: number, most: number): Uint32Array {
  return permutation(key, count).slice(0, most).sort();
}
