/**
 * Temperature scaling (Guo, Pleiss, Sun, Weinberger, ICML 2017): softmax(scores / T), T of the least
 * cross-entropy. In 1 / T the cross-entropy is convex; its slope, mean of E_p[z] - z_y, is bisected.
 */
import type { Matrix } from "../measure/index.ts";

/** Scores of items whose class is known, and which the head was not fitted on. */
export function fitTemperature(scores: Matrix, codes: Int32Array): number {
  const slope = (inverse: number) => {
    const probabilities = softmax(scores, 1 / inverse);
    let sum = 0;
    for (let i = 0; i < scores.rows; i++) {
      for (let c = 0, at = i * scores.columns; c < scores.columns; c++, at++) {
        const share = probabilities.values[at] - (c === codes[i] ? 1 : 0);
        if (share !== 0) sum += share * scores.values[at];
      }
    }
    return sum;
  };
  let [low, high] = [-12, 12];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (slope(2 ** middle) < 0) low = middle;
    else high = middle;
  }
  return 2 ** (-(low + high) / 2);
}

/** `[n, classes]` probabilities. */
export function softmax({ rows, columns, values }: Matrix, temperature: number): Matrix {
  const shares = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += columns) {
    let most = Number.NEGATIVE_INFINITY;
    for (let at = from; at < from + columns; at++) most = Math.max(most, values[at]);
    let total = 0;
    for (let at = from; at < from + columns; at++) {
      shares[at] = Math.exp((values[at] - most) / temperature);
      total += shares[at];
    }
    for (let at = from; at < from + columns; at++) shares[at] /= total;
  }
  return { rows, columns, values: shares };
}

/** Mean cross-entropy; a probability of 0 counts as 1e-12. */
export function crossEntropy(probabilities: Matrix, codes: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < codes.length; i++) {
    sum -= Math.log(Math.max(1e-12, probabilities.values[i * probabilities.columns + codes[i]]));
  }
  return sum / codes.length;
}

/** The likeliest class of each row (of equals the lower), and its probability. */
export function likeliest({ rows, columns, values }: Matrix): {
  readonly predicted: Int32Array;
  readonly confidence: Float64Array;
} {
  const predicted = new Int32Array(rows);
  const confidence = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const own = values.subarray(i * columns, (i + 1) * columns);
    for (let c = 1; c < columns; c++) if (own[c] > own[predicted[i]]) predicted[i] = c;
    confidence[i] = own[predicted[i]];
  }
  return { predicted, confidence };
}
