/** Made-up shelves: blobs of given sizes, far apart, with what each row belongs to. */
import { fork, keyFromSeed, normal, permutation } from "../../../src/base/index.ts";
import { type Matrix, pickRows } from "../../../src/learn/measure/index.ts";

export interface Blobs {
  readonly matrix: Matrix;
  readonly blob: Int32Array;
  readonly ids: readonly string[];
}

/** Blob b lies around `apart` times the b-th axis; rows of a blob follow each other. */
export function blobs(
  sizes: readonly number[],
  { seed = 1, columns = sizes.length + 2, apart = 8 } = {},
): Blobs {
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const blob = Int32Array.from(sizes.flatMap((size, b) => new Array<number>(size).fill(b)));
  const values = Float32Array.from(
    normal(keyFromSeed(seed), rows * columns),
    (value, at) => value + (at % columns === blob[Math.floor(at / columns)] ? apart : 0),
  );
  const ids = Array.from(blob, (_, row) => `item ${row}`);
  return { matrix: { rows, columns, values }, blob, ids };
}

/** The same items in another order. */
export function shuffled({ matrix, blob, ids }: Blobs, seed: number): Blobs {
  const order = permutation(fork(keyFromSeed(seed), "order"), matrix.rows);
  return {
    matrix: pickRows(matrix, order),
    blob: Int32Array.from(order, (row) => blob[row]),
    ids: Array.from(order, (row) => ids[row]),
  };
}

/** Squared distances between all rows, where the mean squared distance from the mean is 1. */
export function squares({ rows, columns, values }: Matrix): number[][] {
  const mean = Array.from({ length: columns }, (_, p) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += values[i * columns + p];
    return sum / rows;
  });
  let variance = 0;
  values.forEach((value, at) => {
    variance += (value - mean[at % columns]) ** 2 / rows;
  });
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: rows }, (_, j) => {
      let square = 0;
      for (let p = 0; p < columns; p++) {
        square += (values[i * columns + p] - values[j * columns + p]) ** 2;
      }
      return square / variance;
    }),
  );
}
