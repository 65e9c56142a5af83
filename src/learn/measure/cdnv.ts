/**
 * Class-distance normalized variance (Galanti, György, Hutter, ICLR 2022, arXiv 2112.15121;
 * paper.md §A5): V_ij = (Var_i + Var_j) / (2 ‖mu_i - mu_j‖²), mean over unordered pairs i < j.
 * Classes with fewer than two rows have no variance and take no part; pairs whose centres coincide
 * have no value and are counted instead. Plug-in: ‖mu_i - mu_j‖² is too large by tr(Cov) / n, so
 * compare only figures from equally many items.
 */
import { type ClassStatistics, squaredDistances } from "./class-statistics.ts";
import type { Matrix } from "./matrix.ts";

export interface PairMeasure {
  /** Mean and median over the pairs that have a value; NaN if none has. */
  readonly mean: number;
  readonly median: number;
  /** `[classes, classes]`; NaN on the diagonal and for pairs without a value. */
  readonly pairs: Float64Array;
  readonly coincident: number;
  /**
   * How far each row moves the mean, to first order (infinitesimal jackknife); sums to 0 within a
   * class. Intervals and paired comparisons come from it. Computed when first read.
   */
  readonly influence: Float64Array;
}

export function cdnv(matrix: Matrix, codes: Int32Array, statistics: ClassStatistics): PairMeasure {
  const { classes, variances } = statistics;
  const distances = usableDistances(statistics);
  const pairs = distances.map((distance, at) => {
    const [i, j] = [Math.floor(at / classes), at % classes];
    return (variances[i] + variances[j]) / (2 * distance);
  });
  let influence: Float64Array | undefined;
  return {
    ...summary(pairs),
    pairs,
    coincident: coincidentPairs(statistics, distances),
    get influence() {
      influence ??= influences(matrix, codes, { statistics, distances });
      return influence;
    },
  };
}

/** d V_ij = d Var_i / (2 D) - (Var_i + Var_j) / (2 D²) · 2 (mu_i - mu_j) · d mu_i, over all j. */
function influences(
  { columns, values }: Matrix,
  codes: Int32Array,
  terms: { readonly statistics: ClassStatistics; readonly distances: Float64Array },
): Float64Array {
  const { statistics, distances } = terms;
  const { classes, means, variances, counts, squares } = statistics;
  const perVariance = new Float64Array(classes);
  const perShift = new Float64Array(classes * columns);
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const distance = distances[i * classes + j];
      if (Number.isNaN(distance)) continue;
      perVariance[i] += 1 / (2 * distance);
      const weight = (variances[i] + variances[j]) / distance ** 2;
      for (let p = 0; p < columns; p++) {
        perShift[i * columns + p] += weight * (means[i * columns + p] - means[j * columns + p]);
      }
    }
  }
  const counted = distances.filter((distance) => !Number.isNaN(distance)).length / 2;
  const influence = new Float64Array(codes.length);
  for (let x = 0; x < codes.length; x++) {
    const i = codes[x];
    if (i < 0 || counted === 0) continue;
    let along = 0;
    for (let p = x * columns, q = i * columns; q < (i + 1) * columns; p++, q++) {
      along += (values[p] - means[q]) * perShift[q];
    }
    const change = (squares[x] - variances[i]) * perVariance[i] - along;
    influence[x] = change / (counts[i] * counted);
  }
  return influence;
}

/** Squared distances of centres; NaN on the diagonal and where there is nothing to divide by. */
export function usableDistances(statistics: ClassStatistics): Float64Array {
  const { classes, means, counts } = statistics;
  const norms = squaredNorms(statistics);
  return squaredDistances(means, classes).map((distance, at) => {
    const [i, j] = [Math.floor(at / classes), at % classes];
    const usable = i !== j && counts[i] >= 2 && counts[j] >= 2;
    return usable && distance > resolution * (norms[i] + norms[j]) ? distance : Number.NaN;
  });
}

/** Unordered pairs of classes that have rows, and whose centres coincide. */
export function coincidentPairs({ counts }: ClassStatistics, distances: Float64Array): number {
  const present = counts.filter((count) => count >= 2).length;
  const valued = distances.filter((distance) => !Number.isNaN(distance)).length;
  return (present * (present - 1) - valued) / 2;
}

export function summary(pairs: Float64Array): { readonly mean: number; readonly median: number } {
  const values = pairs.filter((value) => !Number.isNaN(value)).sort();
  const n = values.length;
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / n,
    median: (values[(n - 1) >> 1] + values[n >> 1]) / 2,
  };
}

/** Centres nearer than this share of their squared norms differ by less than float32 can tell. */
const resolution = 1e-18;

function squaredNorms({ classes, columns, means }: ClassStatistics): Float64Array {
  const norms = new Float64Array(classes);
  for (let q = 0; q < means.length; q++) norms[Math.floor(q / columns)] += means[q] ** 2;
  return norms;
}
