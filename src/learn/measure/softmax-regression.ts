/**
 * Multinomial logistic regression on rows that banks hold: mean cross-entropy + penalty / 2 · ‖W‖²,
 * by L-BFGS. Both products of a step, W · Xᵀ and slope · X, are float32 in blocks of rows that stay
 * where products are computed; parameters, objective and the sums over blocks are float64.
 *
 * The inverse Hessian's diagonal is guessed as 1 / (κ σ² + penalty), κ = p (1 - p) at the start, where
 * all classes are equally likely. On principal axes that is a good guess.
 */
import { openBank } from "./bank.ts";
import { type Bank, blocks, type Matrix, type Product, pickRows } from "./matrix.ts";
import { minimise, type Point } from "./minimise.ts";
import { type Frame, openTurning } from "./principal-frame.ts";
import { softmaxLoss } from "./softmax-loss.ts";

export interface Examples {
  readonly matrix: Matrix;
  /** The rows of the matrix that take part, and the class of each of them. */
  readonly rows: Uint32Array;
  readonly codes: Int32Array;
  readonly classes: number;
  /** Of each class; default: 1. Where Σ over rows is not their number, the penalty weighs otherwise. */
  readonly weights?: Float64Array | undefined;
}

export interface Regression extends AsyncDisposable {
  readonly columns: number;
  readonly classes: number;
  /** Mean square of each column in the frame. */
  readonly variances: Float64Array;
  /** Mean cross-entropy; parameters are W `[classes, columns]`, then the bias `[classes]`. */
  loss(at: Float64Array): Promise<number>;
  /** With its gradient, penalty included. */
  evaluate(at: Float64Array, penalty: number): Promise<Point>;
}

const rowsAtOnce = 16_384;

interface Block {
  readonly bank: Bank;
  readonly codes: Int32Array;
}

export async function openRegression(
  { matrix, rows, codes, classes, weights: classWeights }: Examples,
  { frame, product }: { readonly frame: Frame; readonly product: Product },
): Promise<Regression> {
  const { columns } = matrix;
  const variances = new Float64Array(columns);
  const held: Block[] = [];
  const size = Math.min(rowsAtOnce, rows.length);
  await using turning = await openTurning(frame, { product, rows: size });
  for (const [from, to] of blocks(rows.length, size)) {
    const turned = await turning.apply(pickRows(matrix, rows.subarray(from, to)));
    addSquares(turned, variances, 1 / rows.length);
    const bank = await openBank(product, { rows: size, columns, queries: classes });
    await bank.hold(turned);
    held.push({ bank, codes: codes.subarray(from, to) });
  }
  const score = async (at: Float64Array, { bank, codes: own }: Block, slope: Float64Array) => {
    const weights = Float32Array.from(at.subarray(0, classes * columns));
    const scores = leading(
      await bank.times({ rows: classes, columns, values: weights }),
      own.length,
    );
    const bias = at.subarray(classes * columns);
    const scale = 1 / rows.length;
    const terms = { codes: own, bias, scale, biasSlope: slope, weights: classWeights };
    return { scores, loss: softmaxLoss(scores, terms) };
  };
  return {
    columns,
    classes,
    variances,
    async loss(at) {
      let sum = 0;
      for (const block of held) sum += (await score(at, block, new Float64Array(classes))).loss;
      return sum / rows.length;
    },
    async evaluate(at, penalty) {
      const gradient = new Float64Array(at.length);
      const biasSlope = gradient.subarray(classes * columns);
      let [sum, square] = [0, 0];
      for (const block of held) {
        const { scores, loss } = await score(at, block, biasSlope);
        sum += loss;
        const { values } = await block.bank.sums(scores);
        for (let i = 0; i < classes * columns; i++) gradient[i] += values[i];
      }
      for (let i = 0; i < classes * columns; i++) {
        gradient[i] += penalty * at[i];
        square += at[i] * at[i];
      }
      return { value: sum / rows.length + (penalty / 2) * square, gradient };
    },
    async [Symbol.asyncDispose]() {
      for (const { bank } of held) await bank[Symbol.asyncDispose]();
    },
  };
}

export async function fitRegression(
  { columns, classes, variances, evaluate }: Regression,
  penalty: number,
  { tolerance, start }: { readonly tolerance: number; readonly start?: Float64Array | undefined },
) {
  const inverseCurvature = new Float64Array(classes * (columns + 1));
  const curvature = (classes - 1) / classes ** 2;
  for (let c = 0; c < classes; c++) {
    for (let p = 0; p < columns; p++) {
      inverseCurvature[c * columns + p] = 1 / (curvature * variances[p] + penalty);
    }
    inverseCurvature[classes * columns + c] = 1 / curvature;
  }
  const from = start ?? new Float64Array(classes * (columns + 1));
  return minimise((at) => evaluate(at, penalty), from, { inverseCurvature, tolerance });
}

function addSquares({ columns, values }: Matrix, sums: Float64Array, weight: number): void {
  for (let start = 0; start < values.length; start += columns) {
    for (let p = 0; p < columns; p++) sums[p] += weight * values[start + p] * values[start + p];
  }
}

/** The first `count` columns. */
function leading(matrix: Matrix, count: number): Matrix {
  const { rows, columns, values } = matrix;
  if (columns === count) return matrix;
  const kept = new Float32Array(rows * count);
  for (let i = 0; i < rows; i++) {
    kept.set(values.subarray(i * columns, i * columns + count), i * count);
  }
  return { rows, columns: count, values: kept };
}
