/** Matrices of features (rows = samples) and the products between them. */
import { Problem } from "../../base/index.ts";

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/**
 * left · rightᵀ: `[n, d]` and `[m, d]` give `[n, m]`, in float32 at least, whatever the order of
 * summing. Injected, so that an executor can do it; any plain function will do.
 */
export interface Product {
  (left: Matrix, right: Matrix): Promise<Matrix>;
  /** Opens a bank where the products are computed; without it, `openBank` goes through the function. */
  readonly bank?: (size: BankSize) => Promise<Bank>;
  /** Computed on a device beside this processor, which then has nothing to save by multiplying less. */
  readonly isOnDevice?: boolean;
  /** Threads that products take, and that what is around them may take in between. */
  readonly threads?: number;
}

export interface BankSize {
  /** The most rows m that are held at once, and their width d. */
  readonly rows: number;
  readonly columns: number;
  /** The most rows of a left operand. */
  readonly queries: number;
}

/**
 * Right operands that stay in place while many left ones pass. An answer may be written over by the
 * next one of the same function.
 */
export interface Bank extends AsyncDisposable {
  /** Puts `right` `[≤ rows, columns]` in the place of what was held. Copied. */
  hold(right: Matrix): Promise<void>;
  /**
   * left · heldᵀ for a left `[n ≤ queries, columns]`. The answer is `[n, ≥ held.rows]`: its own
   * `columns` is the stride, and what lies beyond the held rows means nothing. It may be written to
   * `into`, if that has room for all `queries` and `rows` of the bank.
   */
  times(left: Matrix, into?: Float32Array): Promise<Matrix>;
  /** left · held for a left `[n ≤ queries, held.rows]`: sums of held rows, `[n, columns]`. */
  sums(left: Matrix): Promise<Matrix>;
}

export function matrix(rows: number, columns: number, values?: ArrayLike<number>): Matrix {
  return {
    rows,
    columns,
    values: values ? Float32Array.from(values) : new Float32Array(rows * columns),
  };
}

/** Rows `from` … `to` - 1, sharing memory. */
export function rowBlock({ columns, values }: Matrix, from: number, to: number): Matrix {
  return { rows: to - from, columns, values: values.subarray(from * columns, to * columns) };
}

/** The numbers `from` … `to` - 1. */
export function rowRange(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}

/** A copy of the rows named, in that order. */
export function pickRows({ columns, values }: Matrix, rows: ArrayLike<number>): Matrix {
  const picked = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    picked.set(values.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns);
  }
  return { rows: rows.length, columns, values: picked };
}

export function transpose({ rows, columns, values }: Matrix): Matrix {
  const turned = new Float32Array(values.length);
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(rows, top + tile);
    for (let j = 0; j < columns; j++) {
      for (let i = top; i < bottom; i++) turned[j * rows + i] = values[i * columns + j];
    }
  }
  return { rows: columns, columns: rows, values: turned };
}

/** The stretches `[from, to)` that cover `rows`: few distinct sizes, bounded memory. */
export function* blocks(rows: number, size = 4096): Generator<readonly [number, number]> {
  for (let from = 0; from < rows; from += size) yield [from, Math.min(rows, from + size)];
}

/** Refuses what no measure can be taken of; `name` tells the reader which matrix it was. */
export function checkMatrix({ rows, columns, values }: Matrix, name: string): void {
  if (rows === 0 || columns === 0) {
    throw new Problem("measure/empty-matrix", { name, rows, columns });
  }
  if (values.length !== rows * columns) {
    throw new Problem("measure/values-do-not-fit", { name, rows, columns, values: values.length });
  }
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    const row = Math.floor(at / columns);
    throw new Problem("measure/not-finite", { name, row, column: at % columns });
  }
}

const tile = 32;
