/**
 * Linear probe: multinomial logistic regression on frozen features, minimising
 * mean cross-entropy + penalty / 2 · ‖W‖² (the bias is free). The paper used scikit-learn's
 * LinearSVC [from memory]; this is the field's more usual probe (Chen et al. 2020), and calibrated.
 *
 * Features are centred and divided by one scalar, the root mean variance of a dimension, both from
 * training rows: single dimensions are not rescaled, which would undo what was learnt. The penalty
 * comes from cross-validation on training rows alone (lowest mean cross-entropy on held-out rows;
 * whole groups are held out together), on at most 4,000 random rows, from strong to weak, each
 * started at the last one's solution, ending when it has become worse.
 *
 * Features are turned to their principal axes first (`principal-frame`). The penalty does not notice,
 * and there L-BFGS needs tens of steps and not hundreds (`softmax-regression`).
 */
import type { Key } from "../../base/index.ts";
import { openBank } from "./bank.ts";
import { crossValidationFolds } from "./folds.ts";
import { type Groups, labelledRows } from "./labels.ts";
import { blocks, type Matrix, type Product, rowBlock } from "./matrix.ts";
import { type Frame, openTurning, outOfFrame, principalFrame } from "./principal-frame.ts";
import { plainProduct } from "./product.ts";
import {
  type Examples,
  fitRegression,
  openRegression,
  type Regression,
} from "./softmax-regression.ts";

export interface ProbeOptions {
  readonly key: Key;
  readonly groups?: Groups | undefined;
  /** From strong to weak; a single one is taken without cross-validation. */
  readonly penalties?: readonly number[];
  readonly folds?: number;
  /** Most rows that cross-validation looks at. */
  readonly validationRows?: number;
  /** Norm of the gradient at which the last fit stops. */
  readonly tolerance?: number;
  readonly product?: Product;
}

export interface Probe {
  readonly penalty: number;
  /** Mean held-out cross-entropy of the penalties that were tried, in order. */
  readonly validation: readonly { readonly penalty: number; readonly loss: number }[];
  readonly gradientNorm: number;
  readonly iterations: number;
  /** `[classes, columns]` and `[classes]`, for features as they come. */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
  predict(matrix: Matrix): Promise<Int32Array>;
}

export const probeDefaults = {
  penalties: [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5],
  folds: 3,
  validationRows: 3000,
  tolerance: 1e-4,
};

export async function fitProbe(
  train: { readonly matrix: Matrix; readonly codes: Int32Array; readonly classes: number },
  options: ProbeOptions,
): Promise<Probe> {
  const { key, groups, folds, penalties, validationRows, tolerance } = {
    ...probeDefaults,
    ...options,
  };
  const product = options.product ?? plainProduct;
  const { matrix, classes } = train;
  const rows = labelledRows(train.codes);
  const codes = Int32Array.from(rows, (row) => train.codes[row]);
  const frame = await principalFrame(train, { key, product });
  const all = { matrix, rows, codes, classes };
  const splits = crossValidationFolds(
    { codes, groups: groups && Array.from(rows, (row) => groups[row]) },
    { key, folds, rows: validationRows },
  );
  const validation =
    penalties.length > 1 && splits.length > 1
      ? await validate(all, { splits, penalties, frame, product })
      : [];
  const penalty = bestPenalty(validation) ?? penalties[Math.floor(penalties.length / 2)];
  await using regression = await openRegression(all, { frame, product });
  const { at, gradientNorm, iterations } = await fitRegression(regression, penalty, { tolerance });
  const { weights, bias } = outOfFrame(frame, at, classes);
  const predict = (test: Matrix) => predictions(test, at, { frame, classes, product });
  return { penalty, validation, gradientNorm, iterations, weights, bias, predict };
}

interface Path {
  readonly splits: readonly { readonly fit: Uint32Array; readonly held: Uint32Array }[];
  readonly penalties: readonly number[];
  readonly frame: Frame;
  readonly product: Product;
}

/** Cross-validation needs the penalty's order of magnitude, no more. */
const validationTolerance = 3e-3;

/** What one split of the cross-validation fits on and is judged by. */
interface Part {
  readonly fit: Regression;
  readonly held: Regression;
  readonly weight: number;
  at?: Float64Array;
}

async function validate(all: Examples, { splits, penalties, frame, product }: Path) {
  const parts: Part[] = [];
  try {
    for (const { fit, held } of splits) {
      const open = (rows: Uint32Array) => openRegression(choose(all, rows), { frame, product });
      parts.push({ fit: await open(fit), held: await open(held), weight: held.length });
    }
    return await tryPenalties(parts, penalties);
  } finally {
    for (const { fit, held } of parts) {
      await fit[Symbol.asyncDispose]();
      await held[Symbol.asyncDispose]();
    }
  }
}

/** Penalty by penalty over all parts, each fit started at its part's last one. */
async function tryPenalties(parts: readonly Part[], penalties: readonly number[]) {
  const tolerance = validationTolerance;
  const tried: { penalty: number; loss: number }[] = [];
  for (const penalty of penalties) {
    let [loss, count] = [0, 0];
    for (const part of parts) {
      const { at } = await fitRegression(part.fit, penalty, { tolerance, start: part.at });
      part.at = at;
      loss += (await part.held.loss(at)) * part.weight;
      count += part.weight;
    }
    const best = Math.min(...tried.map((attempt) => attempt.loss));
    tried.push({ penalty, loss: loss / count });
    if (loss / count > best) break;
  }
  return tried;
}

function bestPenalty(
  tried: readonly { readonly penalty: number; readonly loss: number }[],
): number | undefined {
  return tried.toSorted((a, b) => a.loss - b.loss)[0]?.penalty;
}

function choose({ matrix, rows, codes, classes }: Examples, chosen: Uint32Array): Examples {
  return {
    matrix,
    rows: chosen.map((at) => rows[at]),
    codes: Int32Array.from(chosen, (at) => codes[at]),
    classes,
  };
}

interface Fitted {
  readonly frame: Frame;
  readonly classes: number;
  readonly product: Product;
}

/** Rows that are predicted at once. */
const rowsAtOnce = 4096;

async function predictions(
  test: Matrix,
  at: Float64Array,
  { frame, classes, product }: Fitted,
): Promise<Int32Array> {
  const { columns } = test;
  const size = Math.min(rowsAtOnce, test.rows);
  await using turning = await openTurning(frame, { product, rows: size });
  await using bank = await openBank(product, { rows: classes, columns, queries: size });
  const weights = Float32Array.from(at.subarray(0, classes * columns));
  await bank.hold({ rows: classes, columns, values: weights });
  const bias = at.subarray(classes * columns);
  const predicted = new Int32Array(test.rows);
  for (const [from, to] of blocks(test.rows, size)) {
    const scores = await bank.times(await turning.apply(rowBlock(test, from, to)));
    for (let i = 0; i < to - from; i++) {
      let [best, most] = [0, Number.NEGATIVE_INFINITY];
      for (let c = 0; c < classes; c++) {
        const value = scores.values[i * scores.columns + c] + bias[c];
        if (value > most) [best, most] = [c, value];
      }
      predicted[from + i] = best;
    }
  }
  return predicted;
}
