/** What is measured: an encoder's features per layer, and the controls that stand beside them. */
import { asJson, digestJson, fork, type Json, keyFromSeed } from "../base/index.ts";
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
import { picturesAt } from "./dataset.ts";
import { keepIfFree, type ReadingDesk } from "./desk.ts";
import { type EarlierRows, earlierRows, joinRows } from "./earlier-features.ts";
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

/** What decides an encoder before training; of a representation or of one that is to be trained. */
export interface Untrained extends Preprocessing {
  /** The backbone's name. */
  readonly backbone: string;
  readonly seed: number;
}

export function beforeTraining(representation: Representation): Untrained {
  const { seed } = representation.document;
  return { ...preprocessingOf(representation), backbone: backboneName(representation), seed };
}

/** The encoder before training: same seed, running statistics estimated on the training pictures. */
export async function untrainedEncoder(
  { backbone: name, seed, ...preprocessing }: Untrained,
  { executor, pictures }: Pick<FeatureTask, "executor" | "pictures">,
  train: Uint32Array,
): Promise<Encoder> {
  const made = backbone(name, preprocessing);
  const indexes = spread(train, controlLimits.statistics);
  const values = await estimateBatchStatistics({
    executor,
    backbone: made,
    values: untrainedValues(made, seed),
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

interface Wanted {
  readonly taps: readonly string[];
  readonly dataset: StoredDataset;
}

/** The same for a stored representation; what was computed before is read back. */
export function storedFeatures(
  representation: Representation,
  wanted: Wanted,
  task: FeatureTask,
): Promise<Embeddings> {
  const { name, version, weights } = representation.document;
  return keptFeatures({ name, version, digest: weights.digest }, wanted, {
    task,
    encoder: async () => encoderOf(representation),
    earlier: (kept) => earlierRows(wanted.dataset, task.desk.store, kept),
  });
}

/** The same for an encoder before training, whose statistics are those of this dataset version. */
export function untrainedFeatures(
  untrained: Untrained,
  wanted: Wanted & { readonly train: Uint32Array },
  task: FeatureTask,
): Promise<Embeddings> {
  const { statistics } = controlLimits;
  const digest = digestJson(asJson({ ...untrained, statistics }));
  return keptFeatures({ name: untrained.backbone, version: "untrained", digest }, wanted, {
    task,
    encoder: () => untrainedEncoder(untrained, task, wanted.train),
    earlier: () => undefined,
  });
}

interface Computing {
  readonly task: FeatureTask;
  readonly encoder: () => Promise<Encoder>;
  /** `kept` gives what is kept of this encoder for another version of the dataset. */
  readonly earlier: (kept: (version: string) => Embeddings | undefined) => EarlierRows | undefined;
}

async function keptFeatures(
  representation: EmbeddingKey["representation"],
  { taps, dataset }: Wanted,
  { task, encoder, earlier }: Computing,
): Promise<Embeddings> {
  const { name, items } = dataset.document;
  const keyOf = (layer: string, version: string): EmbeddingKey => ({
    representation,
    layer,
    dataset: { name, version },
    variant: variantOf(task.executor),
  });
  const kept = (version: string): Embeddings | undefined => {
    const known = taps.map((tap) =>
      task.desk.store.embeddings(embeddingDigest(keyOf(tap, version))),
    );
    if (!known.every((found) => found !== undefined)) return undefined;
    const matrices = known.map((found, i) => {
      const { rows, columns } = found.document;
      return [taps[i], { rows, columns, values: found.values() }] as const;
    });
    return Object.fromEntries(matrices);
  };
  const known = kept(dataset.version);
  if (known) return known;
  const before = earlier(kept);
  const rows = before?.rows ?? new Int32Array(items.id.length).fill(-1);
  const missing = [...rows.keys()].filter((i) => rows[i] < 0);
  const fresh =
    missing.length > 0
      ? await featuresOf(await encoder(), taps, {
          ...task,
          pictures: picturesAt(task.pictures, missing),
        })
      : undefined;
  const found = before ? joinRows(before, fresh) : (fresh ?? {});
  await keepIfFree(task.desk, (writer) => {
    for (const tap of taps) {
      const { values, columns } = found[tap];
      writer.writeEmbedding(keyOf(tap, dataset.version), { values, columns, ids: items.id });
    }
  });
  return found;
}

/** Features of another precision are others: a shelf in float32 and one in bf16 are kept apart. */
export function variantOf({ description }: Pick<Executor, "description">): Json {
  const precision =
    typeof description === "object" && description !== null && "precision" in description
      ? description.precision
      : undefined;
  return precision === "bf16" || precision === "tf32" ? { precision } : null;
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
