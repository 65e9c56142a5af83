/**
 * Axes along which the rows of a matrix are longest: nearly the leading eigenvectors of their second
 * moments, in falling order, by orthogonal iteration (Golub, Van Loan, Matrix Computations, 4th ed.,
 * §8.2.4) from rows of the matrix. What is built on them has to hold for any axes: how far these are
 * from orthonormal is measured, and how far from eigenvectors does not matter.
 */
import { type Matrix, type Product, pickRows, transpose } from "./matrix.ts";
import { gram } from "./product.ts";

export interface LeadingAxes {
  /** V: `[≤ count, columns]`. */
  readonly axes: Matrix;
  /** ‖V Vᵀ - I‖, Frobenius: 0 for orthonormal axes. */
  readonly deviation: number;
}

/**
 * Multiplications by the moments, and after each number of them rows are made orthonormal. Each divides
 * what an axis has of later ones by the ratio of their eigenvalues, but also adds to what all rows have
 * of the first: more than two would drown the rest in float32.
 */
const multiplications = [1, 2];

/** Of the rows as they are, not centred; fewer than `count` where the rows span no more. */
export async function leadingAxes(
  rows: Matrix,
  { count, product }: { readonly count: number; readonly product: Product },
): Promise<LeadingAxes> {
  const turned = transpose(rows);
  const moments = await product(turned, turned);
  const some = Math.min(count, rows.rows);
  let axes = pickRows(
    rows,
    Array.from({ length: some }, (_, i) => Math.floor((i * rows.rows) / some)),
  );
  for (const times of multiplications) {
    for (let i = 0; i < times; i++) axes = await product(axes, moments);
    axes = await orthonormal(axes, product);
  }
  // Once more, of what is nearly orthonormal: the product before was rounded to float32.
  axes = await orthonormal(axes, product);
  return { axes, deviation: deviationOf(axes) };
}

/** Squares of what is left of a row, beside its own, at which it depends on those before it. */
const dependent = 1e-12;

/** L⁻¹ A with A Aᵀ = L Lᵀ (Cholesky, float64): Gram–Schmidt, without the rows that depend on others. */
async function orthonormal(matrix: Matrix, product: Product): Promise<Matrix> {
  const n = matrix.rows;
  const products = gram(matrix);
  const kept: number[] = [];
  const lower: Float64Array[] = [];
  const inverse: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const along = new Float64Array(kept.length + 1);
    const combination = new Float64Array(n);
    combination[i] = 1;
    let left = products[i * n + i];
    for (let j = 0; j < kept.length; j++) {
      let sum = products[i * n + kept[j]];
      for (let t = 0; t < j; t++) sum -= along[t] * lower[j][t];
      along[j] = sum / lower[j][j];
      left -= along[j] * along[j];
      for (let t = 0; t <= kept[j]; t++) combination[t] -= along[j] * inverse[j][t];
    }
    if (!(left > dependent * products[i * n + i])) continue;
    along[kept.length] = Math.sqrt(left);
    kept.push(i);
    lower.push(along);
    inverse.push(combination.map((value) => value / Math.sqrt(left)));
  }
  const values = new Float32Array(kept.length * n);
  for (const [j, row] of inverse.entries()) values.set(row, j * n);
  return product({ rows: kept.length, columns: n, values }, transpose(matrix));
}

function deviationOf(axes: Matrix): number {
  const { rows: n } = axes;
  const squares = gram(axes).reduce((sum, value, at) => {
    const own = at % (n + 1) === 0 ? 1 : 0;
    return sum + (value - own) ** 2;
  }, 0);
  return Math.sqrt(squares);
}
