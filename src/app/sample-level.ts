/** Sample-level NCC of an encoder before and after training: does it know a picture again? */
import { fork, type Key, permutation } from "../base/index.ts";
import type { Estimate } from "../decide/index.ts";
import type { Executor } from "../engine/index.ts";
import type { Recipe } from "../learn/augment/index.ts";
import type { Pictures } from "../learn/data/index.ts";
import {
  bootstrapScores,
  headlineFeatures,
  type Product,
  pickRows,
  sampleNcc,
  withFeatures,
} from "../learn/measure/index.ts";
import { createEmbedder, drawn } from "../learn/train/index.ts";
import type { Encoder } from "./subjects.ts";

/** The paper's test has 500 pictures with 100 and 20 views; a CPU's share of that. */
const limits = { pictures: 300, centreViews: 12, judgedViews: 4 } as const;

export interface SampleTask {
  readonly executor: Executor;
  readonly product: Product;
  readonly pictures: Pictures;
  readonly recipe: Recipe;
  readonly key: Key;
}

/** Accuracy with its interval over pictures. */
export async function sampleLevel(
  { backbone, values, size }: Encoder,
  { executor, product, pictures, recipe, key }: SampleTask,
): Promise<Estimate> {
  const count = Math.min(limits.pictures, pictures.count);
  const indexes = permutation(fork(key, "pictures"), pictures.count).subarray(0, count);
  const views = limits.centreViews + limits.judgedViews;
  await using embedder = await createEmbedder({ executor, backbone, size });
  await embedder.load(values);
  const inputs = drawn(pictures, recipe, { indexes, views, key: fork(key, "views") });
  const [found] = Object.values(await embedder.embed(inputs));
  const matrix = withFeatures(found, headlineFeatures);
  const rows = Array.from({ length: count * views }, (_, row) => row);
  const part = (test: (view: number) => boolean) => {
    const list = rows.filter((row) => test(row % views));
    const items = Int32Array.from(list, (row) => Math.floor(row / views));
    return { matrix: pickRows(matrix, list), items };
  };
  const scores = await sampleNcc(
    part((view) => view < limits.centreViews),
    part((view) => view >= limits.centreViews),
    { product },
  );
  const { accuracy } = bootstrapScores(scores.correct, scores.codes, {
    key: fork(key, "interval"),
    groups: scores.codes,
  });
  return { value: scores.accuracy, low: accuracy.low, high: accuracy.high };
}
