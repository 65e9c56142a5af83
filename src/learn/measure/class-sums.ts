/**
 * Sums of rows by class, in float64 and one pass. Blocks of rows take turns on a few lanes, each with sums
 * of its own, which are added in the end: how many lanes there are depends on the sizes alone, so that the
 * bits do not depend on the threads.
 */
import { pitchOf, roomFor } from "./loops.ts";
import { blocks, type Matrix, rowBlock } from "./matrix.ts";
import { lanesAtMost, layRows, rowsAtOnce, type Sharing, threadsFor } from "./passes.ts";

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
export function sumByClass(
  given: Labelled,
  { shifts, threads }: Sharing & { readonly shifts?: Float64Array } = {},
): ClassSums {
  return sumInRanges(given, { ...(shifts && { shifts }), ...(threads && { threads }) });
}

export interface SumsWithLengths {
  readonly sums: Float64Array;
  /** ‖f‖² of each row, NaN for those of no class. */
  readonly lengths: Float64Array;
}

export function sumWithLengths(given: Labelled, sharing: Sharing = {}): SumsWithLengths {
  const lengths = new Float64Array(given.codes.length).fill(Number.NaN);
  return { ...sumInRanges(given, { ...sharing, lengths }), lengths };
}

interface Summing extends Sharing {
  readonly shifts?: Float64Array;
  readonly lengths?: Float64Array;
}

/** Bytes of what is summed at once, and of the lanes' sums together where there are several. */
const tableBytes = 2 ** 26;
const lanesBytes = 2 ** 23;

function sumInRanges(given: Labelled, summing: Summing): ClassSums {
  const { columns } = given.matrix;
  const sums = new Float64Array(given.classes * columns);
  const squares = new Float64Array(given.classes);
  const atOnce = Math.max(1, Math.floor(tableBytes / (6 * pitchOf(columns))));
  for (const range of blocks(given.classes, atOnce))
    sumClasses(given, range, { ...summing, sums, squares });
  return { sums, squares };
}

/**
 * The classes from `low` to below `high`. What a class has lies `wide` bytes from the next one's: its sums,
 * and behind them its square.
 */
function sumClasses(
  given: Labelled,
  [low, high]: readonly [number, number],
  { shifts, lengths, threads = 1, sums, squares }: Summing & ClassSums,
): void {
  const { matrix } = given;
  const { columns } = matrix;
  const pitch = pitchOf(columns);
  const wide = 2 * pitch + 64;
  const table = (high - low) * wide;
  const lanes = Math.min(lanesAtMost, Math.max(1, Math.floor(lanesBytes / table)));
  const tables = (lanes + 1) * table;
  const atOnce = Math.min(matrix.rows, rowsAtOnce(pitch));
  const listBytes = 64 * Math.ceil(atOnce / 8);
  const slotBytes = listBytes + atOnce * pitch;
  const room = roomFor(tables + 2 * lanes * slotBytes, threadsFor(matrix, threads));
  const doubles = new Float64Array(room.bytes.buffer).fill(0, 0, tables / 8);
  const placeOf = (lane: number, c: number) => (lane * table + (c - low) * wide) / 8;
  for (let c = low; shifts && c < high; c++) {
    doubles.set(shifts.subarray(c * columns, (c + 1) * columns), placeOf(lanes, c));
  }
  const list = listing(given.codes, [low, high], { integers: room.integers, pitch, wide });
  const kind = shifts ? "deviations" : lengths ? "lengths" : "sums";
  let finish = () => {};
  for (const [turn, [top, bottom]] of [...blocks(matrix.rows, lanes * atOnce)].entries()) {
    const laid = [...blocks(bottom - top, atOnce)].map(([first, end], lane) => {
      const [from, to] = [top + first, top + end];
      const listed = tables + ((turn % 2) * lanes + lane) * slotBytes;
      const start = listed + listBytes;
      const rows = list([from, to], { list: listed, start });
      if (rows > 0) layRows(rowBlock(matrix, from, to), room.floats.subarray(start / 4));
      const at = lane * table;
      const own = { sums: at, squares: at + 2 * pitch, shifts: lanes * table };
      return { from, to, start, piece: { list: listed, rows, pitch, ...own } };
    });
    finish();
    const wait = room.begin(
      kind,
      laid.map(({ piece }) => piece),
    );
    finish = () => {
      wait();
      for (const { from, to, start } of lengths ? laid : []) {
        for (let row = from; row < to; row++) {
          const c = given.codes[row];
          if (!lengths || c < low || c >= high) continue;
          const at = (start + (row - from) * pitch) / 8;
          lengths[row] = doubles[at] + doubles[at + 1];
        }
      }
    };
  }
  finish();
  for (let c = low; c < high; c++) {
    for (let lane = 0; lane < lanes; lane++) {
      const sum = placeOf(lane, c);
      for (let p = 0; p < columns; p++) sums[c * columns + p] += doubles[sum + p];
      const square = sum + pitch / 4;
      squares[c] += doubles[square] + doubles[square + 1];
    }
  }
}

interface Laid {
  readonly integers: Int32Array;
  readonly pitch: number;
  readonly wide: number;
}

/**
 * Lists rows with their classes, class by class, so that what a class is summed to stays near; says how
 * many rows of the stretch those are. The list and the rows lie at these bytes.
 */
function listing(
  codes: Int32Array,
  [low, high]: readonly [number, number],
  { integers, pitch, wide }: Laid,
) {
  const next = new Int32Array(high - low + 1);
  return (
    [from, to]: readonly [number, number],
    at: { readonly list: number; readonly start: number },
  ): number => {
    next.fill(0);
    for (let row = from; row < to; row++) {
      const c = codes[row];
      if (c >= low && c < high) next[c - low + 1]++;
    }
    for (let c = 0; c < high - low; c++) next[c + 1] += next[c];
    const rows = next[high - low];
    for (let row = from; rows > 0 && row < to; row++) {
      const c = codes[row];
      if (c < low || c >= high) continue;
      const entry = at.list / 4 + 2 * next[c - low]++;
      integers[entry] = at.start + (row - from) * pitch;
      integers[entry + 1] = (c - low) * wide;
    }
    return rows;
  };
}
