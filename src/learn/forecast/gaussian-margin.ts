/**
 * The Gaussian margin: what NCC from m labels a class will err, from means and covariances alone (the
 * idea of Sorscher, Ganguli, Sompolinsky, PNAS 2022 [from memory]). For an item of class a the
 * difference ‖x - mu_b‖² - ‖x - mu_a‖² to centres of m items each has mean and variance known, and is
 * taken as normal. With D = mu_a - mu_b,
 *
 *   SNR_ab(m) = ½ (‖D‖² + (tr S_b - tr S_a) / m)
 *     / √(D'S_a D + D'S_b D / m + (tr S_a S_b + tr S_a²) / m + (tr S_a² + tr S_b²) / (2 m²)),
 *
 * a right against all others with probability Π_b Φ(SNR_ab). It errs low where classes have heavy
 * tails or are not compact, and high at m = 1; a second opinion, never the only one.
 *
 * Moments are estimated without bias for normal rows: ‖D‖² and D'SD less what the means' own noise
 * adds, tr S² by Srivastava (2005). Traces come from the Gram matrix, never from a covariance.
 */
import { type Key, permutation } from "../../base/index.ts";
import {
  classMeans,
  labelledRows,
  type Matrix,
  type Product,
  pickRows,
  plainProduct,
} from "../measure/index.ts";
import { normalCdf } from "./normal-cdf.ts";

export interface MarginOptions {
  readonly key: Key;
  /** Most labelled rows that moments are taken of. */
  readonly rows?: number;
  readonly product?: Product;
}

/** Moments of the classes that have at least four labels. */
export interface Moments {
  readonly classes: readonly number[];
  /** tr S and tr S² of each, `[k]`; tr S_a S_b, ‖D‖² and D'S_a D of each pair, `[k, k]`. */
  readonly traces: Float64Array;
  readonly squares: Float64Array;
  readonly products: Float64Array;
  readonly distances: Float64Array;
  readonly along: Float64Array;
}

const fewest = 4;

export async function marginMoments(
  {
    matrix,
    codes,
    classes: all,
  }: {
    readonly matrix: Matrix;
    readonly codes: Int32Array;
    readonly classes: number;
  },
  { key, rows: most = 2000, product = plainProduct }: MarginOptions,
): Promise<Moments> {
  const labelled = labelledRows(codes);
  const taken = permutation(key, labelled.length)
    .slice(0, most)
    .map((at) => labelled[at]);
  const counts = new Int32Array(all);
  for (const row of taken) counts[codes[row]]++;
  const classes = [...counts.keys()].filter((c) => counts[c] >= fewest);
  const k = classes.length;
  const rows = taken.filter((row) => counts[codes[row]] >= fewest);
  const own = Int32Array.from(rows, (row) => classes.indexOf(codes[row]));
  const sample = pickRows(matrix, rows);
  const means = classMeans(sample, own, k);
  const free = Float64Array.from(classes, (c) => counts[c] - 1);
  const deviations = lessMeans(sample, own, means);
  const moments = {
    classes,
    traces: new Float64Array(k),
    squares: new Float64Array(k),
    products: new Float64Array(k * k),
    distances: new Float64Array(k * k),
    along: new Float64Array(k * k),
  };
  const { traces, squares, products, distances, along } = moments;
  const gram = await product(deviations, deviations);
  for (let i = 0; i < rows.length; i++) {
    traces[own[i]] += gram.values[i * gram.columns + i] / free[own[i]];
    for (let j = 0; j < rows.length; j++) {
      const square = gram.values[i * gram.columns + j] ** 2;
      products[own[i] * k + own[j]] += square / (free[own[i]] * free[own[j]]);
    }
  }
  for (let a = 0; a < k; a++) {
    const f = free[a];
    const plain = products[a * k + a];
    squares[a] = Math.max(0, (f ** 2 / ((f - 1) * (f + 2))) * (plain - traces[a] ** 2 / f));
  }
  const centres = { rows: k, columns: matrix.columns, values: Float32Array.from(means) };
  const projected = await product(deviations, centres);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      if (a === b) continue;
      const noise = traces[a] / (free[a] + 1) + traces[b] / (free[b] + 1);
      distances[a * k + b] = Math.max(0, squareBetween(means, matrix.columns, [a, b]) - noise);
    }
  }
  for (let i = 0; i < rows.length; i++) {
    const a = own[i];
    for (let b = 0; b < k; b++) {
      const at = i * projected.columns;
      const value = projected.values[at + a] - projected.values[at + b];
      along[a * k + b] += value ** 2 / free[a];
    }
  }
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      if (a === b) continue;
      const noise = squares[a] / (free[a] + 1) + products[a * k + b] / (free[b] + 1);
      along[a * k + b] = Math.max(0, along[a * k + b] - noise);
    }
  }
  return moments;
}

/** Mean over classes of the expected error of NCC from m labels a class; m = Infinity is allowed. */
export function marginError(moments: Moments, m: number): number {
  const { classes, traces, squares, products, distances, along } = moments;
  const k = classes.length;
  let error = 0;
  for (let a = 0; a < k; a++) {
    let right = 1;
    for (let b = 0; b < k; b++) {
      if (a === b) continue;
      const signal = distances[a * k + b] + (traces[b] - traces[a]) / m;
      const noise =
        along[a * k + b] +
        along[b * k + a] / m +
        (products[a * k + b] + squares[a]) / m +
        (squares[a] + squares[b]) / (2 * m * m);
      right *= noise > 0 ? normalCdf(signal / (2 * Math.sqrt(noise))) : signal > 0 ? 1 : 0;
    }
    error += (1 - right) / k;
  }
  return error;
}

/** The least m whose error is at most that, up to a million; Infinity where none is. */
export function marginShots(moments: Moments, allowed: number): number {
  if (marginError(moments, Number.POSITIVE_INFINITY) > allowed) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, 1];
  while (marginError(moments, high) > allowed) {
    if (high > 1e6) return Number.POSITIVE_INFINITY;
    [low, high] = [high, 2 * high];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (marginError(moments, middle) > allowed) low = middle;
    else high = middle;
  }
  return high;
}

function lessMeans(
  { rows, columns, values }: Matrix,
  own: Int32Array,
  means: Float64Array,
): Matrix {
  return {
    rows,
    columns,
    values: values.map(
      (value, at) => value - means[own[Math.floor(at / columns)] * columns + (at % columns)],
    ),
  };
}

function squareBetween(means: Float64Array, columns: number, [a, b]: [number, number]): number {
  let square = 0;
  for (let p = 0; p < columns; p++)
    square += (means[a * columns + p] - means[b * columns + p]) ** 2;
  return square;
}
