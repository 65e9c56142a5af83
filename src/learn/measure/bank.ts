/** Opens banks of right operands, and says how wrong a float32 dot product can be. */
import { type Bank, type BankSize, type Matrix, type Product, transpose } from "./matrix.ts";

/** A bank where the product is computed if it offers one, else one that calls the product. */
export async function openBank(product: Product, size: BankSize): Promise<Bank> {
  return product.bank ? await product.bank(size) : bankOf(product);
}

function bankOf(product: Product): Bank {
  let held: Matrix = { rows: 0, columns: 0, values: new Float32Array(0) };
  let turned: Matrix | undefined;
  return {
    async hold(right) {
      held = { ...right, values: right.values.slice() };
      turned = undefined;
    },
    times: (left) => product(left, held),
    sums(left) {
      turned ??= transpose(held);
      return product(left, turned);
    },
    async [Symbol.asyncDispose]() {
      held = { rows: 0, columns: 0, values: new Float32Array(0) };
      turned = undefined;
    },
  };
}

/**
 * Bound of |fl(x · y) - x · y| / (‖x‖ ‖y‖) in float32 over d columns, whatever the order of summing,
 * fused or not: γ_k = k u / (1 - k u), u = 2^-24 (Higham, Accuracy and Stability of Numerical
 * Algorithms, 2nd ed., §3.1), with k = d + `roundings` for operands that were rounded to float32 on
 * the way, and Cauchy–Schwarz for |x|ᵀ|y|.
 */
export function dotError(columns: number, roundings: number): number {
  const k = (columns + roundings) * 2 ** -24;
  return k / (1 - k);
}
