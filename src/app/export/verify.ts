/** Holds a written model against the product's own executor, on real pictures of the dataset. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../base/index.ts";
import { type Executor, openWrittenModel, type WrittenModel } from "../../engine/index.ts";
import { decodeWhole } from "../../formats/image/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import { openClassifier } from "../../learn/heads/index.ts";
import { type Matrix, pickRows } from "../../learn/measure/index.ts";
import { picturesAt } from "../dataset.ts";
import type { ReadingDesk } from "../desk.ts";
import { productOn } from "../product.ts";
import { readFileBytes } from "../read-file.ts";
import { fittedOf } from "../stored-head.ts";
import { type Encoder, featuresOf } from "../subjects.ts";
import { layerOf } from "./describe.ts";
import { modelNames } from "./onnx-model.ts";
import { type ExportSubject, formOf, sampleOf } from "./subject.ts";

/** Pictures that are compared as stored, and as whole files. */
const compared = { stored: 48, whole: 12 } as const;

/**
 * The most that a written model may differ: embeddings in units of their root mean square,
 * probabilities as they are. Float32 sums in another order differ by some 1e-6.
 */
export const differenceBounds = { embedding: 1e-3, probability: 1e-3 } as const;

export interface Difference {
  readonly pictures: number;
  /** Largest difference of a value of the embedding, over the root mean square of all. */
  readonly embedding: number;
  /** Largest difference of a probability; only with a head. */
  readonly probability?: number;
  /** Pictures to which both give the same class; only with a head. */
  readonly agreeing?: number;
}

export interface Comparison {
  /** On pictures as the dataset stores them: arithmetic alone. */
  readonly stored: Difference;
  /** On whole files, which the model resizes itself; left out where no file is there any more. */
  readonly whole?: Difference;
}

interface Answers {
  readonly embedding: Matrix;
  readonly probabilities?: Matrix | undefined;
}

interface Comparing {
  readonly subject: ExportSubject;
  readonly encoder: Encoder;
  readonly executor: Executor;
  readonly pictures: Pictures;
  readonly desk: ReadingDesk;
}

/** Throws `app/export-differs` where the stored pictures come out otherwise than they should. */
export async function compareModel(file: string, comparing: Comparing): Promise<Comparison> {
  const { subject, pictures, desk } = comparing;
  const { document } = subject.dataset;
  const { emit, clock, signal } = desk.work;
  await using model = await openWrittenModel(file);
  const chosen = sampleOf(document, compared.stored);
  const expected = await productAnswers(chosen, comparing);
  const started = clock.monotonic();
  const files = document.source.kind === "folder" ? filesOf(subject, chosen) : [];
  const total = chosen.length + files.length;
  emit({ type: "phase", phase: "export", total });
  const found = await modelAnswers(model, bySize(pictures, chosen), (done) => {
    signal.throwIfAborted();
    emit({ type: "progress", phase: "export", done, total });
  });
  const stored = differenceOf(found, expected);
  refuseBeyond(stored, file);
  const whole: { answers: Answers; rows: number[] } = { answers: found, rows: [] };
  const readable: Batch[] = [];
  for (const { row, path } of files) {
    const decoded = await decodeWhole(readFileBytes(path), formOf(subject)).catch(() => undefined);
    if (decoded === undefined) continue;
    const { pixels, height, width } = decoded;
    readable.push({ rows: [readable.length], height, width, pixels: [pixels] });
    whole.rows.push(row);
  }
  if (readable.length > 0) {
    whole.answers = await modelAnswers(model, readable, (done) => {
      signal.throwIfAborted();
      emit({ type: "progress", phase: "export", done: chosen.length + done, total });
    });
  }
  emit({ type: "phase-end", phase: "export", seconds: (clock.monotonic() - started) / 1000 });
  return {
    stored,
    ...(readable.length > 0 && {
      whole: differenceOf(whole.answers, {
        embedding: pickRows(expected.embedding, Uint32Array.from(whole.rows)),
        probabilities:
          expected.probabilities && pickRows(expected.probabilities, Uint32Array.from(whole.rows)),
      }),
    }),
  };
}

/** Files that are still there, with their row among those chosen. */
function filesOf({ dataset: { document } }: ExportSubject, chosen: Uint32Array) {
  const { source, items } = document;
  return [...chosen]
    .map((item, row) => ({ row, path: join(source.path, items.path[item]) }))
    .filter(({ path }) => existsSync(path))
    .slice(0, compared.whole);
}

async function productAnswers(
  chosen: Uint32Array,
  { subject, encoder, executor, pictures, desk }: Comparing,
): Promise<Answers> {
  const layer = layerOf(subject.representation, subject.head);
  const task = { executor, pictures: picturesAt(pictures, chosen), desk };
  const embedding = (await featuresOf(encoder, [layer], task))[layer];
  if (subject.head === undefined) return { embedding };
  await using products = productOn(executor);
  const classifier = openClassifier(fittedOf(subject.head), products.product);
  return { embedding, probabilities: await classifier.probabilities(embedding) };
}

interface Batch {
  /** Where each picture's answer goes. */
  readonly rows: readonly number[];
  readonly height: number;
  readonly width: number;
  readonly pixels: readonly Uint8Array[];
}

/** Pictures of one size go together, so that the model is tried on more than one at a time. */
function bySize(pictures: Pictures, chosen: Uint32Array): Batch[] {
  const batches = new Map<
    string,
    { rows: number[]; pixels: Uint8Array[] } & Omit<Batch, "rows" | "pixels">
  >();
  for (const [row, item] of chosen.entries()) {
    const { height, width } = pictures.size(item);
    const key = `${height} ${width}`;
    const batch = batches.get(key) ?? { rows: [], pixels: [], height, width };
    batch.rows.push(row);
    batch.pixels.push(pictures.read(item).slice());
    batches.set(key, batch);
  }
  return [...batches.values()];
}

async function modelAnswers(
  model: WrittenModel,
  batches: readonly Batch[],
  onDone: (rows: number) => void,
): Promise<Answers> {
  const count = batches.reduce((sum, { rows }) => sum + rows.length, 0);
  const gathered = new Map<string, Matrix>();
  let done = 0;
  for (const { rows, height, width, pixels } of batches) {
    const values = new Uint8Array(rows.length * height * width * 3);
    for (const [i, one] of pixels.entries()) values.set(one, i * height * width * 3);
    const shape = [rows.length, height, width, 3];
    const found = await model.run({ [modelNames.pictures]: { shape, values } });
    for (const name of [modelNames.embedding, modelNames.probabilities]) {
      const output = found[name];
      if (output === undefined || !(output.values instanceof Float32Array)) continue;
      const columns = output.shape[1];
      const matrix = gathered.get(name) ?? {
        rows: count,
        columns,
        values: new Float32Array(count * columns),
      };
      gathered.set(name, matrix);
      for (const [i, row] of rows.entries()) {
        matrix.values.set(output.values.subarray(i * columns, (i + 1) * columns), row * columns);
      }
    }
    done += rows.length;
    onDone(done);
  }
  const embedding = gathered.get(modelNames.embedding);
  if (embedding === undefined) throw new Problem("internal/defect", { message: "no embedding" });
  return { embedding, probabilities: gathered.get(modelNames.probabilities) };
}

function differenceOf(found: Answers, expected: Answers): Difference {
  const { embedding, probabilities } = expected;
  const { length } = embedding.values;
  const power = embedding.values.reduce((sum, value) => sum + value * value, 0);
  const deviation = Math.sqrt(power / length) || 1;
  return {
    pictures: embedding.rows,
    embedding: largest(found.embedding, embedding) / deviation,
    ...(probabilities &&
      found.probabilities && {
        probability: largest(found.probabilities, probabilities),
        agreeing: agreeing(found.probabilities, probabilities),
      }),
  };
}

/** NaN counts as infinitely far. */
function largest(left: Matrix, right: Matrix): number {
  let most = 0;
  for (const [i, value] of right.values.entries()) {
    const apart = Math.abs(value - left.values[i]);
    most = Number.isFinite(apart) ? Math.max(most, apart) : Number.POSITIVE_INFINITY;
  }
  return most;
}

function agreeing(left: Matrix, right: Matrix): number {
  const best = ({ columns, values }: Matrix, row: number) => {
    const own = values.subarray(row * columns, (row + 1) * columns);
    return own.indexOf(own.reduce((most, value) => Math.max(most, value), -1));
  };
  return Array.from({ length: left.rows }, (_, row) => row).filter(
    (row) => best(left, row) === best(right, row),
  ).length;
}

function refuseBeyond({ embedding, probability = 0 }: Difference, file: string): void {
  const isWithin =
    embedding <= differenceBounds.embedding && probability <= differenceBounds.probability;
  if (isWithin) return;
  throw new Problem("app/export-differs", {
    file,
    embedding,
    probability,
    bound: differenceBounds.embedding,
  });
}
