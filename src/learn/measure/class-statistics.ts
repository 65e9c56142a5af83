/**
 * Class means and variances (paper.md §A5) in float64. One pass about a provisional mean of each
 * class, that of its first rows: Var = Σ‖f - s‖² / n - ‖mu - s‖² (Chan, Golub, LeVeque 1983, shifted
 * data). E|x|² - |E x|² about the origin would cancel; here nothing does unless the first rows are
 * far from the others, and such a class is passed over once more about its mean.
 */
import { type Labelled, sumByClass, sumWithLengths } from "./class-sums.ts";
import { countClasses } from "./labels.ts";
import { roomFor } from "./loops.ts";
import { type Matrix, pickRows } from "./matrix.ts";
import type { Sharing } from "./passes.ts";

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

/** `threads` share the passes; that changes no bit. */
export function classStatistics(
  matrix: Matrix,
  codes: Int32Array,
  classes: number,
  { threads = 1 }: Sharing = {},
): ClassStatistics {
  const { columns } = matrix;
  const counts = countClasses(codes, classes);
  const { means, variances, far } = momentsOf({ matrix, codes, classes }, counts, threads);
  if (far.some(Boolean)) {
    const left = codes.map((code) => (code >= 0 && far[code] ? code : -1));
    const options = { shifts: means, threads };
    const { squares } = sumByClass({ matrix, codes: left, classes }, options);
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
export function classMeans(
  matrix: Matrix,
  codes: Int32Array,
  classes: number,
  sharing: Sharing = {},
): Float64Array {
  const given = { matrix, codes, classes };
  return overCounts(sumByClass(given, sharing).sums, given);
}

/** The means, and ‖f‖² of each row: NaN for rows without a label. */
export function meansWithLengths(given: Labelled, sharing: Sharing = {}) {
  const { sums, lengths } = sumWithLengths(given, sharing);
  return { means: overCounts(sums, given), lengths };
}

function overCounts(sums: Float64Array, { matrix: { columns }, codes, classes }: Labelled) {
  for (const [c, count] of countClasses(codes, classes).entries()) {
    for (let q = c * columns; q < (c + 1) * columns; q++) sums[q] /= Math.max(1, count);
  }
  return sums;
}

/** Rows that give the provisional mean. */
const first = 4;

/** ‖mu - s‖² / Var beyond which more than four of float64's sixteen digits might have cancelled. */
const farAway = 1e4;

/** Variances of classes that are `far` are yet to be taken about their means. */
function momentsOf(given: Labelled, counts: Int32Array, threads: number) {
  const { matrix, classes } = given;
  const { columns } = matrix;
  const means = firstMeans(given);
  const { sums, squares } = sumByClass(given, { shifts: means, threads });
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

/** The mean of each class's first rows. */
function firstMeans({ matrix, codes, classes }: Labelled): Float64Array {
  const left = new Int32Array(classes).fill(first);
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] >= 0 && left[codes[row]]-- > 0) rows.push(row);
  }
  const own = Int32Array.from(rows, (row) => codes[row]);
  return classMeans(pickRows(matrix, rows), own, classes);
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
  const pitch = 32 * Math.ceil(columns / 4);
  const out = classes * pitch;
  const { bytes, begin } = roomFor(out + 16 * classes, 1);
  const doubles = new Float64Array(bytes.buffer, 0, out / 8 + 2 * classes).fill(0);
  for (let i = 0; i < classes; i++) {
    doubles.set(means.subarray(i * columns, (i + 1) * columns), (i * pitch) / 8);
  }
  const distances = new Float64Array(classes * classes);
  for (let i = 1; i < classes; i++) {
    begin("distances", [{ from: 0, rows: i, pitch, other: i * pitch, out }]);
    for (let j = 0; j < i; j++) {
      const square = doubles[out / 8 + 2 * j] + doubles[out / 8 + 2 * j + 1];
      distances[i * classes + j] = square;
      distances[j * classes + i] = square;
    }
  }
  return distances;
}
