/**
 * "Not like anything seen": the mean distance to the k nearest known items, as a conformal p-value
 * (Laxhammar & Falkman 2011; Bates et al. 2023): (1 + calibration items at least as far) / (n + 1).
 * Of items like the calibration items a share α at most has p ≤ α; α < 1 / (n + 1) is refused.
 */
import { type Matrix, openBank, type Product, plainProduct } from "../measure/index.ts";
import { conformalPlace } from "./conformal.ts";

export interface NoveltyOptions {
  readonly alpha: number;
  readonly neighbours?: number;
  readonly product?: Product;
}

/** What is known of likeness, in numbers alone. */
export interface NoveltyRule {
  readonly alpha: number;
  readonly neighbours: number;
  readonly known: Matrix;
  /** Of the calibration items, ascending. */
  readonly distances: Float64Array;
}

export interface Novelty extends NoveltyRule {
  /** From this distance on an item is unlike. */
  readonly distance: number;
  /** p-value of each row; p ≤ α: unlike anything seen. */
  judge(matrix: Matrix): Promise<Float64Array>;
}

/** `known` and `calibration` have no item in common; both are of one representation. */
export async function fitNovelty(
  known: Matrix,
  calibration: Matrix,
  { alpha, neighbours = 5, product = plainProduct }: NoveltyOptions,
): Promise<Novelty> {
  const k = Math.min(neighbours, known.rows);
  conformalPlace(calibration.rows, alpha);
  const distances = (await neighbourDistances(calibration, known, { k, product })).sort();
  return openNovelty({ alpha, neighbours: k, known, distances }, product);
}

export function openNovelty(rule: NoveltyRule, product: Product = plainProduct): Novelty {
  const { alpha, neighbours: k, known, distances: own } = rule;
  return {
    ...rule,
    distance: own[conformalPlace(own.length, alpha) - 1],
    async judge(matrix) {
      const distances = await neighbourDistances(matrix, known, { k, product });
      return distances.map(
        (distance) => (1 + own.length - firstFrom(own, distance)) / (own.length + 1),
      );
    },
  };
}

/** Mean Euclidean distance of each row to its k nearest known ones. */
async function neighbourDistances(
  matrix: Matrix,
  known: Matrix,
  { k, product }: { readonly k: number; readonly product: Product },
): Promise<Float64Array> {
  const { columns } = known;
  const mean = new Float64Array(columns);
  known.values.forEach((value, at) => {
    mean[at % columns] += value / known.rows;
  });
  // About the mean of what is known, so that squares lose little to rounding.
  const bankRows = shifted(known, mean);
  const norms = squares(bankRows);
  const size = Math.min(1024, matrix.rows);
  const distances = new Float64Array(matrix.rows);
  await using bank = await openBank(product, { rows: known.rows, columns, queries: size });
  await bank.hold(bankRows);
  for (let from = 0; from < matrix.rows; from += size) {
    const to = Math.min(matrix.rows, from + size);
    const values = matrix.values.subarray(from * columns, to * columns);
    const block = shifted({ rows: to - from, columns, values }, mean);
    const lengths = squares(block);
    const found = await bank.times(block);
    for (let i = 0; i < block.rows; i++) {
      const nearest = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
      for (let j = 0; j < known.rows; j++) {
        const square = lengths[i] + norms[j] - 2 * found.values[i * found.columns + j];
        if (square >= nearest[k - 1]) continue;
        let at = k - 1;
        for (; at > 0 && nearest[at - 1] > square; at--) nearest[at] = nearest[at - 1];
        nearest[at] = square;
      }
      for (const square of nearest) distances[from + i] += Math.sqrt(Math.max(0, square)) / k;
    }
  }
  return distances;
}

function shifted({ rows, columns, values }: Matrix, mean: Float64Array): Matrix {
  return { rows, columns, values: values.map((value, at) => value - mean[at % columns]) };
}

function squares({ rows, columns, values }: Matrix): Float64Array {
  const sums = new Float64Array(rows);
  values.forEach((value, at) => {
    sums[Math.floor(at / columns)] += value * value;
  });
  return sums;
}

/** The first place of a sorted list whose value is at least this one. */
function firstFrom(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
