/**
 * Nearest class-centre accuracy (Ben-Shaul et al. 2023; paper.md §A5): a row takes the class of the
 * nearest mean, argmin_c ‖f - mu_c‖, the means being those of the named training split. Distances
 * come from a float32 product; where two centres are nearer to each other in distance than the error
 * that such a product can have (`dotError`), float64 decides, so that the answer is the one of float64
 * whoever computed the product. Exact ties: the lower class.
 */
import { dotError, openBank } from "./bank.ts";
import { classMeans, meansWithLengths } from "./class-statistics.ts";
import { type Found, openHighest } from "./highest.ts";
import { blocks, type Matrix, type Product, rowBlock } from "./matrix.ts";
import { squaredLengths, threadsFor } from "./passes.ts";
import { plainProduct } from "./product.ts";

export interface NccOptions {
  readonly product?: Product;
}

export interface Centred {
  readonly matrix: Matrix;
  readonly codes: Int32Array;
  readonly classes: number;
}

/** Predicted class of each row of `test`; `codes` label the rows of `train`. */
export async function nccPredictions(
  train: Centred,
  test: Matrix,
  options: NccOptions = {},
): Promise<Int32Array> {
  const [predicted] = await nccPredictionsOf(train, [test], options);
  return predicted;
}

/** The same for several matrices, the training rows themselves among them or not. */
export async function nccPredictionsOf(
  { matrix, codes, classes }: Centred,
  judged: readonly Matrix[],
  { product = plainProduct }: NccOptions = {},
): Promise<Int32Array[]> {
  const { threads = 1 } = product;
  const given = { matrix, codes, classes };
  const known = judged.includes(matrix) ? meansWithLengths(given, { threads }) : undefined;
  const means = known?.means ?? classMeans(matrix, codes, classes, { threads });
  const predicted: Int32Array[] = [];
  for (const rows of judged) {
    const squares = rows === matrix ? known?.lengths : undefined;
    predicted.push(await nearestCentres(rows, means, { product, squares }));
  }
  return predicted;
}

export interface NearestOptions extends NccOptions {
  /** ‖f‖² of each row, or NaN, where they are known. */
  readonly squares?: Float64Array | undefined;
}

/** The nearest of the centres `[classes, columns]` for each row. */
export async function nearestCentres(
  test: Matrix,
  centres: Float64Array,
  { product = plainProduct, squares: known }: NearestOptions = {},
): Promise<Int32Array> {
  const { columns } = test;
  const classes = centres.length / columns;
  const { threads } = product;
  const squares = known ?? squaredLengths(test, { threads });
  const { moved, offsets, error } = shiftToMean(centres, columns);
  const predicted = new Int32Array(test.rows);
  const fewer = Math.max(fewestAtOnce, Math.floor(productsAtOnce / classes));
  const queries = Math.min(rowsAtOnce, fewer, test.rows);
  await using bank = await openBank(product, { rows: classes, columns, queries });
  using highest = openHighest({ rows: queries, offsets, threads: threadsFor(test, threads) });
  await bank.hold({ rows: classes, columns, values: Float32Array.from(moved) });
  const settle = (found: Found, from: number) => {
    predicted.set(found.classes, from);
    const block = rowBlock(test, from, from + found.classes.length);
    for (let i = 0; i < block.rows; i++) {
      const square = squares[from + i] >= 0 ? squares[from + i] : squaredLength(block, i);
      const unsure = error.ofProducts * Math.sqrt(square);
      const rounded = error.ofOffsets + 2 ** -22 * Math.abs(found.best[i]);
      const ahead = found.best[i] - found.next[i];
      if (ahead > (unsure + rounded) * (1 + 2 ** -20) && unsure < huge) continue;
      predicted[from + i] = decide(found.block, i, offsets, {
        unsure,
        distance: (c) => squaredDistance(block, i, centres, c),
      });
    }
  };
  let before = () => {};
  for (const [from, to] of blocks(test.rows, queries)) {
    const products = await bank.times(rowBlock(test, from, to), highest.room());
    const join = highest.look(products);
    before();
    // Before the next products, which take all threads.
    const found = join();
    before = () => settle(found, from);
  }
  before();
  return predicted;
}

/** Errors above which products may be beyond float32. */
const huge = 2 ** 96;

interface Deciding {
  readonly unsure: number;
  readonly distance: (c: number) => number;
}

/** Of the classes that may be nearest the lowest one of the least exact distance. */
function decide(products: Matrix, row: number, offsets: Float64Array, rule: Deciding): number {
  const own = row * products.columns;
  let most = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < offsets.length; c++) {
    most = Math.max(most, products.values[own + c] - offsets[c]);
  }
  let chosen = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < offsets.length; c++) {
    if (products.values[own + c] - offsets[c] < most - rule.unsure) continue;
    const found = rule.distance(c);
    if (found < least) [chosen, least] = [c, found];
  }
  return chosen;
}

/** Rows whose products with all centres are held at once: fewer where that were too many products. */
const [fewestAtOnce, rowsAtOnce] = [64, 1024];
const productsAtOnce = 2 ** 22;

/**
 * With a_c = mu_c - m, m the mean of the centres, ‖f - mu_c‖² differs from
 * -2 (f · a_c - ½‖a_c‖² - a_c · m) by what all classes share: smaller numbers, less rounding.
 */
function shiftToMean(centres: Float64Array, columns: number) {
  const classes = centres.length / columns;
  const mean = new Float64Array(columns);
  for (let c = 0; c < classes; c++) {
    for (let p = 0; p < columns; p++) mean[p] += centres[c * columns + p] / classes;
  }
  const moved = new Float64Array(centres.length);
  const offsets = new Float64Array(classes);
  let [longest, greatest] = [0, 0];
  for (let c = 0; c < classes; c++) {
    let [square, along] = [0, 0];
    for (let p = 0; p < columns; p++) {
      const value = centres[c * columns + p] - mean[p];
      moved[c * columns + p] = value;
      square += value * value;
      along += value * mean[p];
    }
    offsets[c] = square / 2 + along;
    longest = Math.max(longest, square);
    greatest = Math.max(greatest, Math.abs(offsets[c]));
  }
  // Twice the error of one nearness: two are compared. One rounding of the centre to float32, one of an
  // offset; that of the difference is a part of the greatest one and of what it is ahead by.
  const ofProducts = 2 * Math.sqrt(longest) * dotError(columns, 1);
  return { moved, offsets, error: { ofProducts, ofOffsets: 2 ** -23 * greatest } };
}

function squaredLength({ columns, values }: Matrix, row: number): number {
  let square = 0;
  for (let p = row * columns; p < (row + 1) * columns; p++) square += values[p] * values[p];
  return square;
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
