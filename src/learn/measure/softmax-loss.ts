/** Cross-entropy of logits and its gradient, for the linear probe. */
import type { Matrix } from "./matrix.ts";

export interface LossTerms {
  readonly codes: Int32Array;
  /** Added to the logits of each class. */
  readonly bias: Float64Array;
  /** Factor of the gradient: 1 / all rows for that of a mean. */
  readonly scale: number;
  /** `[classes]`, to which the gradient by the bias is added. */
  readonly biasSlope: Float64Array;
  /** Of each class, for its rows' cross-entropies; default: 1. */
  readonly weights?: Float64Array | undefined;
}

/**
 * Sum of the cross-entropies of the columns of `[classes, rows]` logits, in float64. The logits
 * become their gradient scale · (softmax - one-hot), in place. Stretches of columns are short enough
 * to stay in the cache over the three passes.
 */
export function softmaxLoss(
  { rows: classes, columns: rows, values }: Matrix,
  { codes, bias, scale, biasSlope, weights }: LossTerms,
): number {
  const most = new Float64Array(stretch);
  const totals = new Float64Array(stretch);
  let loss = 0;
  for (let from = 0; from < rows; from += stretch) {
    const count = Math.min(stretch, rows - from);
    most.fill(Number.NEGATIVE_INFINITY);
    totals.fill(0);
    for (let c = 0; c < classes; c++) {
      const own = bias[c];
      for (let i = 0, at = c * rows + from; i < count; i++, at++) {
        const value = values[at] + own;
        values[at] = value;
        if (value > most[i]) most[i] = value;
      }
    }
    for (let i = 0; i < count; i++) {
      const code = codes[from + i];
      loss += (weights?.[code] ?? 1) * (most[i] - values[code * rows + from + i]);
    }
    for (let c = 0; c < classes; c++) addPowers(values, c * rows + from, { count, most, totals });
    for (let i = 0; i < count; i++) {
      const weight = weights?.[codes[from + i]] ?? 1;
      loss += weight * Math.log(totals[i]);
      totals[i] = (scale * weight) / totals[i];
    }
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let i = 0, at = c * rows + from; i < count; i++, at++) {
        const value = values[at] * totals[i];
        values[at] = value;
        sum += value;
      }
      biasSlope[c] += sum;
    }
    for (let i = 0; i < count; i++) {
      const code = codes[from + i];
      const own = scale * (weights?.[code] ?? 1);
      values[code * rows + from + i] -= own;
      biasSlope[code] -= own;
    }
  }
  return loss;
}

const stretch = 512;

interface Columns {
  readonly count: number;
  readonly most: Float64Array;
  readonly totals: Float64Array;
}

/**
 * exp(value - most) in place, added to the totals. exp(x) = 2^(n / 32) · exp(r), n the integer nearest
 * to 32 x / ln 2: the power of two from two tables, exp(r) from four terms of its series, which for
 * |r| ≤ ln 2 / 64 are right to 6e-10 (r⁴ / 24), less than a float32 holds. Below e^-87 it is 0.
 */
function addPowers(values: Float32Array, from: number, { count, most, totals }: Columns): void {
  for (let i = 0, at = from; i < count; i++, at++) {
    const x = values[at] - most[i];
    if (x < -87) {
      values[at] = 0;
      continue;
    }
    const n = (x * perStep - 0.5) | 0;
    const r = x - n * step;
    const series = 1 + r * (1 + r * (0.5 + r * (1 / 6)));
    const power = fractions[n & 31] * wholes[(n >> 5) + offset] * series;
    values[at] = power;
    totals[i] += power;
  }
}

const step = Math.LN2 / 32;
const perStep = 32 / Math.LN2;
const offset = 127;
const fractions = Float64Array.from({ length: 32 }, (_, i) => 2 ** (i / 32));
const wholes = Float64Array.from({ length: offset + 1 }, (_, i) => 2 ** (i - offset));
