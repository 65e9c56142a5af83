/**
 * The baseline of principal components: what linear compression of raw features reaches, to stand
 * beside a representation of the same width. Components come from randomised subspace iteration
 * (Halko, Martinsson, Tropp 2011, algorithm 4.4, 10 extra directions, 6 passes, ending in a
 * Rayleigh–Ritz step) on at most 5,000 random training rows, since a wide matrix of raw pixels has
 * no covariance that fits; exact when the width reaches the number of columns.
 */
import { fork, type Key, normal } from "../../base/index.ts";
import { columnMoments } from "./collapse.ts";
import { symmetricEigen } from "./eigen.ts";
import { blocks, type Matrix, type Product, rowBlock, transpose } from "./matrix.ts";
import { gram, plainProduct } from "./product.ts";
import { sampleRows } from "./spectrum.ts";

export interface PcaOptions {
  readonly key: Key;
  /** Number of components; clipped to the columns and to the training rows less one. */
  readonly width?: number;
  readonly rows?: number;
  readonly product?: Product;
}

export interface Pca {
  readonly mean: Float64Array;
  /** `[width, columns]`: unit rows, the direction of greatest variance first. */
  readonly components: Matrix;
  project(matrix: Matrix): Promise<Matrix>;
}

export const pcaDefaults = { width: 128, rows: 5000, extra: 10, passes: 6 };

export async function fitPca(train: Matrix, options: PcaOptions): Promise<Pca> {
  const { key, product = plainProduct } = options;
  const { extra, passes } = pcaDefaults;
  const sample = sampleRows(train, options.rows ?? pcaDefaults.rows, fork(key, "pca"));
  const { columns } = sample;
  const mean = columnMoments(sample).means;
  const centred = lessMean(sample, mean);
  const turned = transpose(centred);
  const most = Math.min(columns, sample.rows - 1);
  const width = Math.max(1, Math.min(options.width ?? pcaDefaults.width, most));
  const size = Math.max(1, Math.min(width + extra, most));
  let basis = orthonormalRows({
    rows: size,
    columns,
    values: Float32Array.from(normal(fork(key, "pca", "start"), size * columns)),
  });
  for (let pass = 0; pass < passes; pass++) {
    const scores = await product(basis, centred);
    basis = orthonormalRows(await product(scores, turned));
  }
  const scores = await product(basis, centred);
  const { vectors } = symmetricEigen(gram(scores), size, { vectors: true });
  const rotation: Matrix = {
    rows: width,
    columns: size,
    values: Float32Array.from(vectors.subarray(0, width * size)),
  };
  const components = await product(rotation, transpose(basis));
  return { mean, components, project: (matrix) => project(matrix, mean, components, product) };
}

async function project(
  matrix: Matrix,
  mean: Float64Array,
  components: Matrix,
  product: Product,
): Promise<Matrix> {
  const values = new Float32Array(matrix.rows * components.rows);
  for (const [from, to] of blocks(matrix.rows)) {
    const part = await product(lessMean(rowBlock(matrix, from, to), mean), components);
    values.set(part.values, from * components.rows);
  }
  return { rows: matrix.rows, columns: components.rows, values };
}

export function lessMean({ rows, columns, values }: Matrix, mean: Float64Array): Matrix {
  const centred = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += columns) {
    for (let p = 0; p < columns; p++) centred[start + p] = values[start + p] - mean[p];
  }
  return { rows, columns, values: centred };
}

/** Modified Gram–Schmidt, twice over for stability, in float64; a dependent row becomes zeros. */
function orthonormalRows({ rows, columns, values }: Matrix): Matrix {
  const q = Float64Array.from(values);
  for (let i = 0; i < rows; i++) {
    const row = q.subarray(i * columns, (i + 1) * columns);
    const before = norm(row);
    for (let again = 0; again < 2; again++) {
      for (let j = 0; j < i; j++) {
        const other = q.subarray(j * columns, (j + 1) * columns);
        let along = 0;
        for (let p = 0; p < columns; p++) along += row[p] * other[p];
        for (let p = 0; p < columns; p++) row[p] -= along * other[p];
      }
    }
    const after = norm(row);
    const scale = after > 1e-6 * before ? 1 / after : 0;
    for (let p = 0; p < columns; p++) row[p] *= scale;
  }
  return { rows, columns, values: Float32Array.from(q) };
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
