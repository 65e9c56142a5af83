/**
 * Axes along which the rows of a matrix are longest: nearly the leading eigenvectors of their second
 * moments, in falling order, by orthogonal iteration (Golub, Van Loan, Matrix Computations, 4th ed.,
 * §8.2.4) from rows of the matrix. What is built on them has to hold for any axes: how far these are
 * from orthonormal is measured, and how far from eigenvectors does not matter.
 */
import { type Matrix, matrix, type Product, pickRows, transpose } from "./matrix.ts";
import { gram } from "./product.ts";

export interface LeadingAxes {
  /** V: `[count, columns]`; zeros at the end where the rows span no more. */
  readonly axes: Matrix;
  /** ‖V Vᵀ - I‖ of those that are not zeros, Frobenius: 0 for orthonormal ones. */
  readonly deviation: number;
}

/**
 * Each divides what an axis has of later ones by the ratio of their eigenvalues. Rows are made
 * orthonormal after each: what all have of the first axes would drown the rest in float32.
 */
const iterations = 3;

/** Xᵀ X of the rows as they are, not centred. */
export function secondMoments(rows: Matrix, product: Product): Promise<Matrix> {
  const turned = transpose(rows);
  return product(turned, turned);
}

interface Asked {
  readonly count: number;
  readonly product: Product;
  /** Of the rows, if they are known. */
  readonly moments?: Matrix;
}

export async function leadingAxes(rows: Matrix, asked: Asked): Promise<LeadingAxes> {
  const { count, product } = asked;
  const moments = asked.moments ?? (await secondMoments(rows, product));
  const some = Math.min(count, rows.rows);
  let found = pickRows(
    rows,
    Array.from({ length: some }, (_, i) => Math.floor((i * rows.rows) / some)),
  );
  for (let i = 0; i < iterations; i++) {
    found = await orthonormal(await product(found, moments), product);
  }
  // Once more, of what is nearly orthonormal: the product before was rounded to float32.
  found = await orthonormal(found, product);
  const axes = matrix(count, rows.columns);
  axes.values.set(found.values);
  return { axes, deviation: deviationOf(found) };
}

/** Squares of what is left of a row, beside its own, at which it depends on those before it. */
const dependent = 1e-12;

/** L⁻¹ A with A Aᵀ = L Lᵀ (Cholesky, float64): Gram–Schmidt, without the rows that depend on others. */
async function orthonormal(given: Matrix, product: Product): Promise<Matrix> {
  const n = given.rows;
  const products = gram(given);
  const kept: number[] = [];
  const lower: Float64Array[] = [];
  const inverse: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const along = new Float64Array(kept.length + 1);
    const combination = new Float64Array(n);
    combination[i] = 1;
    let left = products[i * n + i];
    for (let j = 0; j < kept.length; j++) {
      const [row, other] = [lower[j], inverse[j]];
      let [even, odd] = [products[i * n + kept[j]], 0];
      let t = 0;
      for (; t + 1 < j; t += 2) {
        even -= along[t] * row[t];
        odd -= along[t + 1] * row[t + 1];
      }
      if (t < j) even -= along[t] * row[t];
      const factor = (even + odd) / row[j];
      along[j] = factor;
      left -= factor * factor;
      for (let t = 0, end = kept[j]; t <= end; t++) combination[t] -= factor * other[t];
    }
    if (!(left > dependent * products[i * n + i])) continue;
    along[kept.length] = Math.sqrt(left);
    kept.push(i);
    lower.push(along);
    inverse.push(combination.map((value) => value / Math.sqrt(left)));
  }
  const values = new Float32Array(kept.length * n);
  for (const [j, row] of inverse.entries()) values.set(row, j * n);
  return product({ rows: kept.length, columns: n, values }, transpose(given));
}

function deviationOf(axes: Matrix): number {
  const { rows: n } = axes;
  const squares = gram(axes).reduce((sum, value, at) => {
    const own = at % (n + 1) === 0 ? 1 : 0;
    return sum + (value - own) ** 2;
  }, 0);
  return Math.sqrt(squares);
}
