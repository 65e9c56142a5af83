/** Features of pictures that an earlier version of a dataset held, too: only new ones are computed. */
import type { Embeddings } from "../learn/train/index.ts";
import type { Store, StoredDataset } from "../registry/index.ts";

/** How many versions back are looked at. */
const looks = 8;

export interface EarlierRows {
  /** At each layer, all rows of the earlier version. */
  readonly features: Embeddings;
  /** For each item of this version, its row there; -1 where it has none. */
  readonly rows: Int32Array;
}

/** Of the newest earlier version whose features are kept; `kept` tells them by version. */
export function earlierRows(
  { document, version }: StoredDataset,
  store: Store,
  kept: (version: string) => Embeddings | undefined,
): EarlierRows | undefined {
  const versions = store.datasetVersions(document.name).map((one) => one.version);
  for (const earlier of versions.reverse().slice(0, looks)) {
    if (earlier === version) continue;
    const features = kept(earlier);
    if (features === undefined) continue;
    const before = store.dataset(document.name, earlier).document;
    if (before.resolution !== document.resolution) continue;
    return { features, rows: sameItems(document.items.digest, before.items.digest) };
  }
  return undefined;
}

/** Where each of `digests` stands in `before`; -1 where it does not. */
export function sameItems(digests: readonly string[], before: readonly string[]): Int32Array {
  const at = new Map(before.map((digest, row) => [digest, row]));
  return Int32Array.from(digests, (digest) => at.get(digest) ?? -1);
}

/** All rows of this version at each layer: the earlier ones, and `fresh` for the others in order. */
export function joinRows(
  { features, rows }: EarlierRows,
  fresh: Embeddings | undefined,
): Embeddings {
  const layers = Object.entries(features).map(([tap, { columns, values }]) => {
    const joined = new Float32Array(rows.length * columns);
    let next = 0;
    for (const [i, row] of rows.entries()) {
      const from = row >= 0 ? values : fresh?.[tap].values;
      const start = (row >= 0 ? row : next++) * columns;
      if (from) joined.set(from.subarray(start, start + columns), i * columns);
    }
    return [tap, { rows: rows.length, columns, values: joined }] as const;
  });
  return Object.fromEntries(layers);
}
