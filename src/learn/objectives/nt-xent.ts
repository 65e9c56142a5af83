/** NT-Xent, the contrastive loss of SimCLR. */
import {
  add,
  concatenate,
  constant,
  divide,
  l2Normalise,
  logSumExp,
  matmul,
  mean,
  multiply,
  negate,
  oneHot,
  select,
  sum,
  type Tensor,
  transpose,
} from "../../engine/index.ts";
import type { Terms } from "./terms.ts";

/** Far below any cosine / temperature, and finite: its exponential is exactly zero. */
const excluded = -1e9;

/**
 * Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020,
 * equation 1, averaged over all 2n views:
 *
 *   ℓ(i, j) = -log( exp(cos(zᵢ, zⱼ)/τ) / Σ_{k≠i} exp(cos(zᵢ, zₖ)/τ) )
 *
 * Its numerator, -mean cos(zᵢ, zⱼ)/τ, is the invariance term; its denominator, the mean log-sum-exp
 * over k ≠ i (the positive included, as published), the regularisation term. No deviation.
 *
 * first, second: [n, d]; temperature: a scalar, so that it may change from step to step.
 */
export function ntXent(first: Tensor, second: Tensor, temperature: Tensor): Terms {
  const [n] = first.shape;
  const [a, b] = [l2Normalise(first), l2Normalise(second)];
  const z = concatenate([a, b]);
  const similarities = divide(matmul(z, transpose(z)), temperature);
  const others = select(identity(2 * n), excluded, similarities);
  const positives = divide(sum(multiply(a, b), [1]), temperature);
  const invariance = negate(mean(positives));
  const regularisation = mean(logSumExp(others, 1));
  return { loss: add(invariance, regularisation), invariance, regularisation, parts: {} };
}

/** [n, n], built from n indexes so that the graph does not hold n² numbers. */
function identity(n: number): Tensor {
  const indexes = Array.from({ length: n }, (_, i) => i);
  return oneHot(constant(indexes, [n], "i32"), n);
}
