/**
 * Whether a search is worth bounding by leading axes, and by how many: what would be left is counted on
 * a sample of the rows and of the queries, and what that would cost reckoned.
 */
import { type AxisBound, axisBound, evenly } from "./axis-bound.ts";
import { leadingAxes, secondMoments } from "./leading-axes.ts";
import type { Matrix, Product } from "./matrix.ts";
import { nthGreatest } from "./nearest-so-far.ts";

export interface Sampled {
  /** Unit rows by which axes are found. */
  readonly many: Matrix;
  /** Unit rows of the bank and of the queries between which pairs are counted. */
  readonly bank: Matrix;
  readonly queries: Matrix;
  /** Rows of the whole bank, of which `count` are sought, and all queries. */
  readonly rows: number;
  readonly asking: number;
  readonly count: number;
  readonly product: Product;
}

/**
 * What is done, in columns of a product for a pair: to look a number through, to list a place, to draw
 * its bound closer by so many floats. Measured on a core with AVX2, where a column takes 0.021 ns.
 */
const looking = 11;
const drawing = (floats: number) => 60 + 7 * floats;
const listing = 108;
const finding = (axes: number, columns: number) => 80 * axes ** 2 * columns + 90 * axes ** 3;

/** Rows whose similarities to all queries give the first floors. */
export const floorRows = 2048;

/** By how much bounding has to be cheaper, and what finding axes may cost in vain. */
const worthwhile = 0.8;
const inVain = 0.05;

/** Whether so many pairs are enough for finding axes to be a small part of the work. */
export function isEnough(pairs: number, columns: number): boolean {
  const { most } = widthsFor(columns);
  return finding(most, columns) <= inVain * pairs * columns;
}

/** Most columns to be multiplied, what further stages take, and all axes of those. */
function widthsFor(columns: number) {
  const part = (share: number) => evenly * Math.max(1, Math.floor((share * columns) / evenly));
  const [lead, stages] = [part(3 / 8), [part(1 / 8), part(1 / 8)]];
  return { lead, stages, most: lead - 1 + stages.reduce((sum, width) => sum + width - 2, 0) };
}

/** Undefined where multiplying everything is not dearer. */
export async function chooseBound(sampled: Sampled): Promise<AxisBound | undefined> {
  const { many, product } = sampled;
  const { columns } = many;
  const widths = widthsFor(columns);
  const pairs = await pairsOf(sampled);
  const moments = await secondMoments(many, product);
  if (isHopeless(pairs, lengthLeftAtLeast(moments, widths.lead))) return undefined;
  const found = await leadingAxes(many, { count: widths.most, product, moments });
  const shares = await sharesLeft(sampled, pairs.floors, found.axes);
  const before = costBefore(sampled, widths.most);
  let best: { readonly ends: readonly number[]; readonly cost: number } | undefined;
  for (let lead = widths.lead; lead > 0; lead -= 2 * evenly) {
    const ends = [lead - 1];
    for (const width of widths.stages) ends.push(ends[ends.length - 1] + width - 2);
    const taken = [...widths.stages, columns];
    const stages = taken.reduce((sum, width, s) => sum + shares(ends[s]) * drawing(width), 0);
    const cost = before + lead + looking + shares(lead - 1) * listing + stages;
    if (cost < (best?.cost ?? worthwhile * (columns + looking))) best = { ends, cost };
  }
  return best && axisBound(found, best.ends);
}

/** Of a pair's share in finding axes, in turning rows and laying them apart, and in the first floors. */
function costBefore({ many: { columns }, rows, asking }: Sampled, axes: number): number {
  const turning = 2 * axes * columns * (1 / rows + 1 / asking);
  return finding(axes, columns) / (rows * asking) + turning + (floorRows / rows) * columns;
}

interface Pairs {
  /** Inner products of the sample, `[queries, rows]`. */
  readonly inner: Matrix;
  readonly floors: Float64Array;
}

/**
 * The floors that queries have on the average while rows pass: lower than the count-th greatest of all,
 * so that some two and a half times as many rows reach them.
 */
async function pairsOf({ bank, rows, queries, count, product }: Sampled): Promise<Pairs> {
  const inner = await product(queries, bank);
  const level = 1 + Math.round((2.5 * count * bank.rows) / rows);
  const floors = Float64Array.from({ length: queries.rows }, (_, q) =>
    nthGreatest(inner.values.slice(q * bank.rows, (q + 1) * bank.rows), level),
  );
  return { inner, floors };
}

/**
 * What is left of a unit row's squared length, on the average, along any m axes at least: the m greatest
 * eigenvalues of the moments M sum to √m ‖M‖ at most (Frobenius, Cauchy–Schwarz), all of them to tr M.
 */
function lengthLeftAtLeast({ columns, values }: Matrix, m: number): number {
  let [trace, squares] = [0, 0];
  for (const [at, value] of values.entries()) {
    squares += value * value;
    if (at % (columns + 1) === 0) trace += value;
  }
  return trace > 0 ? Math.max(0, 1 - Math.sqrt(m * squares) / trace) : 0;
}

/** Whether half of all pairs would stay, if bounds were above inner products by so much. */
function isHopeless({ inner, floors }: Pairs, above: number): boolean {
  let left = 0;
  for (const [at, value] of inner.values.entries()) {
    if (value + above >= floors[Math.floor(at / inner.columns)]) left++;
  }
  return left > 0.5 * inner.values.length;
}

/** Of the pairs the share whose bound along so many axes reaches the query's floor. */
async function sharesLeft(
  { bank, queries, product }: Sampled,
  floors: Float64Array,
  axes: Matrix,
): Promise<(end: number) => number> {
  const [ours, theirs] = [await product(bank, axes), await product(queries, axes)];
  const lengths = [ours, theirs].map(lengthsLeft);
  const left = new Float64Array(axes.rows + 1);
  for (let q = 0; q < queries.rows; q++) {
    for (let row = 0; row < bank.rows; row++) {
      let bound = 0;
      const [a, b] = [row * axes.rows, q * axes.rows];
      const [x, y] = [a + row, b + q];
      for (let p = 0; p <= axes.rows; p++) {
        if (bound + lengths[0][x + p] * lengths[1][y + p] < floors[q]) break;
        left[p]++;
        if (p < axes.rows) bound += ours.values[a + p] * theirs.values[b + p];
      }
    }
  }
  return (end: number) => left[end] / (queries.rows * bank.rows);
}

/** Of each unit row what is left of its length after 0, 1, … axes. */
function lengthsLeft({ rows, columns, values }: Matrix): Float64Array {
  const lengths = new Float64Array(rows * (columns + 1));
  for (let row = 0; row < rows; row++) {
    let left = 1;
    for (let p = 0; p <= columns; p++) {
      lengths[row * (columns + 1) + p] = Math.sqrt(Math.max(0, left));
      if (p < columns) left -= values[row * columns + p] ** 2;
    }
  }
  return lengths;
}
