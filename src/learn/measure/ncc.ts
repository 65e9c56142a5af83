/**
 * Nearest class-centre accuracy (Ben-Shaul et al. 2023; paper.md §A5): a row takes the class of the
 * nearest mean, argmin_c ‖f - mu_c‖, the means being those of the named training split. Distances
 * come from a float32 product; where two centres are nearer to each other in distance than the error
 * that such a product can have (`dotError`), float64 decides, so that the answer is the one of float64
 * whoever computed the product. Exact ties: the lower class.
 */
import { dotError, openBank } from "./bank.ts";
import { classMeans } from "./class-statistics.ts";
import { blocks, type Matrix, type Product, rowBlock } from "./matrix.ts";
import { squaredLengths } from "./passes.ts";
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
  const { moved, offsets, slack } = shiftToMean(centres, columns);
  const predicted = new Int32Array(test.rows);
  const queries = Math.min(rowsAtOnce, test.rows);
  await using bank = await openBank(product, { rows: classes, columns, queries });
  await bank.hold({ rows: classes, columns, values: Float32Array.from(moved) });
  for (const [from, to] of blocks(test.rows, queries)) {
    const block = rowBlock(test, from, to);
    const found = await bank.times(block);
    const { best, margins } = highest(found, offsets);
    const squares = squaredLengths(block);
    for (let i = 0; i < block.rows; i++) {
      const unsure = slack * Math.sqrt(squares[i]);
      predicted[from + i] = best[i];
      if (margins[i] > unsure) continue;
      const nearness = found.values.subarray(i * found.columns, i * found.columns + classes);
      predicted[from + i] = decide(nearness, offsets, {
        threshold: nearness[best[i]] - offsets[best[i]] - unsure,
        distance: (c) => squaredDistance(block, i, centres, c),
      });
    }
  }
  return predicted;
}

/** Of each row the place of the greatest nearness less offset, and how far ahead of all others it is. */
function highest({ rows, columns, values }: Matrix, offsets: Float64Array) {
  const best = new Int32Array(rows);
  const margins = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const own = i * columns;
    let place = 0;
    let [most, next] = [values[own] - offsets[0], Number.NEGATIVE_INFINITY];
    for (let c = 1; c < offsets.length; c++) {
      const value = values[own + c] - offsets[c];
      if (value <= next) continue;
      if (value > most) {
        next = most;
        most = value;
        place = c;
      } else next = value;
    }
    best[i] = place;
    margins[i] = most - next;
  }
  return { best, margins };
}

/** The lowest of the classes that reach the threshold and have the least exact distance. */
function decide(
  nearness: Float32Array,
  offsets: Float64Array,
  rule: { readonly threshold: number; readonly distance: (c: number) => number },
): number {
  let chosen = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < nearness.length; c++) {
    if (nearness[c] - offsets[c] < rule.threshold) continue;
    const found = rule.distance(c);
    if (found < least) [chosen, least] = [c, found];
  }
  return chosen;
}

/** Rows whose products with all centres are held at once. */
const rowsAtOnce = 1024;

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
  // Twice the error of one nearness: two are compared. One rounding of the centre to float32.
  return { moved, offsets, slack: 2 * Math.sqrt(longest) * dotError(columns, 1) };
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
