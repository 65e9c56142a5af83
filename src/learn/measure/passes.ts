/**
 * Passes over the rows of a matrix, in their order and in float64. Rows are laid before the loops block by
 * block, each while other threads are at work on the one before. How work is cut into pieces depends on
 * the sizes alone, so that the bits do not depend on the threads.
 */
import { pitchOf, roomFor } from "./loops.ts";
import { blocks, type Matrix, rowBlock } from "./matrix.ts";

export interface Sharing {
  /** Threads that share the work, this one among them. */
  readonly threads?: number | undefined;
}

/** Bytes of rows that are laid out at once. */
const blockBytes = 2 ** 20;
/** Blocks, or parts of one, that threads may be at work on at once. */
export const lanesAtMost = 4;
/** Numbers of a matrix that are worth waking other threads, and perhaps starting them. */
const worthHelp = 2 ** 22;

export function threadsFor({ rows, columns }: Matrix, threads = 1): number {
  return rows * columns >= worthHelp ? threads : 1;
}

export function rowsAtOnce(pitch: number): number {
  return Math.max(1, Math.floor(blockBytes / pitch));
}

/** ‖f‖² of each row. */
export function squaredLengths(matrix: Matrix, { threads }: Sharing = {}): Float64Array {
  const pitch = pitchOf(matrix.columns);
  const atOnce = Math.min(matrix.rows, rowsAtOnce(pitch));
  const halvesBytes = 16 * atOnce;
  const slotBytes = halvesBytes + atOnce * pitch;
  const room = roomFor(2 * slotBytes, threadsFor(matrix, threads));
  const squares = new Float64Array(matrix.rows);
  let finish = () => {};
  for (const [from, to] of blocks(matrix.rows, atOnce)) {
    const out = ((from / atOnce) % 2) * slotBytes;
    const start = out + halvesBytes;
    layRows(rowBlock(matrix, from, to), room.floats.subarray(start / 4));
    finish();
    const parts = [...blocks(to - from, Math.ceil((to - from) / lanesAtMost))];
    const wait = room.begin(
      "squares",
      parts.map(([first, end]) => {
        return { from: start + first * pitch, rows: end - first, pitch, out: out + 16 * first };
      }),
    );
    finish = () => {
      wait();
      const halves = new Float64Array(room.bytes.buffer, out, 2 * (to - from));
      for (let i = from; i < to; i++) {
        squares[i] = halves[2 * (i - from)] + halves[2 * (i - from) + 1];
      }
    };
  }
  finish();
  return squares;
}

/** A pitch apart, zeros filling them up. */
export function layRows({ rows, columns, values }: Matrix, to: Float32Array): void {
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
