/** What is made of primitives: means, normalisation, activations, one-hot rows. */
import {
  add,
  constant,
  divide,
  equal,
  exp,
  log,
  max,
  maximum,
  multiply,
  negate,
  type Operand,
  reshape,
  sqrt,
  stopGradient,
  subtract,
  sum,
} from "./builders.ts";
import type { Tensor } from "./node.ts";

interface Kept {
  readonly keepDimensions?: boolean;
}

export function mean(x: Tensor, axes?: readonly number[], kept: Kept = {}): Tensor {
  const reduced = sum(x, axes, kept);
  const count = sizeOf(x) / Math.max(1, sizeOf(reduced));
  return multiply(reduced, 1 / count);
}

/** Divided by the count minus `correction` (1 gives the unbiased estimate). */
export function variance(
  x: Tensor,
  axes: readonly number[],
  { correction = 0, keepDimensions = false }: Kept & { correction?: number } = {},
): Tensor {
  const centred = subtract(x, mean(x, axes, { keepDimensions: true }));
  const squares = sum(square(centred), axes, { keepDimensions });
  const count = sizeOf(x) / Math.max(1, sizeOf(squares));
  return multiply(squares, 1 / (count - correction));
}

export function square(x: Tensor): Tensor {
  return multiply(x, x);
}

export function minimum(left: Operand, right: Operand): Tensor {
  const flip = (x: Operand) => (typeof x === "number" ? -x : negate(x));
  return negate(maximum(flip(left), flip(right)));
}

export function sigmoid(x: Tensor): Tensor {
  return divide(1, add(1, exp(negate(x))));
}

/** x / max(‖x‖₂, epsilon) along the last axis, as `torch.nn.functional.normalize` defines it. */
export function l2Normalise(x: Tensor, epsilon = 1e-12): Tensor {
  const squares = sum(square(x), [-1], { keepDimensions: true });
  return divide(x, sqrt(maximum(squares, epsilon * epsilon)));
}

/** log Σ exp along one axis, shifted by the maximum so that nothing overflows. */
export function logSumExp(x: Tensor, axis: number): Tensor {
  const shift = stopGradient(max(x, [axis], { keepDimensions: true }));
  const total = sum(exp(subtract(x, shift)), [axis]);
  return add(log(total), reshape(shift, total.shape));
}

/** indexes i32 [n] → [n, classes], 1 where the index is the class. */
export function oneHot(indexes: Tensor, classes: number): Tensor {
  const columns = constant(
    Array.from({ length: classes }, (_, i) => i),
    [1, classes],
    "i32",
  );
  return equal(reshape(indexes, [indexes.shape[0], 1]), columns);
}

function sizeOf({ shape }: Tensor): number {
  return shape.reduce((product, size) => product * size, 1);
}
