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
 * Features are turned to their principal axes first. The penalty does not notice, and there the
 * diagonal guess 1 / (κ σ² + penalty) of the inverse Hessian is a good one, so that L-BFGS needs
 * tens of steps and not hundreds.
 */
import type { Key } from "../../base/index.ts";
import { columnMoments } from "./collapse.ts";
import { symmetricEigen } from "./eigen.ts";
import { crossValidationFolds } from "./folds.ts";
import { type Groups, labelledRows } from "./labels.ts";
import { blocks, type Matrix, type Product, pickRows, rowBlock, transpose } from "./matrix.ts";
import { minimise, type Point } from "./minimise.ts";
import { lessMean } from "./pca.ts";
import { gram, plainProduct } from "./product.ts";
import { sampleRows } from "./spectrum.ts";

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
  const { classes } = train;
  const rows = labelledRows(train.codes);
  const frame = principalFrame(pickRows(train.matrix, rows), key);
  const features = await frame.apply(pickRows(train.matrix, rows), product);
  const codes = Int32Array.from(rows, (row) => train.codes[row]);
  const all = { features, codes, classes };
  const splits = crossValidationFolds(
    { codes, groups: groups && Array.from(rows, (row) => groups[row]) },
    { key, folds, rows: validationRows },
  );
  const validation =
    penalties.length > 1 && splits.length > 1
      ? await validate(all, { splits, penalties, product })
      : [];
  const penalty = bestPenalty(validation) ?? penalties[Math.floor(penalties.length / 2)];
  const fit = await fitAt(problem(all, product), penalty, { tolerance });
  const { weights, bias } = frame.undo(fit.at, classes);
  const predict = async (matrix: Matrix) =>
    highest(await logits(fit.at, classes, await frame.apply(matrix, product), product));
  const { gradientNorm, iterations } = fit;
  return { penalty, validation, gradientNorm, iterations, weights, bias, predict };
}

interface Examples {
  readonly features: Matrix;
  readonly codes: Int32Array;
  readonly classes: number;
}

interface Problem {
  readonly examples: Examples;
  readonly turned: Matrix;
  readonly variances: Float64Array;
  readonly product: Product;
}

function problem(examples: Examples, product: Product): Problem {
  const turned = transpose(examples.features);
  return { examples, turned, variances: columnMoments(examples.features).variances, product };
}

/** Parameters are W `[classes, columns]`, then the bias `[classes]`. */
async function fitAt(
  { examples, turned, variances, product }: Problem,
  penalty: number,
  { tolerance, start }: { readonly tolerance: number; readonly start?: Float64Array },
) {
  const { features, classes } = examples;
  const { columns } = features;
  const inverseCurvature = new Float64Array(classes * (columns + 1));
  // p (1 - p) at the start, where all classes are equally likely.
  const curvature = (classes - 1) / classes ** 2;
  for (let c = 0; c < classes; c++) {
    for (let p = 0; p < columns; p++) {
      inverseCurvature[c * columns + p] = 1 / (curvature * variances[p] + penalty);
    }
    inverseCurvature[classes * columns + c] = 1 / curvature;
  }
  const evaluate = async (at: Float64Array): Promise<Point> => {
    const scores = await logits(at, classes, features, product);
    const loss = softmaxLoss(scores, examples.codes);
    const slope = await product(scores, turned);
    const gradient = new Float64Array(at.length);
    let square = 0;
    for (let i = 0; i < classes * columns; i++) {
      gradient[i] = slope.values[i] + penalty * at[i];
      square += at[i] * at[i];
    }
    for (let c = 0; c < classes; c++) {
      for (let i = c * features.rows; i < (c + 1) * features.rows; i++) {
        gradient[classes * columns + c] += scores.values[i];
      }
    }
    return { value: loss + (penalty / 2) * square, gradient };
  };
  return minimise(evaluate, start ?? new Float64Array(classes * (columns + 1)), {
    inverseCurvature,
    tolerance,
  });
}

/** W · featuresᵀ + bias: `[classes, rows]`, so that neither product needs a transpose. */
async function logits(
  at: Float64Array,
  classes: number,
  features: Matrix,
  product: Product,
): Promise<Matrix> {
  const { rows, columns } = features;
  const weights = Float32Array.from(at.subarray(0, classes * columns));
  const scores = await product({ rows: classes, columns, values: weights }, features);
  for (let c = 0; c < classes; c++) {
    const bias = at[classes * columns + c];
    for (let i = c * rows; i < (c + 1) * rows; i++) scores.values[i] += bias;
  }
  return scores;
}

/** Mean cross-entropy; the logits become its gradient, (softmax - one-hot) / rows, in place. */
function softmaxLoss({ rows: classes, columns: rows, values }: Matrix, codes: Int32Array): number {
  const highestLogit = values.slice(0, rows);
  for (let c = 1; c < classes; c++) {
    for (let i = 0, at = c * rows; i < rows; i++, at++) {
      if (values[at] > highestLogit[i]) highestLogit[i] = values[at];
    }
  }
  let loss = 0;
  for (let i = 0; i < rows; i++) loss += highestLogit[i] - values[codes[i] * rows + i];
  const totals = new Float64Array(rows);
  for (let c = 0; c < classes; c++) {
    for (let i = 0, at = c * rows; i < rows; i++, at++) {
      const power = Math.exp(values[at] - highestLogit[i]);
      values[at] = power;
      totals[i] += power;
    }
  }
  for (let i = 0; i < rows; i++) {
    loss += Math.log(totals[i]);
    totals[i] = 1 / (totals[i] * rows);
  }
  for (let c = 0; c < classes; c++) {
    for (let i = 0, at = c * rows; i < rows; i++, at++) values[at] *= totals[i];
  }
  for (let i = 0; i < rows; i++) values[codes[i] * rows + i] -= 1 / rows;
  return loss / rows;
}

interface Path {
  readonly splits: readonly { readonly fit: Uint32Array; readonly held: Uint32Array }[];
  readonly penalties: readonly number[];
  readonly product: Product;
}

/** Cross-validation needs the penalty's order of magnitude, no more. */
const validationTolerance = 3e-3;

async function validate(all: Examples, { splits, penalties, product }: Path) {
  const parts = splits.map(({ fit, held }) => ({
    problem: problem(choose(all, fit), product),
    held: choose(all, held),
    at: undefined as Float64Array | undefined,
  }));
  const tried: { penalty: number; loss: number }[] = [];
  for (const penalty of penalties) {
    let [loss, count] = [0, 0];
    for (const part of parts) {
      const fit = await fitAt(part.problem, penalty, {
        tolerance: validationTolerance,
        ...(part.at && { start: part.at }),
      });
      part.at = fit.at;
      const scores = await logits(fit.at, all.classes, part.held.features, product);
      loss += softmaxLoss(scores, part.held.codes) * part.held.codes.length;
      count += part.held.codes.length;
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

function choose({ features, codes, classes }: Examples, rows: Uint32Array): Examples {
  return {
    features: pickRows(features, rows),
    codes: Int32Array.from(rows, (row) => codes[row]),
    classes,
  };
}

function highest({ rows: classes, columns: rows, values }: Matrix): Int32Array {
  const predicted = new Int32Array(rows);
  for (let c = 1; c < classes; c++) {
    for (let i = 0; i < rows; i++) {
      if (values[c * rows + i] > values[predicted[i] * rows + i]) predicted[i] = c;
    }
  }
  return predicted;
}

/** Beyond this width the axes would cost more than they save; features then stay unturned. */
const widestTurn = 1024;
const axesRows = 10_000;

/** Centre, scalar and principal axes of the training features, to be applied and undone. */
function principalFrame(train: Matrix, key: Key) {
  const { columns } = train;
  const { means, variances } = columnMoments(train);
  const variance = variances.reduce((sum, value) => sum + value / columns, 0);
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 1;
  const axes = columns <= widestTurn ? principalAxes(train, means, key) : undefined;
  const apply = async (matrix: Matrix, product: Product): Promise<Matrix> => {
    const values = new Float32Array(matrix.values.length);
    for (const [from, to] of blocks(matrix.rows)) {
      const centred = lessMean(rowBlock(matrix, from, to), means);
      const turned = axes ? await product(centred, axes) : centred;
      values.set(
        turned.values.map((value) => value * scale),
        from * columns,
      );
    }
    return { rows: matrix.rows, columns, values };
  };
  const undo = (at: Float64Array, classes: number) => {
    const weights = new Float64Array(classes * columns);
    const bias = at.slice(classes * columns);
    for (let c = 0; c < classes; c++) {
      for (let p = 0; p < columns; p++) {
        const weight = at[c * columns + p] * scale;
        if (!axes) weights[c * columns + p] = weight;
        for (let q = 0; axes && q < columns; q++) {
          weights[c * columns + q] += weight * axes.values[p * columns + q];
        }
      }
      for (let q = 0; q < columns; q++) bias[c] -= weights[c * columns + q] * means[q];
    }
    return { weights, bias };
  };
  return { apply, undo };
}

function principalAxes(train: Matrix, means: Float64Array, key: Key): Matrix {
  const { columns } = train;
  const sample = lessMean(sampleRows(train, axesRows, key), means);
  const { vectors } = symmetricEigen(gram(transpose(sample)), columns, { vectors: true });
  return { rows: columns, columns, values: Float32Array.from(vectors) };
}
