/** Class means and variances (paper.md §A5): two passes in float64, because E|x|² - |E x|² cancels. */
import { countClasses } from "./labels.ts";
import type { Matrix } from "./matrix.ts";

export interface ClassStatistics {
  readonly classes: number;
  readonly columns: number;
  readonly counts: Int32Array;
  /** mu: `[classes, columns]`; a class without rows has zeros. */
  readonly means: Float64Array;
  /** Var_c = mean ‖f - mu_c‖², over n and not n - 1, as the paper has it. */
  readonly variances: Float64Array;
  /** ‖f - mu_c‖² of each row from its own mean; 0 for rows without a label. */
  readonly squares: Float64Array;
}

export function classStatistics(
  matrix: Matrix,
  codes: Int32Array,
  classes: number,
): ClassStatistics {
  const { columns, values } = matrix;
  const counts = countClasses(codes, classes);
  const means = classMeans(matrix, codes, classes);
  const squares = new Float64Array(codes.length);
  const variances = new Float64Array(classes);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code < 0) continue;
    let square = 0;
    for (let p = i * columns, q = code * columns; p < (i + 1) * columns; p++, q++) {
      const difference = values[p] - means[q];
      square += difference * difference;
    }
    squares[i] = square;
    variances[code] += square;
  }
  for (let c = 0; c < classes; c++) if (counts[c] > 0) variances[c] /= counts[c];
  return { classes, columns, counts, means, variances, squares };
}

/** `[classes, columns]` in float64. */
export function classMeans(
  { columns, values }: Matrix,
  codes: Int32Array,
  classes: number,
): Float64Array {
  const means = new Float64Array(classes * columns);
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0) continue;
    for (let p = i * columns, q = codes[i] * columns; p < (i + 1) * columns; p++, q++) {
      means[q] += values[p];
    }
  }
  const counts = countClasses(codes, classes);
  for (let c = 0; c < classes; c++) {
    const scale = counts[c] > 0 ? 1 / counts[c] : 0;
    for (let q = c * columns; q < (c + 1) * columns; q++) means[q] *= scale;
  }
  return means;
}

/** ‖mu_i - mu_j‖² for all pairs, `[classes, classes]`. */
export function squaredDistances(means: Float64Array, classes: number): Float64Array {
  const columns = means.length / classes;
  const distances = new Float64Array(classes * classes);
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < i; j++) {
      let square = 0;
      for (let p = i * columns, q = j * columns; p < (i + 1) * columns; p++, q++) {
        const difference = means[p] - means[q];
        square += difference * difference;
      }
      distances[i * classes + j] = square;
      distances[j * classes + i] = square;
    }
  }
  return distances;
}
