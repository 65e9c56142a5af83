/**
 * Class means and variances (paper.md §A5) in float64. One pass about a provisional mean of each
 * class, that of its first rows: Var = Σ‖f - s‖² / n - ‖mu - s‖² (Chan, Golub, LeVeque 1983, shifted
 * data). E|x|² - |E x|² about the origin would cancel; here nothing does unless the first rows are
 * far from the others, and such a class is passed over once more about its mean.
 */
import { countClasses, rowsByClass } from "./labels.ts";
import type { Matrix } from "./matrix.ts";

export interface ClassStatistics {
  readonly classes: number;
  readonly columns: number;
  readonly counts: Int32Array;
  /** mu: `[classes, columns]`; a class without rows has zeros. */
  readonly means: Float64Array;
  /** Var_c = mean ‖f - mu_c‖², over n and not n - 1, as the paper has it. */
  readonly variances: Float64Array;
  /** ‖f - mu_c‖² of each row from its own mean, 0 for rows without a label: another pass, when read. */
  readonly squares: Float64Array;
}

export function classStatistics(
  matrix: Matrix,
  codes: Int32Array,
  classes: number,
): ClassStatistics {
  const { columns } = matrix;
  const { order, start } = rowsByClass(codes, classes);
  const means = new Float64Array(classes * columns);
  const variances = new Float64Array(classes);
  for (let c = 0; c < classes; c++) {
    const rows = order.subarray(start[c], start[c + 1]);
    if (rows.length === 0) continue;
    const { mean, variance } = momentsOf(matrix, rows);
    means.set(mean, c * columns);
    variances[c] = variance;
  }
  let squares: Float64Array | undefined;
  return {
    classes,
    columns,
    counts: countClasses(codes, classes),
    means,
    variances,
    get squares() {
      squares ??= squaresAbout(matrix, { codes, means });
      return squares;
    },
  };
}

/** `[classes, columns]` in float64. */
export function classMeans(matrix: Matrix, codes: Int32Array, classes: number): Float64Array {
  const { columns } = matrix;
  const { order, start } = rowsByClass(codes, classes);
  const means = new Float64Array(classes * columns);
  for (let c = 0; c < classes; c++) {
    const rows = order.subarray(start[c], start[c + 1]);
    if (rows.length > 0) means.set(meanOf(matrix, rows), c * columns);
  }
  return means;
}

/** Rows that give the provisional mean. */
const first = 4;

/** ‖mu - s‖² / Var beyond which more than four of float64's sixteen digits might have cancelled. */
const farAway = 1e4;

function momentsOf(matrix: Matrix, rows: Uint32Array) {
  const { columns } = matrix;
  const shift = meanOf(matrix, rows.subarray(0, first));
  const sums = new Float64Array(columns);
  const square = addDeviations(matrix, rows, { shift, sums });
  const mean = new Float64Array(columns);
  let away = 0;
  for (let p = 0; p < columns; p++) {
    const distance = sums[p] / rows.length;
    mean[p] = shift[p] + distance;
    away += distance * distance;
  }
  const variance = square / rows.length - away;
  if (away <= farAway * variance) return { mean, variance };
  const again = addDeviations(matrix, rows, { shift: mean, sums });
  return { mean, variance: again / rows.length };
}

interface Deviations {
  readonly shift: Float64Array;
  readonly sums: Float64Array;
}

/** Adds f - s of all rows to the sums, and returns Σ‖f - s‖². Four rows share the loads of both. */
function addDeviations(
  { columns, values }: Matrix,
  rows: Uint32Array,
  { shift, sums }: Deviations,
): number {
  let square = 0;
  let at = 0;
  for (; at + 4 <= rows.length; at += 4) {
    const a = rows[at] * columns;
    const b = rows[at + 1] * columns;
    const c = rows[at + 2] * columns;
    const d = rows[at + 3] * columns;
    let [sa, sb, sc, sd] = [0, 0, 0, 0];
    for (let p = 0; p < columns; p++) {
      const s = shift[p];
      const da = values[a + p] - s;
      const db = values[b + p] - s;
      const dc = values[c + p] - s;
      const dd = values[d + p] - s;
      sums[p] += da + db + (dc + dd);
      sa += da * da;
      sb += db * db;
      sc += dc * dc;
      sd += dd * dd;
    }
    square += sa + sb + (sc + sd);
  }
  for (; at < rows.length; at++) {
    for (let p = 0, q = rows[at] * columns; p < columns; p++, q++) {
      const difference = values[q] - shift[p];
      sums[p] += difference;
      square += difference * difference;
    }
  }
  return square;
}

function meanOf({ columns, values }: Matrix, rows: Uint32Array): Float64Array {
  const mean = new Float64Array(columns);
  let at = 0;
  for (; at + 4 <= rows.length; at += 4) {
    const a = rows[at] * columns;
    const b = rows[at + 1] * columns;
    const c = rows[at + 2] * columns;
    const d = rows[at + 3] * columns;
    for (let p = 0; p < columns; p++) {
      mean[p] += values[a + p] + values[b + p] + (values[c + p] + values[d + p]);
    }
  }
  for (; at < rows.length; at++) {
    for (let p = 0, q = rows[at] * columns; p < columns; p++, q++) mean[p] += values[q];
  }
  for (let p = 0; p < columns; p++) mean[p] /= rows.length;
  return mean;
}

interface About {
  readonly codes: Int32Array;
  readonly means: Float64Array;
}

function squaresAbout({ columns, values }: Matrix, { codes, means }: About): Float64Array {
  const squares = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0) continue;
    let square = 0;
    for (let p = i * columns, q = codes[i] * columns; p < (i + 1) * columns; p++, q++) {
      const difference = values[p] - means[q];
      square += difference * difference;
    }
    squares[i] = square;
  }
  return squares;
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
