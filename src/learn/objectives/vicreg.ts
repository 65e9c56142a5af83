/** The variance-invariance-covariance loss of VICReg. */
import {
  add,
  matmul,
  mean,
  multiply,
  relu,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  transpose,
  variance,
} from "../../engine/index.ts";
import type { Terms } from "./terms.ts";

export interface VicregWeights {
  readonly invariance: number;
  readonly variance: number;
  readonly covariance: number;
}

export const vicregWeights: VicregWeights = { invariance: 25, variance: 25, covariance: 1 };

const epsilon = 1e-4;
const target = 1;

/**
 * Bardes, Ponce, LeCun, "VICReg", ICLR 2022, equations 1–6, with the constants of the official code
 * (facebookresearch/vicreg, main_vicreg.py), z and z' being [n, d]:
 *
 *   invariance  s = mean (z - z')²                                   (over n and d)
 *   variance    v = ½ Σ over views of mean_j relu(1 - √(Var_j + 1e-4))   (Var divided by n - 1)
 *   covariance  c = Σ over views of Σ_{i≠j} C_ij² / d                  (C divided by n - 1)
 *   loss = 25 s + 25 v + 1 c
 *
 * Two deviations of the official code from the paper are kept: s is the mean over elements, where
 * equation 5 sums over d; v carries a ½, where equation 6 has none. solo-learn drops that ½ (its
 * variance weight of 25 is 50 here); lightly keeps it.
 */
export function vicreg(
  first: Tensor,
  second: Tensor,
  weights: VicregWeights = vicregWeights,
): Terms {
  const s = mean(square(subtract(first, second)));
  const v = multiply(add(hinge(first), hinge(second)), 0.5);
  const c = add(offDiagonal(first), offDiagonal(second));
  const invariance = multiply(s, weights.invariance);
  const spread = multiply(v, weights.variance);
  const regularisation = add(spread, multiply(c, weights.covariance));
  const parts = { variance: v, covariance: c };
  return { loss: add(invariance, regularisation), invariance, regularisation, parts };
}

/** How far each dimension's deviation falls short of 1, on average. */
function hinge(z: Tensor): Tensor {
  const deviation = sqrt(add(variance(z, [0], { correction: 1 }), epsilon));
  return mean(relu(subtract(target, deviation)));
}

/** Σ_{i≠j} C_ij² / d, as the sum over all less the sum over the diagonal. */
function offDiagonal(z: Tensor): Tensor {
  const [n, d] = z.shape;
  const centred = subtract(z, mean(z, [0], { keepDimensions: true }));
  const covariance = multiply(matmul(transpose(centred), centred), 1 / (n - 1));
  const diagonal = multiply(sum(square(centred), [0]), 1 / (n - 1));
  return multiply(subtract(sum(square(covariance)), sum(square(diagonal))), 1 / d);
}
