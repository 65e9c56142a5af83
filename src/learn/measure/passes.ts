/** Passes over the rows of a matrix, in their order and in float64: sums by class, squared lengths. */
import { openLoops, pitchOf } from "./loops.ts";
import { blocks, type Matrix, rowBlock } from "./matrix.ts";

export interface Labelled {
  readonly matrix: Matrix;
  /** Of each row; below 0 it takes no part. */
  readonly codes: Int32Array;
  readonly classes: number;
}

export interface ClassSums {
  /** Σ f, or Σ (f - shift), `[classes, columns]`. */
  readonly sums: Float64Array;
  /** Σ ‖f - shift‖², `[classes]`; zeros without shifts. */
  readonly squares: Float64Array;
}

/** Of each class, about its shift if there are any, `[classes, columns]`. */
export function sumByClass(given: Labelled, shifts?: Float64Array): ClassSums {
  const { columns } = given.matrix;
  const sums = new Float64Array(given.classes * columns);
  const squares = new Float64Array(given.classes);
  const atOnce = Math.max(1, Math.floor(tableBytes / (6 * pitchOf(columns))));
  for (const range of blocks(given.classes, atOnce))
    sumClasses(given, range, { shifts, sums, squares });
  return { sums, squares };
}

/** ‖f‖² of each row. */
export function squaredLengths(matrix: Matrix): Float64Array {
  const pitch = pitchOf(matrix.columns);
  const atOnce = Math.min(matrix.rows, rowsAtOnce(pitch));
  const start = 16 * atOnce;
  const { floats, bytes, run } = room(start + atOnce * pitch);
  const halves = new Float64Array(bytes.buffer, 0, 2 * atOnce);
  const squares = new Float64Array(matrix.rows);
  for (const [from, to] of blocks(matrix.rows, atOnce)) {
    layRows(rowBlock(matrix, from, to), floats.subarray(start / 4));
    run("squares", { from: start, rows: to - from, pitch, out: 0 });
    for (let i = from; i < to; i++) {
      squares[i] = halves[2 * (i - from)] + halves[2 * (i - from) + 1];
    }
  }
  return squares;
}

/** One for all: a pass never waits in the middle. */
const room = openLoops();

/** Bytes of rows that are laid out at once, and of what is summed at once. */
const blockBytes = 2 ** 21;
const tableBytes = 2 ** 26;

function rowsAtOnce(pitch: number): number {
  return Math.max(1, Math.floor(blockBytes / pitch));
}

interface Totals extends ClassSums {
  readonly shifts: Float64Array | undefined;
}

/** The classes from `low` to below `high`. Sums, shifts and squares lie a class's width apart. */
function sumClasses(
  { matrix, codes }: Labelled,
  [low, high]: readonly [number, number],
  { shifts, sums, squares }: Totals,
): void {
  const { columns } = matrix;
  const pitch = pitchOf(columns);
  const wide = 2 * pitch;
  const atOnce = Math.min(matrix.rows, rowsAtOnce(pitch));
  const table = (high - low) * wide;
  const at = { sums: 0, shifts: table, squares: 2 * table, list: 3 * table };
  const start = at.list + 8 * atOnce + 8;
  const { floats, bytes, integers, run } = room(start + atOnce * pitch);
  const doubles = new Float64Array(bytes.buffer, 0, at.list / 8).fill(0);
  const place = (of: number, c: number) => (of + (c - low) * wide) / 8;
  for (let c = low; shifts && c < high; c++) {
    doubles.set(shifts.subarray(c * columns, (c + 1) * columns), place(at.shifts, c));
  }
  for (const [from, to] of blocks(matrix.rows, atOnce)) {
    const own = codes.subarray(from, to);
    const listed = listRows(own, [low, high], (row, c, i) => {
      integers[at.list / 4 + 2 * i] = start + row * pitch;
      integers[at.list / 4 + 2 * i + 1] = (c - low) * wide;
    });
    if (listed === 0) continue;
    layRows(rowBlock(matrix, from, to), floats.subarray(start / 4));
    run(shifts ? "deviations" : "sums", { ...at, rows: listed, pitch });
  }
  for (let c = low; c < high; c++) {
    const sum = place(at.sums, c);
    sums.set(doubles.subarray(sum, sum + columns), c * columns);
    squares[c] = doubles[place(at.squares, c)] + doubles[place(at.squares, c) + 1];
  }
}

/** Class by class, so that what a class is summed to stays near; returns how many rows those are. */
function listRows(
  codes: Int32Array,
  [low, high]: readonly [number, number],
  visit: (row: number, code: number, place: number) => void,
): number {
  const next = new Int32Array(high - low + 1);
  for (const c of codes) if (c >= low && c < high) next[c - low + 1]++;
  for (let c = 0; c < high - low; c++) next[c + 1] += next[c];
  const listed = next[high - low];
  for (let row = 0; row < codes.length; row++) {
    const c = codes[row];
    if (c >= low && c < high) visit(row, c, next[c - low]++);
  }
  return listed;
}

function layRows({ rows, columns, values }: Matrix, to: Float32Array): void {
  const width = pitchOf(columns) / 4;
  if (width === columns) {
    to.set(values);
    return;
  }
  for (let r = 0; r < rows; r++) {
    to.set(values.subarray(r * columns, (r + 1) * columns), r * width);
    to.fill(0, r * width + columns, (r + 1) * width);
  }
}
