/**
 * Ridge: least squares onto one-hot classes, Σ w_i ‖Wx_i + b - y_i‖² / n + penalty ‖W‖² (the bias is
 * free). One eigendecomposition, of the smaller of X Xᵀ and Xᵀ X, serves all penalties.
 */
import { type Matrix, symmetricEigen } from "../measure/index.ts";
import { type Examples, type HeadKind, linearScorer, type Scorer } from "./head.ts";

export const ridgeHead: HeadKind = {
  name: "ridge",
  settings: [10, 1, 1e-1, 1e-2, 1e-3],
  async fit(train, settings, fitting) {
    const { classes } = train;
    const { columns } = train.features;
    const { rows, targets, mean, share } = centred(train);
    const solve =
      rows.rows <= columns ? inRows(rows, targets, classes) : inColumns(rows, targets, classes);
    return settings.map((penalty): Scorer => {
      // Σ w = n, so that the penalty means the same with and without weights.
      const weights = solve(penalty * rows.rows);
      const bias = share.slice();
      for (let c = 0; c < classes; c++) {
        for (let p = 0; p < columns; p++) bias[c] -= weights[c * columns + p] * mean[p];
      }
      return linearScorer(Float32Array.from(weights), bias, fitting);
    });
  },
};

/** Rows and one-hot targets less their weighted means, times √w. */
function centred({ features, codes, classes, weights }: Examples) {
  const { rows: n, columns, values } = features;
  const own = Float64Array.from(codes, (code) => weights[code]);
  const total = own.reduce((sum, weight) => sum + weight, 0);
  const mean = new Float64Array(columns);
  const share = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    share[codes[i]] += own[i] / total;
    for (let p = 0; p < columns; p++) mean[p] += (own[i] / total) * values[i * columns + p];
  }
  const rows = { rows: n, columns, values: new Float64Array(n * columns) };
  const targets = new Float64Array(n * classes);
  for (let i = 0; i < n; i++) {
    const root = Math.sqrt(own[i]);
    for (let p = 0; p < columns; p++) {
      rows.values[i * columns + p] = root * (values[i * columns + p] - mean[p]);
    }
    for (let c = 0; c < classes; c++) {
      targets[i * classes + c] = root * ((codes[i] === c ? 1 : 0) - share[c]);
    }
  }
  return { rows, targets, mean, share };
}

interface Rows extends Omit<Matrix, "values"> {
  readonly values: Float64Array;
}

/** Weights `[classes, columns]` at Σ of squares + penalty ‖W‖². */
type Solve = (penalty: number) => Float64Array;

/** W = Yᵀ U (S + penalty)⁻¹ Uᵀ X with X Xᵀ = U S Uᵀ. */
function inRows(rows: Rows, targets: Float64Array, classes: number): Solve {
  const { rows: n, columns, values } = rows;
  const { values: spectrum, vectors } = symmetricEigen(productsOf(values, n, columns), n, {
    vectors: true,
  });
  const along = times(vectors, targets, { rows: n, inner: n, columns: classes });
  const turned = times(vectors, values, { rows: n, inner: n, columns });
  return (penalty) => shrunk(along, turned, { spectrum, penalty, classes, columns });
}

/** W = Yᵀ X V (S + penalty)⁻¹ Vᵀ with Xᵀ X = V S Vᵀ. */
function inColumns(rows: Rows, targets: Float64Array, classes: number): Solve {
  const { rows: n, columns, values } = rows;
  const turnedRows = transposed(values, n, columns);
  const { values: spectrum, vectors } = symmetricEigen(
    productsOf(turnedRows, columns, n),
    columns,
    { vectors: true },
  );
  const moments = times(turnedRows, targets, { rows: columns, inner: n, columns: classes });
  const along = times(vectors, moments, { rows: columns, inner: columns, columns: classes });
  return (penalty) => shrunk(along, vectors, { spectrum, penalty, classes, columns });
}

/** Σ_k along[k, c] · axes[k, p] / (s_k + penalty). */
function shrunk(
  along: Float64Array,
  axes: Float64Array,
  terms: {
    readonly spectrum: Float64Array;
    readonly penalty: number;
    readonly classes: number;
    readonly columns: number;
  },
): Float64Array {
  const { spectrum, penalty, classes, columns } = terms;
  const weights = new Float64Array(classes * columns);
  for (let k = 0; k < spectrum.length; k++) {
    const shrink = 1 / (Math.max(0, spectrum[k]) + penalty);
    for (let c = 0; c < classes; c++) {
      const factor = along[k * classes + c] * shrink;
      for (let p = 0; p < columns; p++) weights[c * columns + p] += factor * axes[k * columns + p];
    }
  }
  return weights;
}

/** A · Aᵀ of `[n, columns]`. */
function productsOf(values: Float64Array, n: number, columns: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let a = i * columns, b = j * columns; a < (i + 1) * columns; a++, b++) {
        sum += values[a] * values[b];
      }
      out[i * n + j] = sum;
      out[j * n + i] = sum;
    }
  }
  return out;
}

interface Sizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** `[rows, inner]` · `[inner, columns]`. */
function times(a: Float64Array, b: Float64Array, { rows, inner, columns }: Sizes): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k];
      for (let j = 0; j < columns; j++) out[i * columns + j] += factor * b[k * columns + j];
    }
  }
  return out;
}

function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j];
  }
  return out;
}
