/** `Ay · X · Axᵀ` for a picture X with interleaved colours and banded Ay, Ax. */
import type { Banded } from "./banded.ts";

/** Where the picture (or a box of it) lies: its first value, and values from row to row. */
export type Placed = {
  readonly values: Uint8Array | Float32Array;
  readonly start: number;
  readonly stride: number;
};

/** Grows to the largest picture seen; nobody else sees it, and nothing is left in it between calls. */
let between = new Float32Array(0);

/** Writes [ay.rows, ax.rows, 3] into `out`. Sums are float64, the stage between is float32. */
export function sandwich(picture: Placed, ay: Banded, ax: Banded, out: Float32Array): void {
  const firstRow = Math.min(ay.first[0], ay.first[ay.rows - 1]);
  const lastRow = Math.max(ay.first[0], ay.first[ay.rows - 1]) + ay.taps;
  const length = 3 * ax.rows;
  if (between.length < (lastRow - firstRow) * length) {
    between = new Float32Array((lastRow - firstRow) * length);
  }
  for (let row = firstRow; row < lastRow; row++) {
    const start = picture.start + row * picture.stride;
    across(picture.values, start, ax, between, (row - firstRow) * length);
  }
  for (let y = 0; y < ay.rows; y++) down(between, firstRow, ay, y, out, length);
}

/** One row of X · Axᵀ. */
function across(
  values: Placed["values"],
  start: number,
  { rows, taps, first, weights }: Banded,
  out: Float32Array,
  at: number,
): void {
  if (taps === 1) {
    for (let x = 0; x < rows; x++) {
      const from = start + 3 * first[x];
      out[at + 3 * x] = values[from];
      out[at + 3 * x + 1] = values[from + 1];
      out[at + 3 * x + 2] = values[from + 2];
    }
    return;
  }
  for (let x = 0; x < rows; x++) {
    let from = start + 3 * first[x];
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = x * taps; k < (x + 1) * taps; k++) {
      const weight = weights[k];
      red += weight * values[from];
      green += weight * values[from + 1];
      blue += weight * values[from + 2];
      from += 3;
    }
    out[at + 3 * x] = red;
    out[at + 3 * x + 1] = green;
    out[at + 3 * x + 2] = blue;
  }
}

/** Row `y` of Ay · (rows of `values`), each `length` long; four columns at a time share a weight. */
function down(
  values: Float32Array,
  firstRow: number,
  { taps, first, weights }: Banded,
  y: number,
  out: Float32Array,
  length: number,
): void {
  const to = y * length;
  const from = (first[y] - firstRow) * length;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = 0, at = from + i; k < taps; k++, at += length) {
      const weight = weights[y * taps + k];
      a += weight * values[at];
      b += weight * values[at + 1];
      c += weight * values[at + 2];
      d += weight * values[at + 3];
    }
    out[to + i] = a;
    out[to + i + 1] = b;
    out[to + i + 2] = c;
    out[to + i + 3] = d;
  }
  for (; i < length; i++) {
    let sum = 0;
    for (let k = 0; k < taps; k++) sum += weights[y * taps + k] * values[from + k * length + i];
    out[to + i] = sum;
  }
}
