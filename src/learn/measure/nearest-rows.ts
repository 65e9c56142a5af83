/**
 * The most similar rows of a large matrix to each of many queries, by cosine. The matrix passes in
 * chunks of unit rows, each chunk meets all queries in blocks, and of each block of similarities
 * only what may still be among the `count` greatest of its query is kept. So neither a copy of the
 * matrix nor the table of all similarities is ever there: beside the two matrices it takes some
 * 150 MB, whatever their rows.
 *
 * Similarities are float32. With operands rounded to unit length they are off by at most
 * `error` = `dotError(columns, 2)`, so a row within 2 · error of the count-th greatest may belong to
 * the count greatest in truth: those candidates are all handed over, and the asker decides.
 */
import { dotError, openBank } from "./bank.ts";
import { blocks, type Matrix, type Product, rowBlock, rowRange } from "./matrix.ts";
import { squaredLengths } from "./passes.ts";
import { openSieve, type Sieve } from "./sieve.ts";

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
  const { bank, rows, queries, count, product } = search;
  const { columns } = bank;
  const places = 8 * (count + 8);
  const { chunk = clip(Math.floor(chunkValues / columns), fewest, most), block = queriesAtOnce } =
    search;
  const atOnce = Math.min(
    queries.rows,
    Math.max(block, Math.floor(stateBytes / (8 * places + 4 * columns))),
  );
  const size = { rows: Math.min(rows.length, chunk), queries: Math.min(queries.rows, block) };
  const slack = 2 * cosineError(columns);
  const unitRows = new Float32Array(size.rows * columns);
  const unitQueries = new Float32Array(atOnce * columns);
  await using held = await openBank(product, { ...size, columns });
  using sieve = openSieve(size);
  for (const [first, last] of blocks(queries.rows, atOnce)) {
    const state = emptyState(last - first, { count, places, slack });
    const wanted = unitLength(queries, rowRange(first, last), unitQueries);
    for (const [from, to] of blocks(rows.length, size.rows)) {
      const part = rows.subarray(from, to);
      await held.hold(unitLength(bank, part, unitRows));
      for (const [top, bottom] of blocks(last - first, size.queries)) {
        const found = await held.times(rowBlock(wanted, top, bottom), sieve.room);
        sieve.take(found);
        for (let q = top; q < bottom; q++) keep(state, q, { sieve, row: q - top, rows: part });
      }
    }
    for (let q = 0; q < last - first; q++) {
      const [from, to] = [q * places, q * places + state.sizes[q]];
      visit({
        query: first + q,
        rows: state.rows.subarray(from, to),
        similarities: state.similarities.subarray(from, to),
      });
    }
  }
}

/**
 * Bytes of queries and their candidates at once; values in a chunk of rows; queries in a block. Few
 * rows meet many queries, so that what is computed is still in the cache when it is looked through.
 */
const stateBytes = 2 ** 26;
const chunkValues = 2 ** 19;
const [fewest, most] = [256, 4096];
const queriesAtOnce = 1024;

function clip(value: number, least: number, greatest: number): number {
  return Math.min(greatest, Math.max(least, value));
}

interface State {
  readonly count: number;
  readonly places: number;
  readonly slack: number;
  /** For each query `places` candidates, how many there are, and what a further one must exceed. */
  readonly rows: Uint32Array;
  readonly similarities: Float32Array;
  readonly sizes: Int32Array;
  readonly floors: Float64Array;
  readonly scratch: Float32Array;
}

function emptyState(
  queries: number,
  rule: { readonly count: number; readonly places: number; readonly slack: number },
): State {
  return {
    ...rule,
    rows: new Uint32Array(queries * rule.places),
    similarities: new Float32Array(queries * rule.places),
    sizes: new Int32Array(queries),
    floors: new Float64Array(queries).fill(Number.NEGATIVE_INFINITY),
    scratch: new Float32Array(rule.places),
  };
}

interface Stretch {
  readonly sieve: Sieve;
  /** Of the block of similarities in the sieve. */
  readonly row: number;
  readonly rows: Uint32Array;
}

function keep(state: State, query: number, { sieve, row, rows }: Stretch): void {
  const { places, sizes, floors } = state;
  const own = query * places;
  let floor = floors[query];
  let size = sizes[query];
  const { values, start, hits, count } = sieve.above(row, { floor, length: rows.length });
  for (let hit = 0; hit < count; hit++) {
    const end = Math.min(rows.length, hits[hit] + 4);
    for (let j = hits[hit]; j < end; j++) {
      const value = values[start + j];
      if (!(value > floor)) continue;
      state.rows[own + size] = rows[j];
      state.similarities[own + size] = value;
      size++;
      if (size < places) continue;
      sizes[query] = size;
      compact(state, query);
      floor = floors[query];
      size = sizes[query];
    }
  }
  sizes[query] = size;
}

/**
 * Drops what can no longer be among the `count` greatest. Where features have collapsed that may be
 * too little: then float32 decides, and of equals the first rows stay.
 */
function compact(state: State, query: number): void {
  const { count, places, slack, sizes, floors } = state;
  const [from, to] = [query * places, query * places + sizes[query]];
  const edge = greatest(state, { from, to });
  floors[query] = edge - slack;
  sizes[query] = sift(state, { from, to }, edge - slack);
  if (sizes[query] <= 0.75 * places) return;
  floors[query] = edge;
  let level = count;
  for (let at = from; at < from + sizes[query]; at++) if (state.similarities[at] > edge) level--;
  let size = 0;
  for (let at = from; at < from + sizes[query]; at++) {
    const value = state.similarities[at];
    if (value < edge || (value === edge && level-- <= 0)) continue;
    state.similarities[from + size] = value;
    state.rows[from + size++] = state.rows[at];
  }
  sizes[query] = size;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Keeps, in order, what reaches the threshold; returns how many those are. */
function sift({ similarities, rows }: State, { from, to }: Span, threshold: number): number {
  let size = 0;
  for (let at = from; at < to; at++) {
    if (similarities[at] < threshold) continue;
    similarities[from + size] = similarities[at];
    rows[from + size++] = rows[at];
  }
  return size;
}

function greatest({ similarities, scratch, count }: State, { from, to }: Span): number {
  scratch.set(similarities.subarray(from, to));
  return nthGreatest(scratch.subarray(0, to - from), count);
}

/** The n-th greatest of the values, which are put into another order (Hoare 1961, quickselect). */
export function nthGreatest(values: Float32Array, n: number): number {
  let [low, high] = [0, values.length - 1];
  const wanted = n - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] > pivot) i++;
      while (values[j] < pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return values[wanted];
}

/** The rows named, each over its norm (a float64 sum), in the array given. */
function unitLength(matrix: Matrix, rows: Uint32Array, unit: Float32Array): Matrix {
  const { columns, values } = matrix;
  for (let r = 0; r < rows.length; r++) {
    unit.set(values.subarray(rows[r] * columns, (rows[r] + 1) * columns), r * columns);
  }
  const picked = { rows: rows.length, columns, values: unit.subarray(0, rows.length * columns) };
  const squares = squaredLengths(picked);
  for (let r = 0; r < rows.length; r++) {
    const scale = squares[r] > 0 ? 1 / Math.sqrt(squares[r]) : 0;
    for (let p = r * columns; p < (r + 1) * columns; p++) unit[p] *= scale;
  }
  return picked;
}
