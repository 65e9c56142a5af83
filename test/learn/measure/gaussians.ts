/** Made-up features for the tests of the measures: Gaussian classes from a seed. */
import { fork, keyFromSeed, normal } from "../../../src/base/index.ts";
import type { Matrix } from "../../../src/learn/measure/index.ts";

export interface Gaussians {
  readonly matrix: Matrix;
  readonly codes: Int32Array;
  readonly classes: number;
}

/** `perClass` rows of each class; row r belongs to class r % classes. */
export function gaussians(options: {
  readonly seed: number;
  readonly classes: number;
  readonly perClass: number;
  readonly columns: number;
  /** Deviation of the centres' coordinates; they depend on `centres`, not on `seed`. */
  readonly apart?: number;
  readonly centres?: number;
  readonly deviation?: number;
  readonly offset?: number;
}): Gaussians {
  const { seed, classes, perClass, columns } = options;
  const { apart = 1, centres = 99, deviation = 1, offset = 0 } = options;
  const rows = classes * perClass;
  const noise = normal(fork(keyFromSeed(seed), "noise"), rows * columns);
  const mu = normal(fork(keyFromSeed(centres), "centres"), classes * columns);
  const codes = Int32Array.from({ length: rows }, (_, r) => r % classes);
  const values = Float32Array.from(noise, (value, at) => {
    const c = codes[Math.floor(at / columns)];
    return offset + apart * mu[c * columns + (at % columns)] + deviation * value;
  });
  return { matrix: { rows, columns, values }, codes, classes };
}

export function rowsOf({ rows, columns, values }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from(values.subarray(r * columns, (r + 1) * columns)),
  );
}

export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0].length, values: Float32Array.from(rows.flat()) };
}
