/**
 * Sample-level NCC (Ben-Shaul et al. 2023, sample-level test; paper.md §A2): does an encoder know a
 * picture again under its own augmentations? Each item is a class, its centre the mean of some
 * augmented views, judged on other views. The paper's [from memory]: 500 items, 100 and 20 views.
 * It needs no labels, and is NCC on another label set.
 */
import type { Matrix, Product } from "./matrix.ts";
import { nccPredictions } from "./ncc.ts";
import { type Scores, scorePredictions } from "./scores.ts";

export interface Views {
  readonly matrix: Matrix;
  /** The item that each row is a view of, numbered 0 … items - 1; the same numbers in both. */
  readonly items: Int32Array;
}

export async function sampleNcc(
  train: Views,
  test: Views,
  options: { readonly product?: Product } = {},
): Promise<Scores> {
  const classes = train.items.reduce((most, item) => Math.max(most, item), -1) + 1;
  const bank = { matrix: train.matrix, codes: train.items, classes };
  const predicted = await nccPredictions(bank, test.matrix, options);
  return scorePredictions(predicted, test.items, classes);
}
