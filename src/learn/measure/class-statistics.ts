/**
 * Class means and variances (paper.md §A5) in float64. One pass about a provisional mean of each
 * class, that of its first rows: Var = Σ‖f - s‖² / n - ‖mu - s‖² (Chan, Golub, LeVeque 1983, shifted
 * data). E|x|² - |E x|² about the origin would cancel; here nothing does unless the first rows are
 * far from the others, and such a class is passed over once more about its mean.
 */
import { countClasses } from "./labels.ts";
import type { Matrix } from "./matrix.ts";
import { type Labelled, sumByClass } from "./passes.ts";

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
  const counts = countClasses(codes, classes);
  const { means, variances, far } = momentsOf({ matrix, codes, classes }, counts);
  if (far.some(Boolean)) {
    const left = codes.map((code) => (code >= 0 && far[code] ? code : -1));
    const { squares } = sumByClass({ matrix, codes: left, classes }, means);
    for (let c = 0; c < classes; c++) if (far[c]) variances[c] = squares[c] / counts[c];
  }
  let squares: Float64Array | undefined;
  return {
    classes,
    columns,
    counts,
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
  const { sums } = sumByClass({ matrix, codes, classes });
  const counts = countClasses(codes, classes);
  return sums.map((sum, q) => sum / Math.max(1, counts[Math.floor(q / matrix.columns)]));
}

/** Rows that give the provisional mean. */
const first = 4;

/** ‖mu - s‖² / Var beyond which more than four of float64's sixteen digits might have cancelled. */
const farAway = 1e4;

/** Variances of classes that are `far` are yet to be taken about their means. */
function momentsOf(given: Labelled, counts: Int32Array) {
  const { matrix, classes } = given;
  const { columns } = matrix;
  const means = classMeans(matrix, firstRows(given.codes, classes), classes);
  const { sums, squares } = sumByClass(given, means);
  const variances = new Float64Array(classes);
  const far = new Uint8Array(classes);
  for (let c = 0; c < classes; c++) {
    if (counts[c] === 0) continue;
    let away = 0;
    for (let q = c * columns; q < (c + 1) * columns; q++) {
      const distance = sums[q] / counts[c];
      means[q] += distance;
      away += distance * distance;
    }
    variances[c] = squares[c] / counts[c] - away;
    far[c] = away <= farAway * variances[c] ? 0 : 1;
  }
  return { means, variances, far };
}

/** The codes, but only those of each class's first rows. */
function firstRows(codes: Int32Array, classes: number): Int32Array {
  const left = new Int32Array(classes).fill(first);
  return codes.map((code) => (code >= 0 && left[code]-- > 0 ? code : -1));
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
