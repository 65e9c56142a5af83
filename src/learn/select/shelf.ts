/** The shelf that labels are chosen from: features in one frame, what is labelled, and chance by item. */
import { fork, type Key, Problem, threefry } from "../../base/index.ts";
import { checkMatrix, classStatistics, type Matrix, type Product } from "../measure/index.ts";

export interface Shelf {
  /** Features, a row an item. */
  readonly matrix: Matrix;
  /** Names of the items. With them chance goes by name, and the order of the rows does not matter. */
  readonly ids?: readonly string[] | undefined;
  /** Rows that have a label already; none of them is chosen again. */
  readonly labelled?: ArrayLike<number> | undefined;
}

export interface SelectOptions {
  /** How many items are to be labelled. */
  readonly count: number;
  readonly key: Key;
  readonly product?: Product;
  readonly limits?: Limits;
}

/** Up to `all` items nothing is left out; beyond, how many take part in each way. */
export interface Limits {
  readonly all: number;
  readonly references: number;
  readonly candidates: number;
  readonly judged: number;
}

export const selectLimits: Limits = {
  all: 20_000,
  references: 16_384,
  candidates: 8192,
  judged: 20_000,
};

/**
 * Features less their mean, over one scalar: the mean squared distance from the mean is 1, and of two
 * items from each other 2. Single dimensions are not rescaled.
 */
export interface Frame {
  readonly rows: number;
  readonly columns: number;
  /** The rows named, in the frame, copied. */
  take(rows: ArrayLike<number>): Matrix;
  /** Squared distances of every row to row `at`, in the frame; no rounding to float32 on the way. */
  squaresTo(at: number): Float64Array;
}

export function openShelf({ matrix, labelled = [] }: Shelf, count: number): Frame {
  checkMatrix(matrix, "selection");
  const { rows, columns, values } = matrix;
  const taken = new Set(Array.from(labelled));
  const outside = [...taken].find((row) => !Number.isInteger(row) || row < 0 || row >= rows);
  if (outside !== undefined) throw new Problem("select/row-outside", { row: outside, rows });
  checkCount(count, { rows, labelled: taken.size });
  const { means, variances } = classStatistics(matrix, new Int32Array(rows), 1);
  const scale = variances[0] > 0 ? 1 / Math.sqrt(variances[0]) : 1;
  return {
    rows,
    columns,
    take(wanted) {
      const taking = new Float32Array(wanted.length * columns);
      for (let i = 0; i < wanted.length; i++) {
        const [from, to] = [wanted[i] * columns, i * columns];
        for (let p = 0; p < columns; p++) taking[to + p] = scale * (values[from + p] - means[p]);
      }
      return { rows: wanted.length, columns, values: taking };
    },
    squaresTo(at) {
      const squares = new Float64Array(rows);
      const own = values.subarray(at * columns, (at + 1) * columns);
      for (let i = 0, from = 0; i < rows; i++, from += columns) {
        let square = 0;
        for (let p = 0; p < columns; p++) square += (values[from + p] - own[p]) ** 2;
        squares[i] = scale * scale * square;
      }
      return squares;
    },
  };
}

/** Refuses to choose more than is left. */
export function checkCount(
  count: number,
  { rows, labelled }: { readonly rows: number; readonly labelled: number },
): void {
  const left = rows - labelled;
  if (!Number.isInteger(count) || count < 1 || count > left) {
    throw new Problem("select/count-unusable", { count, left, rows });
  }
}

/** A number uniform on [0, 1) for each row, from its name where it has one: the lowest goes first. */
export function chances({ matrix, ids }: Shelf, key: Key): Float64Array {
  if (ids && ids.length !== matrix.rows) {
    throw new Problem("select/ids-do-not-fit", { ids: ids.length, rows: matrix.rows });
  }
  return Float64Array.from({ length: matrix.rows }, (_, row) => {
    const [a, b] = threefry(fork(key, ids ? ids[row] : row), 0, 0);
    return ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;
  });
}

/** At most `count` of the rows by chance, in ascending order; all of them if there are no more. */
export function drawRows(rows: Uint32Array, count: number, chance: Float64Array): Uint32Array {
  if (rows.length <= count) return rows;
  return rows
    .slice()
    .sort((a, b) => chance[a] - chance[b] || a - b)
    .slice(0, count)
    .sort();
}

export function unlabelledRows({ matrix, labelled = [] }: Shelf): Uint32Array {
  const taken = new Set(Array.from(labelled));
  return allRows(matrix.rows).filter((row) => !taken.has(row));
}

export function allRows(rows: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row);
}

/** ‖x‖² of each row, in float64. */
export function squaredNorms({ rows, columns, values }: Matrix): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let p = 0; p < columns; p++, at++) squares[i] += values[at] * values[at];
  }
  return squares;
}
