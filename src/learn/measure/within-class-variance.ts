/**
 * Within-class variance: mean over classes of Var_c = mean ‖f - mu_c‖² (paper.md §A5), and the share
 * of the total variance that lies within classes, which does not depend on the features' scale.
 */
import type { ClassStatistics } from "./class-statistics.ts";
import { labelledRows } from "./labels.ts";
import type { Matrix } from "./matrix.ts";

export interface WithinClassVariance {
  /** Over classes with at least two rows. */
  readonly mean: number;
  /** Mean ‖f - mu‖² over labelled rows, mu their common mean. */
  readonly total: number;
  /** tr S_W / tr S_T: 0 = classes are points, 1 = centres coincide. */
  readonly share: number;
  readonly influence: Float64Array;
}

export function withinClassVariance(
  { columns, values }: Matrix,
  codes: Int32Array,
  { counts, variances, squares }: ClassStatistics,
): WithinClassVariance {
  const rows = labelledRows(codes);
  const mean = new Float64Array(columns);
  for (const row of rows) {
    for (let p = 0; p < columns; p++) mean[p] += values[row * columns + p] / rows.length;
  }
  let [total, within] = [0, 0];
  for (const row of rows) {
    within += squares[row] / rows.length;
    for (let p = 0; p < columns; p++) {
      total += (values[row * columns + p] - mean[p]) ** 2 / rows.length;
    }
  }
  const measured = variances.filter((_, c) => counts[c] >= 2);
  const influence = new Float64Array(codes.length);
  for (const row of rows) {
    const c = codes[row];
    if (counts[c] >= 2) {
      influence[row] = (squares[row] - variances[c]) / (counts[c] * measured.length);
    }
  }
  return {
    mean: measured.reduce((sum, variance) => sum + variance, 0) / measured.length,
    total,
    share: within / total,
    influence,
  };
}
