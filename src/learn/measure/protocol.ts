/** What was measured, in one short text that is stored beside every number. */
import type { Matrix } from "./matrix.ts";

/** Features as they come, or each row divided by its Euclidean norm. */
export type Features = "raw" | "l2";

/**
 * The one protocol of headlines, everywhere: rows of unit length, as in the code that preceded the
 * paper (idobenshaul10/SSL_ablation, features normalised before centres and distances).
 */
export const headlineFeatures: Features = "l2";

/** Grows when the same features and labels would give another number. */
const version = 1;

/** For example `ncc/1 l2 centres=train`: measure, its version, features, then the settings. */
export function protocolId(
  measure: string,
  features: Features,
  settings: Readonly<Record<string, string | number>> = {},
): string {
  const parts = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return [`${measure}/${version}`, features, ...parts].join(" ");
}

/** The matrix under a protocol. Norms in float64; a row of zeros stays a row of zeros. */
export function withFeatures(matrix: Matrix, features: Features): Matrix {
  switch (features) {
    case "raw":
      return matrix;
    case "l2":
      return normaliseRows(matrix);
    default:
      return features satisfies never;
  }
}

export function normaliseRows({ rows, columns, values }: Matrix): Matrix {
  const normalised = new Float32Array(values.length);
  for (let start = 0; start < rows * columns; start += columns) {
    let square = 0;
    for (let p = start; p < start + columns; p++) square += values[p] * values[p];
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let p = start; p < start + columns; p++) normalised[p] = values[p] * scale;
  }
  return { rows, columns, values: normalised };
}
