/**
 * m-shot NCC (paper.md §A5; Luthra, Yang, Galanti 2025): centres from m random labels of each class,
 * drawn R times; mean over the draws with a t-interval. Each draw judges the same rows, at most
 * `judged` of them, drawn once. A class with fewer than m training rows gives all it has.
 */
import { fork, type Key, permutation } from "../../base/index.ts";
import { classMeans } from "./class-statistics.ts";
import { type Interval, tInterval } from "./interval.ts";
import { labelledRows, rowsByClass } from "./labels.ts";
import { type Matrix, type Product, pickRows } from "./matrix.ts";
import { nearestCentres } from "./ncc.ts";
import { scorePredictions } from "./scores.ts";

export interface FewShotOptions {
  readonly key: Key;
  readonly shots: number;
  readonly repeats?: number;
  readonly judged?: number;
  readonly product?: Product;
}

export interface FewShotScores {
  readonly accuracy: Interval & { readonly mean: number; readonly deviation: number };
  readonly balanced: Interval & { readonly mean: number; readonly deviation: number };
  /** Items that each draw was judged on. */
  readonly items: number;
  /** Classes with fewer than `shots` training rows. */
  readonly short: readonly number[];
}

export const fewShotDefaults = { repeats: 20, judged: 2000 };

export async function fewShotNcc(
  train: { readonly matrix: Matrix; readonly codes: Int32Array; readonly classes: number },
  test: { readonly matrix: Matrix; readonly codes: Int32Array },
  options: FewShotOptions,
): Promise<FewShotScores> {
  const { key, shots, repeats, judged, product } = { ...fewShotDefaults, ...options };
  const { classes } = train;
  const judgedRows = sample(labelledRows(test.codes), judged, fork(key, "judged"));
  const judgedMatrix = pickRows(test.matrix, judgedRows);
  const judgedCodes = Int32Array.from(judgedRows, (row) => test.codes[row]);
  const { order, start } = rowsByClass(train.codes, classes);
  const accuracy: number[] = [];
  const balanced: number[] = [];
  for (let r = 0; r < repeats; r++) {
    const picked: number[] = [];
    for (let c = 0; c < classes; c++) {
      const draw = fork(key, "draw", r, c);
      picked.push(...sample(order.subarray(start[c], start[c + 1]), shots, draw));
    }
    const codes = Int32Array.from(picked, (row) => train.codes[row]);
    const centres = classMeans(pickRows(train.matrix, picked), codes, classes);
    const predicted = await nearestCentres(judgedMatrix, centres, product && { product });
    const scores = scorePredictions(predicted, judgedCodes, classes);
    accuracy.push(scores.accuracy);
    balanced.push(scores.balanced);
  }
  return {
    accuracy: tInterval(accuracy, "t over draws"),
    balanced: tInterval(balanced, "t over draws"),
    items: judgedRows.length,
    short: Array.from({ length: classes }, (_, c) => c).filter(
      (c) => start[c + 1] - start[c] < shots,
    ),
  };
}

/** `count` of the rows without replacement, in ascending order; all of them if there are fewer. */
function sample(rows: Uint32Array, count: number, key: Key): Uint32Array {
  if (rows.length <= count) return rows;
  return permutation(key, rows.length)
    .slice(0, count)
    .map((i) => rows[i])
    .sort();
}
