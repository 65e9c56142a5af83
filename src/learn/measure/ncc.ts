/**
 * Nearest class-centre accuracy (Ben-Shaul et al. 2023; paper.md §A5): a row takes the class of the
 * nearest mean, argmin_c ‖f - mu_c‖, the means being those of the named training split. Distances
 * come from a float32 product; where two centres are nearly as near, float64 decides, so that the
 * answer is the one of exact arithmetic whoever computed the product. Exact ties: the lower class.
 */
import { classMeans } from "./class-statistics.ts";
import { blocks, type Matrix, type Product, rowBlock } from "./matrix.ts";
import { plainProduct } from "./product.ts";

export interface NccOptions {
  readonly product?: Product;
}

/** Predicted class of each row of `test`; `codes` label the rows of `train`. */
export async function nccPredictions(
  train: { readonly matrix: Matrix; readonly codes: Int32Array; readonly classes: number },
  test: Matrix,
  options: NccOptions = {},
): Promise<Int32Array> {
  const centres = classMeans(train.matrix, train.codes, train.classes);
  return nearestCentres(test, centres, options);
}

/** The nearest of the centres `[classes, columns]` for each row. */
export async function nearestCentres(
  test: Matrix,
  centres: Float64Array,
  { product = plainProduct }: NccOptions = {},
): Promise<Int32Array> {
  const { columns } = test;
  const classes = centres.length / columns;
  const shifted = shiftToMean(centres, columns);
  const right: Matrix = { rows: classes, columns, values: Float32Array.from(shifted.centres) };
  const predicted = new Int32Array(test.rows);
  const nearness = new Float64Array(classes);
  for (const [from, to] of blocks(test.rows)) {
    const block = rowBlock(test, from, to);
    const { values } = await product(block, right);
    for (let i = 0; i < block.rows; i++) {
      const slack = shifted.slack * norm(block, i);
      let best = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < classes; c++) {
        nearness[c] = values[i * classes + c] - shifted.offsets[c];
        if (nearness[c] > best) best = nearness[c];
      }
      predicted[from + i] = decide(nearness, best - slack, (c) =>
        squaredDistance(block, i, centres, c),
      );
    }
  }
  return predicted;
}

/** The class of greatest nearness; where several reach `threshold`, the exact distance decides. */
function decide(
  nearness: Float64Array,
  threshold: number,
  distance: (c: number) => number,
): number {
  const first = nearness.findIndex((value) => value >= threshold);
  let chosen = first;
  let least: number | undefined;
  for (let c = first + 1; c < nearness.length; c++) {
    if (nearness[c] < threshold) continue;
    least ??= distance(first);
    const found = distance(c);
    if (found < least) [chosen, least] = [c, found];
  }
  return chosen;
}

/**
 * With a_c = mu_c - m, m the mean of the centres, ‖f - mu_c‖² differs from
 * -2 (f · a_c - ½‖a_c‖² - a_c · m) by what all classes share: smaller numbers, less rounding.
 */
function shiftToMean(centres: Float64Array, columns: number) {
  const classes = centres.length / columns;
  const mean = new Float64Array(columns);
  for (let q = 0; q < centres.length; q++) mean[q % columns] += centres[q] / classes;
  const moved = centres.map((value, q) => value - mean[q % columns]);
  const offsets = new Float64Array(classes);
  let longest = 0;
  for (let c = 0; c < classes; c++) {
    let [square, along] = [0, 0];
    for (let p = 0; p < columns; p++) {
      const value = moved[c * columns + p];
      square += value * value;
      along += value * mean[p];
    }
    offsets[c] = square / 2 + along;
    longest = Math.max(longest, square);
  }
  return { centres: moved, offsets, slack: Math.sqrt(longest) * productError(columns) };
}

/**
 * Twice a bound on the relative error of a float32 dot product and of rounding its operands: the
 * worst case grows with the number of columns d, blocked and random sums stay far below d/8.
 */
function productError(columns: number): number {
  return 2 * 2 ** -24 * (8 + columns / 8);
}

function norm({ columns, values }: Matrix, row: number): number {
  let square = 0;
  for (let p = row * columns; p < (row + 1) * columns; p++) square += values[p] * values[p];
  return Math.sqrt(square);
}

function squaredDistance(
  { columns, values }: Matrix,
  row: number,
  centres: Float64Array,
  c: number,
): number {
  let square = 0;
  for (let p = row * columns, q = c * columns; q < (c + 1) * columns; p++, q++) {
    const difference = values[p] - centres[q];
    square += difference * difference;
  }
  return square;
}
