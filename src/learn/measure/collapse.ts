/**
 * Signs of collapse, without labels (paper.md §D). Complete collapse: rows point the same way.
 * Dimensional collapse: few directions carry everything (see also `spectrum`).
 */
import type { Matrix } from "./matrix.ts";
import { normaliseRows } from "./protocol.ts";

export interface CollapseStatistics {
  /**
   * Deviation of the unit-length rows, averaged over dimensions, times √d: 1 = spread evenly over
   * the sphere, 0 = collapsed (SimSiam's gauge, Chen & He 2021; lightly's `std_of_l2_normalized`).
   */
  readonly spread: number;
  /** Mean cosine over all pairs of different rows; exact, since it is (‖Σz‖² - Σ‖z‖²) / n(n - 1). */
  readonly meanCosine: number;
  /** Dimensions of the features whose deviation is under 1 % of the root mean square deviation. */
  readonly deadDimensions: number;
  readonly columns: number;
  /** Rows that are all zeros and so have no direction. */
  readonly zeroRows: number;
}

export function collapseStatistics(matrix: Matrix): CollapseStatistics {
  const { rows, columns } = matrix;
  const unit = normaliseRows(matrix);
  const directions = columnMoments(unit);
  const moments = columnMoments(matrix);
  let [lengthOfSum, squares, spread, total] = [0, 0, 0, 0];
  for (let p = 0; p < columns; p++) {
    lengthOfSum += (directions.means[p] * rows) ** 2;
    squares += (directions.variances[p] + directions.means[p] ** 2) * rows;
    spread += Math.sqrt(directions.variances[p]) / Math.sqrt(columns);
    total += moments.variances[p];
  }
  const dead = moments.variances.filter((variance) => variance <= (1e-4 * total) / columns);
  let zeroRows = 0;
  for (let start = 0; start < matrix.values.length; start += columns) {
    if (matrix.values.subarray(start, start + columns).every((value) => value === 0)) zeroRows++;
  }
  return {
    spread,
    meanCosine: rows > 1 ? (lengthOfSum - squares) / (rows * (rows - 1)) : Number.NaN,
    deadDimensions: dead.length,
    columns,
    zeroRows,
  };
}

/** Mean and variance (over n) of each column, two passes in float64. */
export function columnMoments({ rows, columns, values }: Matrix) {
  const means = new Float64Array(columns);
  const variances = new Float64Array(columns);
  for (let start = 0; start < values.length; start += columns) {
    for (let p = 0; p < columns; p++) means[p] += values[start + p];
  }
  for (let p = 0; p < columns; p++) means[p] /= rows;
  for (let start = 0; start < values.length; start += columns) {
    for (let p = 0; p < columns; p++) variances[p] += (values[start + p] - means[p]) ** 2;
  }
  for (let p = 0; p < columns; p++) variances[p] /= rows;
  return { means, variances };
}
