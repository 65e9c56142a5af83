/**
 * The frame in which the linear probe is fitted: features less their mean, over one scalar (the root
 * mean variance of a dimension), turned to principal axes. All three come from training rows.
 */
import type { Key } from "../../base/index.ts";
import { openBank } from "./bank.ts";
import { classStatistics } from "./class-statistics.ts";
import { symmetricEigen } from "./eigen.ts";
import { type Matrix, type Product, transpose } from "./matrix.ts";
import { lessMean } from "./pca.ts";
import { sampleRows } from "./spectrum.ts";

export interface Frame {
  readonly columns: number;
  readonly means: Float64Array;
  readonly scale: number;
  /** `[columns, columns]`, one axis a row; none for features that are wider than pays. */
  readonly axes: Matrix | undefined;
}

/** Beyond this width the axes would cost more than they save; features then stay unturned. */
const widestTurn = 1024;
const axesRows = 10_000;

export interface FrameOptions {
  readonly key: Key;
  readonly product: Product;
  /** Without axes features are centred and scaled only, which is enough for what no turn changes. */
  readonly turn?: boolean;
}

/** Of the rows that have a label. */
export async function principalFrame(
  train: { readonly matrix: Matrix; readonly codes: Int32Array },
  { key, product, turn = true }: FrameOptions,
): Promise<Frame> {
  const { matrix, codes } = train;
  const { columns } = matrix;
  const together = codes.map((code) => Math.min(code, 0));
  const { means, variances } = classStatistics(matrix, together, 1);
  const variance = variances[0] / columns;
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 1;
  const frame = { columns, means, scale };
  if (!turn || columns > widestTurn) return { ...frame, axes: undefined };
  const turned = transpose(lessMean(sampleRows(matrix, axesRows, key), means));
  const moments = Float64Array.from((await product(turned, turned)).values);
  const { vectors } = symmetricEigen(moments, columns, { vectors: true });
  return { ...frame, axes: { rows: columns, columns, values: Float32Array.from(vectors) } };
}

export interface Turning extends AsyncDisposable {
  /** The rows in the frame; at most as many as were said. */
  apply(rows: Matrix): Promise<Matrix>;
}

export async function openTurning(
  { means, scale, axes, columns }: Frame,
  { product, rows }: { readonly product: Product; readonly rows: number },
): Promise<Turning> {
  const bank = axes && (await openBank(product, { rows: columns, columns, queries: rows }));
  if (axes) await bank?.hold(axes);
  return {
    async apply(matrix) {
      const centred = lessMean(matrix, means);
      const turned = bank ? await bank.times(centred) : centred;
      for (let at = 0; at < turned.values.length; at++) turned.values[at] *= scale;
      return turned;
    },
    async [Symbol.asyncDispose]() {
      await bank?.[Symbol.asyncDispose]();
    },
  };
}

/** Weights `[classes, columns]` and then the bias, found in the frame, for features as they come. */
export function outOfFrame(
  { means, scale, axes, columns }: Frame,
  at: Float64Array,
  classes: number,
): { readonly weights: Float64Array; readonly bias: Float64Array } {
  const weights = axes ? new Float64Array(classes * columns) : at.slice(0, classes * columns);
  const bias = at.slice(classes * columns);
  for (let c = 0; c < classes; c++) {
    const own = c * columns;
    for (let p = 0; axes && p < columns; p++) {
      const weight = at[own + p];
      for (let q = 0, r = p * columns; q < columns; q++, r++) {
        weights[own + q] += weight * axes.values[r];
      }
    }
    for (let q = own; q < own + columns; q++) {
      weights[q] *= scale;
      bias[c] -= weights[q] * means[q - own];
    }
  }
  return { weights, bias };
}
