/**
 * Linear discriminants with a shrunk common covariance (Friedman, "Regularized Discriminant
 * Analysis", 1989, with alpha = 1): how well classes can be told apart by given descriptors, each row
 * judged by discriminants of the other folds. Classes count equally.
 *
 *     score_c(x) = x · S⁻¹ mu_c - ½ mu_c · S⁻¹ mu_c,   S = (1 - lambda) W + lambda (tr W / d) I
 *
 * W is the mean within-class covariance of the training folds; columns come to unit variance first.
 */
import type { Matrix } from "./matrix.ts";

export interface DiscriminantTask {
  readonly matrix: Matrix;
  readonly codes: Int32Array;
  readonly classes: number;
  /** The fold of each row, 0 … folds - 1. */
  readonly fold: Int32Array;
}

const shrinkage = 0.2;

/** `[rows, classes]`: scores of each row by the other folds; -Infinity for classes they lack. */
export function crossFittedScores(task: DiscriminantTask): Float64Array {
  const { matrix, classes, fold } = task;
  const scores = new Float64Array(matrix.rows * classes).fill(Number.NEGATIVE_INFINITY);
  for (const out of new Set(fold)) {
    const rows = [...fold.keys()];
    const train = rows.filter((row) => fold[row] !== out);
    const rule = discriminants(task, train);
    for (const row of rows) if (fold[row] === out) rule(row, scores.subarray(row * classes));
  }
  return scores;
}

type Rule = (row: number, into: Float64Array) => void;

function discriminants(
  { matrix, codes, classes }: DiscriminantTask,
  train: readonly number[],
): Rule {
  const { columns: d, values } = matrix;
  const { mean, scale } = columnScale(matrix, train);
  const standard = (row: number) =>
    Float64Array.from({ length: d }, (_, p) => (values[row * d + p] - mean[p]) * scale[p]);
  const counts = new Int32Array(classes);
  const means = new Float64Array(classes * d);
  const moved = train.map(standard);
  moved.forEach((x, i) => {
    const c = codes[train[i]];
    counts[c]++;
    for (let p = 0; p < d; p++) means[c * d + p] += x[p];
  });
  for (let q = 0; q < means.length; q++) means[q] /= Math.max(1, counts[Math.floor(q / d)]);
  const factor = cholesky(withinCovariance({ moved, train, codes, counts, means, d }), d);
  const present = [...counts.keys()].filter((c) => counts[c] > 0);
  const directions = present.map((c) => {
    const centre = means.subarray(c * d, (c + 1) * d);
    const direction = solve(factor, d, centre);
    return { c, direction, offset: dot(centre, direction) / 2 };
  });
  return (row, into) => {
    const x = standard(row);
    for (const { c, direction, offset } of directions) into[c] = dot(x, direction) - offset;
  };
}

interface Within {
  readonly moved: readonly Float64Array[];
  readonly train: readonly number[];
  readonly codes: Int32Array;
  readonly counts: Int32Array;
  readonly means: Float64Array;
  readonly d: number;
}

/** The shrunk covariance; its lower triangle. */
function withinCovariance({ moved, train, codes, counts, means, d }: Within): Float64Array {
  const within = new Float64Array(d * d);
  const classes = counts.filter((count) => count > 0).length;
  const centred = new Float64Array(d);
  moved.forEach((x, i) => {
    const c = codes[train[i]];
    const weight = 1 / (counts[c] * classes);
    for (let p = 0; p < d; p++) centred[p] = x[p] - means[c * d + p];
    for (let p = 0; p < d; p++) {
      const from = weight * centred[p];
      if (from === 0) continue;
      for (let q = 0; q <= p; q++) within[p * d + q] += from * centred[q];
    }
  });
  let trace = 0;
  for (let p = 0; p < d; p++) trace += within[p * d + p];
  const ridge = (shrinkage * trace) / d || 1;
  for (let p = 0; p < d; p++) {
    for (let q = 0; q <= p; q++) within[p * d + q] *= 1 - shrinkage;
    within[p * d + p] += ridge;
  }
  return within;
}

/** Columns that do not vary get a scale of 0, and so no say. */
function columnScale({ columns: d, values }: Matrix, rows: readonly number[]) {
  const mean = new Float64Array(d);
  const scale = new Float64Array(d);
  for (const row of rows) for (let p = 0; p < d; p++) mean[p] += values[row * d + p] / rows.length;
  for (const row of rows) {
    for (let p = 0; p < d; p++) scale[p] += (values[row * d + p] - mean[p]) ** 2 / rows.length;
  }
  return { mean, scale: scale.map((square) => (square > 1e-18 ? 1 / Math.sqrt(square) : 0)) };
}

/** L with L Lᵀ = a, in place in the lower triangle. */
function cholesky(a: Float64Array, d: number): Float64Array {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * d + j];
      for (let k = 0; k < j; k++) sum -= a[i * d + k] * a[j * d + k];
      a[i * d + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j * d + j];
    }
  }
  return a;
}

function solve(factor: Float64Array, d: number, right: Float64Array): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i * d + k] * x[k];
    x[i] /= factor[i * d + i];
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) x[i] -= factor[k * d + i] * x[k];
    x[i] /= factor[i * d + i];
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += a[p] * b[p];
  return sum;
}
