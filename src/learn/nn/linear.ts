/** x · W + b along the last axis; W is [from, to], as it is multiplied. */
import { add, matmul } from "../../engine/index.ts";
import { uniformByFan } from "./initialise.ts";
import type { Initialiser, Layer, ParameterSpec } from "./layer.ts";

interface Linear {
  readonly from: number;
  readonly to: number;
  readonly bias?: boolean;
  /** For weights and bias alike; by default PyTorch's. */
  readonly initialise?: Initialiser;
}

/** x [..., from] → [..., to]. */
export function linear(
  name: string,
  { from, to, bias = true, initialise = uniformByFan(from) }: Linear,
): Layer {
  const [weight, shift] = [`${name}/weight`, `${name}/bias`];
  const parameters: readonly ParameterSpec[] = [
    { name: weight, shape: [from, to], initialise, role: "weight" },
    { name: shift, shape: [to], initialise, role: "bias" },
  ];
  return {
    parameters: bias ? parameters : parameters.slice(0, 1),
    state: [],
    apply(tree, x) {
      const product = matmul(x, tree[weight]);
      return { y: bias ? add(product, tree[shift]) : product, updates: {}, taps: {} };
    },
  };
}
