/**
 * Made-up features shaped as an encoder's: classes differ in the first 64 of the latent directions,
 * whose deviations fall as 1 / √k; a random turn, then ReLU. `[rows, 512]`.
 */
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import type { Matrix, Product } from "../../src/learn/measure/index.ts";

export interface Labelled {
  readonly matrix: Matrix;
  readonly codes: Int32Array;
}

export const columns = 512;
export const classes = 100;
const telling = 64;
const apart = 0.5;
const rowsAtOnce = 5000;

/** `name` tells the rows apart that are drawn from the same classes. */
export async function features(rows: number, name: string, product: Product): Promise<Labelled> {
  const key = fork(keyFromSeed(7), "features");
  const turn: Matrix = {
    rows: columns,
    columns,
    values: Float32Array.from(normal(fork(key, "turn"), columns * columns)),
  };
  const centres = normal(fork(key, "centres"), classes * columns);
  const codes = Int32Array.from({ length: rows }, (_, row) => row % classes);
  const values = new Float32Array(rows * columns);
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - from);
    const latent = Float32Array.from(normal(fork(key, name, from), count * columns));
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < columns; k++) {
        const centre = k < telling ? apart * centres[codes[from + i] * columns + k] : 0;
        latent[i * columns + k] = (latent[i * columns + k] + centre) / Math.sqrt(1 + k);
      }
    }
    const turned = await product({ rows: count, columns, values: latent }, turn);
    for (let at = 0; at < turned.values.length; at++) {
      values[from * columns + at] = Math.max(0, turned.values[at] + 0.5);
    }
  }
  return { matrix: { rows, columns, values }, codes };
}
