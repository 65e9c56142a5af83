/**
 * The guarantee, if any: a bound of the error of NCC from m labels a class by CDNV (Luthra, Yang,
 * Galanti, NeurIPS 2025, arXiv 2506.04411, Proposition 1 in its general form, read second-hand). With
 * directional CDNV Vt, CDNV V and its root V^s, each meant over pairs, and k classes, for any a ≥ 5:
 *
 *   error ≤ (k - 1) [(½ - 2/a - 2^1.5 / (a m))^-2 Vt + (a / 4) (2 / √m (V^s + V) + V / m)].
 *
 * Plug-in values of few labels make it an estimate of a bound. It is above 1, and says nothing, for
 * few labels nearly always.
 */

export interface CdnvValues {
  readonly classes: number;
  /** `[classes, classes]`, NaN where there is no value. */
  readonly pairs: Float64Array;
  readonly directional: Float64Array;
}

export function cdnvBound({ classes, pairs, directional }: CdnvValues, m: number): number {
  const [v, root, vt] = [mean(pairs), mean(pairs.map(Math.sqrt)), mean(directional)];
  let least = Number.POSITIVE_INFINITY;
  for (let a = 5; a < 1e6; a *= 1.02) {
    const margin = 0.5 - 2 / a - 2 ** 1.5 / (a * m);
    if (margin <= 0) continue;
    const spread = (2 / Math.sqrt(m)) * (root + v) + v / m;
    least = Math.min(least, vt / margin ** 2 + (a / 4) * spread);
  }
  return (classes - 1) * least;
}

function mean(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value / known.length, 0);
}
