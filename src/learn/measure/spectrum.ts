/**
 * How many dimensions the features use, without labels.
 *
 * - RankMe (Garrido et al., ICML 2023): exp(-Σ p log p), p_k = σ_k / Σσ + 1e-7, over the *singular
 *   values* of the features as they are, not centred. Compare only runs of one method.
 * - Effective rank (Roy & Vetterli 2007), the same entropy without the constant, of the singular
 *   values of the centred features.
 * - Participation ratio (tr C)² / tr C², C the covariance.
 *
 * Singular values are roots of the Gram matrix's eigenvalues, the smaller side's, all in float64
 * (in float32 a collapsed spectrum would drown in rounding). At most 25,600 random rows are used
 * (the sample size of the RankMe paper) and at most 1,024 by 1,024 are diagonalised: a wider matrix
 * with more rows is judged on 1,024 of its rows.
 */
import { fork, type Key, permutation } from "../../base/index.ts";
import { symmetricEigen } from "./eigen.ts";
import { type Matrix, pickRows, transpose } from "./matrix.ts";
import { gram } from "./product.ts";

export interface SpectrumOptions {
  readonly key: Key;
  readonly rows?: number;
}

export interface Spectrum {
  readonly rankMe: number;
  readonly effectiveRank: number;
  readonly participationRatio: number;
  /** Of the covariance (over n), largest first; as many as the smaller side. */
  readonly eigenvalues: Float64Array;
  /** Rows that were used. */
  readonly rows: number;
}

export const spectrumDefaults = { rows: 25_600, side: 1024 };

export function spectrum(matrix: Matrix, { key, rows }: SpectrumOptions): Spectrum {
  const { side } = spectrumDefaults;
  const most = matrix.columns > side ? side : (rows ?? spectrumDefaults.rows);
  const sample = sampleRows(matrix, most, key);
  const wide = sample.rows < sample.columns;
  const size = wide ? sample.rows : sample.columns;
  const products = gram(wide ? sample : transpose(sample));
  const centred = wide ? centreBothSides(products, size) : centreByMean(products, sample);
  const rankMe = entropyRank(roots(symmetricEigen(products, size).values), 1e-7);
  const eigenvalues = symmetricEigen(centred, size).values.map(
    (value) => Math.max(0, value) / sample.rows,
  );
  const [trace, squares] = eigenvalues.reduce(
    ([sum, square], value) => [sum + value, square + value * value],
    [0, 0],
  );
  return {
    rankMe,
    effectiveRank: entropyRank(roots(eigenvalues), 0),
    participationRatio: squares > 0 ? trace ** 2 / squares : 0,
    eigenvalues,
    rows: sample.rows,
  };
}

/** exp of the entropy of the shares, each increased by `constant`; 0 if everything is 0. */
function entropyRank(values: Float64Array, constant: number): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  let entropy = 0;
  for (const value of values) {
    const share = value / total + constant;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}

function roots(values: Float64Array): Float64Array {
  return values.map((value) => Math.sqrt(Math.max(0, value)));
}

export function sampleRows(matrix: Matrix, most: number, key: Key): Matrix {
  if (matrix.rows <= most) return matrix;
  return pickRows(matrix, permutation(fork(key, "rows"), matrix.rows).slice(0, most).sort());
}

/** XᵀX - n m mᵀ. */
function centreByMean(products: Float64Array, { rows, columns, values }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let at = 0; at < values.length; at += columns) {
    for (let p = 0; p < columns; p++) mean[p] += values[at + p] / rows;
  }
  return products.map(
    (value, at) => value - rows * mean[Math.floor(at / columns)] * mean[at % columns],
  );
}

/** (I - 11ᵀ/n) XXᵀ (I - 11ᵀ/n). */
function centreBothSides(products: Float64Array, n: number): Float64Array {
  const means = new Float64Array(n);
  for (let at = 0; at < products.length; at++) means[Math.floor(at / n)] += products[at] / n;
  const mean = means.reduce((sum, value) => sum + value / n, 0);
  return products.map((value, at) => value - means[Math.floor(at / n)] - means[at % n] + mean);
}
