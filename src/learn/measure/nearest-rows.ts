/**
 * The most similar rows of a large matrix to each of many queries, by cosine. The matrix passes in
 * chunks of unit rows, each chunk meets all queries in blocks, and of each block of similarities
 * only what may still be among the `count` greatest of its query is kept. So neither a copy of the
 * matrix nor the table of all similarities is ever there: beside the two matrices it takes some
 * 160 MB, whatever their rows.
 *
 * Where the rows are longest along few axes, most pairs are left out by a bound of their similarity
 * (`AxisBound`), which takes a third of the arithmetic: what cannot reach the query's floor is never
 * multiplied whole. Floors come from a sample of the rows, and rise as rows pass. The answer is the
 * same.
 *
 * Similarities are float32. With operands rounded to unit length they are off by at most
 * `error` = `dotError(columns, 2)`, so a row within 2 · error of the count-th greatest may belong to
 * the count greatest in truth: those candidates are all handed over, and the asker decides.
 */
import type { AxisBound } from "./axis-bound.ts";
import { chooseBound, floorRows, isEnough } from "./axis-choice.ts";
import { dotError } from "./bank.ts";
import { blocks, type Matrix, type Product, pickRows, rowRange } from "./matrix.ts";
import { floorsOf, noneSoFar, placesFor } from "./nearest-so-far.ts";
import { passRows, unitLength } from "./similarity-pass.ts";

export interface Search {
  readonly bank: Matrix;
  /** The rows of the bank that take part, ascending. */
  readonly rows: Uint32Array;
  readonly queries: Matrix;
  readonly count: number;
  readonly product: Product;
  /** Most rows of the bank in a product, and most queries. */
  readonly chunk?: number;
  readonly block?: number;
  /** Whether most pairs are left out by a bound; where it is not said, if that would pay. */
  readonly bound?: AxisBound | "none";
}

/** Candidates of one query, by ascending row. Views that change with the next query. */
export interface Candidates {
  readonly query: number;
  readonly rows: Uint32Array;
  readonly similarities: Float32Array;
}

export function cosineError(columns: number): number {
  return dotError(columns, 2);
}

export async function nearestRows(search: Search, visit: (found: Candidates) => void) {
  const { bank, rows, queries, count } = search;
  const { columns } = bank;
  const asked = search.bound ?? (await boundThatPays(search));
  const bound = asked === "none" ? undefined : asked;
  const places = placesFor(count);
  const bytes = 8 * places + 4 * columns + (bound ? bytesOf(bound) : 0);
  const block = search.block ?? queriesAtOnce;
  const atOnce = evenPart(queries.rows, Math.max(block, Math.floor(stateBytes / bytes)));
  const unit = new Float32Array(atOnce * columns);
  for (const [first, last] of blocks(queries.rows, atOnce)) {
    const state = noneSoFar(last - first, { count, slack: 2 * cosineError(columns) });
    const wanted = unitLength(queries, rowRange(first, last), unit);
    const guesses = bound && (await guessFloors(search, wanted));
    if (guesses) state.floors.set(guesses);
    await passRows({ ...passingOf(search, wanted), rows, bound }, state);
    const guessedTooHigh: number[] = [];
    const proven = guesses && floorsOf(state);
    for (let q = 0; q < last - first; q++) {
      if (guesses && proven && !(proven[q] >= guesses[q])) {
        guessedTooHigh.push(first + q);
        continue;
      }
      const [from, to] = [q * places, q * places + state.sizes[q]];
      visit({
        query: first + q,
        rows: state.rows.subarray(from, to),
        similarities: state.similarities.subarray(from, to),
      });
    }
    if (guessedTooHigh.length === 0) continue;
    const again = { ...search, queries: pickRows(queries, guessedTooHigh), bound: "none" } as const;
    await nearestRows(again, (found) => visit({ ...found, query: guessedTooHigh[found.query] }));
  }
}

function bytesOf({ lead, stages }: AxisBound): number {
  return 4 * stages.reduce((sum, { width }) => sum + width, lead);
}

/**
 * Floors that most queries' `count` greatest exceed. Of a sample of n of N rows some e = count · n / N
 * are among the count greatest, hardly ever as many as e + 2 √e + 1 (their number is nearly Poisson's):
 * so hardly ever does the similarity that comes there exceed the count-th greatest of all.
 */
async function guessFloors(search: Search, wanted: Matrix): Promise<Float64Array> {
  const rows = evenlySpaced(search.rows, floorRows);
  const expected = (search.count * rows.length) / search.rows.length;
  const count = Math.ceil(expected + 2 * Math.sqrt(expected) + 1);
  const state = noneSoFar(wanted.rows, { count, slack: 2 * cosineError(wanted.columns) });
  await passRows({ ...passingOf(search, wanted), rows }, state);
  return floorsOf(state);
}

/**
 * Bytes of queries and their candidates at once; values in a chunk of rows; queries in a block. Few
 * rows meet many queries, so that what is computed is still in the cache when it is looked through.
 */
const stateBytes = 2 ** 27;
const chunkValues = 2 ** 19;
const [fewest, most] = [256, 4096];
const queriesAtOnce = 1024;

/** Rows by which axes are found, for a column and at most; rows and queries by which they are chosen. */
const sampled = { axesPerColumn: 8, axes: 8192, pairs: 1024, queries: 32 };

function clip(value: number, least: number, greatest: number): number {
  return Math.min(greatest, Math.max(least, value));
}

/** The least of the sizes that give as few parts as the greatest size does. */
function evenPart(whole: number, most: number): number {
  return Math.ceil(whole / Math.max(1, Math.ceil(whole / most)));
}

function passingOf({ bank, product, chunk, block }: Search, wanted: Matrix) {
  const rows = chunk ?? clip(Math.floor(chunkValues / bank.columns), fewest, most);
  return {
    bank,
    product,
    wanted,
    size: { rows, queries: evenPart(wanted.rows, block ?? queriesAtOnce) },
  };
}

/** So many of the rows, or all of them; `into` is where in its stretch each of them lies. */
function evenlySpaced(rows: Uint32Array, most: number, into = 0): Uint32Array {
  if (rows.length <= most) return rows;
  const step = rows.length / most;
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i + into) * step)]);
}

async function boundThatPays(search: Search): Promise<AxisBound | "none"> {
  const { bank, rows, queries, count, product } = search;
  if (product.isOnDevice || !isEnough(rows.length * queries.rows, bank.columns)) return "none";
  const unit = (matrix: Matrix, which: Uint32Array) =>
    unitLength(matrix, which, new Float32Array(which.length * matrix.columns));
  const axesBy = Math.min(sampled.axes, sampled.axesPerColumn * bank.columns);
  const found = await chooseBound({
    many: unit(bank, evenlySpaced(rows, axesBy)),
    // Others than those that the axes were found by: along these every bound would be closer.
    bank: unit(bank, evenlySpaced(rows, sampled.pairs, 0.5)),
    queries: unit(queries, evenlySpaced(rowRange(0, queries.rows), sampled.queries)),
    rows: rows.length,
    asking: queries.rows,
    count,
    product,
  });
  return found ?? "none";
}
