/** What is measured: an encoder's features per layer, and the controls that stand beside them. */
import { fork, keyFromSeed } from "../base/index.ts";
import type { Executor } from "../engine/index.ts";
import { type Backbone, backbone } from "../learn/backbones/index.ts";
import type { Pictures } from "../learn/data/index.ts";
import { fitPca, type Matrix, type Product } from "../learn/measure/index.ts";
import type { ValueTree } from "../learn/nn/index.ts";
import {
  centred,
  createEmbedder,
  type Embeddings,
  embeddingBatch,
  estimateBatchStatistics,
  untrainedValues,
} from "../learn/train/index.ts";
import {
  type EmbeddingKey,
  embeddingDigest,
  type Representation,
  type StoredDataset,
} from "../registry/index.ts";
import { keepIfFree, type ReadingDesk } from "./desk.ts";
import {
  backboneName,
  type Preprocessing,
  preprocessingOf,
  weightsOf,
} from "./training-choices.ts";

export interface Encoder extends Preprocessing {
  readonly backbone: Backbone;
  readonly values: ValueTree;
}

export interface FeatureTask {
  readonly executor: Executor;
  /** All pictures of the dataset, in its order. */
  readonly pictures: Pictures;
  readonly desk: ReadingDesk;
  readonly label?: string;
}

export const controlLimits = { rows: 20_000, side: 32, statistics: 2048, width: 128 } as const;

export function encoderOf(representation: Representation): Encoder {
  const preprocessing = preprocessingOf(representation);
  return {
    ...preprocessing,
    backbone: backbone(backboneName(representation), preprocessing),
    values: weightsOf(representation),
  };
}

/** The encoder before training: same seed, running statistics estimated on the training pictures. */
export async function untrainedEncoder(
  representation: Representation,
  { executor, pictures }: FeatureTask,
  train: Uint32Array,
): Promise<Encoder> {
  const preprocessing = preprocessingOf(representation);
  const made = backbone(backboneName(representation), preprocessing);
  const indexes = spread(train, controlLimits.statistics);
  const values = await estimateBatchStatistics({
    executor,
    backbone: made,
    values: untrainedValues(made, representation.document.seed),
    inputs: centred(pictures, preprocessing, indexes),
    size: preprocessing.size,
  });
  return { ...preprocessing, backbone: made, values };
}

/** Features of every picture at the taps named. */
export async function featuresOf(
  { backbone, values, size, normalize }: Encoder,
  taps: readonly string[],
  { executor, pictures, desk, label }: FeatureTask,
): Promise<Embeddings> {
  const { emit, clock, signal } = desk.work;
  const started = clock.monotonic();
  emit({ type: "phase", phase: "embed", total: pictures.count, ...(label && { label }) });
  const batch = embeddingBatch(backbone, { size, count: pictures.count });
  await using embedder = await createEmbedder({ executor, backbone, size, taps, batch });
  await embedder.load(values);
  const found = await embedder.embed(centred(pictures, { size, normalize }), { emit, signal });
  emit({ type: "phase-end", phase: "embed", seconds: (clock.monotonic() - started) / 1000 });
  return found;
}

/** The same for a stored representation; what was computed before is read back. */
export async function storedFeatures(
  representation: Representation,
  { taps, dataset }: { readonly taps: readonly string[]; readonly dataset: StoredDataset },
  task: FeatureTask,
): Promise<Embeddings> {
  const { store } = task.desk;
  const { name, version, weights } = representation.document;
  const keyOf = (layer: string): EmbeddingKey => ({
    representation: { name, version, digest: weights.digest },
    layer,
    dataset: { name: dataset.document.name, version: dataset.version },
    variant: null,
  });
  const known = taps.map((tap) => store.embeddings(embeddingDigest(keyOf(tap))));
  if (known.every((found) => found !== undefined)) {
    const matrices = known.map((found, i) => {
      const { rows, columns } = found.document;
      return [taps[i], { rows, columns, values: found.values() }] as const;
    });
    return Object.fromEntries(matrices);
  }
  const found = await featuresOf(encoderOf(representation), taps, task);
  const ids = dataset.document.items.id;
  await keepIfFree(task.desk, (writer) => {
    for (const tap of taps) {
      const { values, columns } = found[tap];
      writer.writeEmbedding(keyOf(tap), { values, columns, ids });
    }
  });
  return found;
}

/** Raw pixels of the pictures named, at most 32 pixels wide, normalised as for the encoder. */
export function pixelsOf(
  pictures: Pictures,
  { size, normalize }: Preprocessing,
  indexes: ArrayLike<number>,
): Matrix {
  const side = Math.min(size, controlLimits.side);
  const columns = 3 * side * side;
  const inputs = centred(pictures, { size: side, normalize }, indexes);
  const values = new Float32Array(indexes.length * columns);
  for (let i = 0; i < indexes.length; i++) inputs.fill(i, values, i * columns);
  return { rows: indexes.length, columns, values };
}

/** Where nothing is judged, nothing is projected either. */
export async function pcaOf(
  train: Matrix,
  test: Matrix,
  { seed, product }: { readonly seed: number; readonly product: Product },
): Promise<{ readonly train: Matrix; readonly test: Matrix }> {
  const key = fork(keyFromSeed(seed), "pca");
  const pca = await fitPca(train, { key, width: controlLimits.width, product });
  const projected = await pca.project(train);
  if (test.rows > 0) return { train: projected, test: await pca.project(test) };
  return { train: projected, test: { ...test, columns: projected.columns } };
}

/** At most `count` of the indexes, evenly spread. */
export function spread(indexes: Uint32Array, count: number): Uint32Array {
  if (indexes.length <= count) return indexes;
  return Uint32Array.from(
    { length: count },
    (_, i) => indexes[Math.floor((i * indexes.length) / count)],
  );
}
