/**
 * Ridge: least squares onto one-hot classes, Σ w_i ‖Wx_i + b - y_i‖² / n + penalty ‖W‖² (the bias is
 * free). One reduction, of the smaller of X Xᵀ and Xᵀ X, serves all penalties.
 */
import { gram, type Matrix, shiftedSystems, transpose } from "../measure/index.ts";
import { type Examples, type HeadKind, linearScorer, type Scorer } from "./head.ts";

export const ridgeHead: HeadKind = {
  name: "ridge",
  settings: [10, 1, 1e-1, 1e-2, 1e-3],
  async fit(train, settings, fitting) {
    const { columns } = train.features;
    const centred = lessMeans(train);
    const { rows, mean, share } = centred;
    const solve = rows.rows <= columns ? inRows(train, centred) : inColumns(train, centred);
    return settings.map((penalty): Scorer => {
      // Σ w = n, so that the penalty means the same with and without weights.
      const weights = solve(penalty * rows.rows);
      const bias = share.slice();
      for (let c = 0; c < bias.length; c++) {
        for (let p = 0; p < columns; p++) bias[c] -= weights[c * columns + p] * mean[p];
      }
      return linearScorer(Float32Array.from(weights), bias, fitting);
    });
  },
};

interface Centred {
  /** Less their weighted mean, times √w. */
  readonly rows: Matrix;
  /** √w of each row. */
  readonly roots: Float64Array;
  readonly mean: Float64Array;
  /** Weight of each class among all. */
  readonly share: Float64Array;
}

function lessMeans({ features, codes, classes, weights }: Examples): Centred {
  const { rows: n, columns, values } = features;
  const own = Float64Array.from(codes, (code) => weights[code]);
  const total = own.reduce((sum, weight) => sum + weight, 0);
  const mean = new Float64Array(columns);
  const share = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    const part = own[i] / total;
    share[codes[i]] += part;
    for (let p = 0, at = i * columns; p < columns; p++, at++) mean[p] += part * values[at];
  }
  const roots = own.map(Math.sqrt);
  const moved = new Float32Array(n * columns);
  for (let i = 0; i < n; i++) {
    for (let p = 0, at = i * columns; p < columns; p++, at++) {
      moved[at] = roots[i] * (values[at] - mean[p]);
    }
  }
  return { rows: { rows: n, columns, values: moved }, roots, mean, share };
}

/** Weights `[classes, columns]` at Σ of squares + penalty ‖W‖². */
type Solve = (penalty: number) => Float64Array;

/** W = Yᵀ (X Xᵀ + penalty)⁻¹ X. */
function inRows({ codes, classes }: Examples, { rows, roots, share }: Centred): Solve {
  const { rows: n, columns, values } = rows;
  const targets = new Float64Array(classes * n);
  for (let c = 0; c < classes; c++) {
    for (let i = 0; i < n; i++) {
      targets[c * n + i] = roots[i] * ((codes[i] === c ? 1 : 0) - share[c]);
    }
  }
  const solve = shiftedSystems(gram(rows), n, targets);
  return (penalty) => {
    const along = solve(penalty);
    const weights = new Float64Array(classes * columns);
    for (let c = 0; c < classes; c++) {
      for (let i = 0; i < n; i++) {
        const factor = along[c * n + i];
        for (let p = c * columns, q = i * columns; p < (c + 1) * columns; p++, q++) {
          weights[p] += factor * values[q];
        }
      }
    }
    return weights;
  };
}

/** W = Yᵀ X (Xᵀ X + penalty)⁻¹; as rows sum to 0, Yᵀ X are the sums of each class's rows. */
function inColumns({ codes, classes }: Examples, { rows, roots }: Centred): Solve {
  const { rows: n, columns, values } = rows;
  const moments = new Float64Array(classes * columns);
  for (let i = 0; i < n; i++) {
    for (let p = codes[i] * columns, q = i * columns; q < (i + 1) * columns; p++, q++) {
      moments[p] += roots[i] * values[q];
    }
  }
  return shiftedSystems(gram(transpose(rows)), columns, moments);
}
