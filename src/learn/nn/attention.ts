/** Multi-head self-attention (Vaswani et al. 2017, §3.2) with one projection for q, k and v. */
import {
  matmul,
  multiply,
  reshape,
  slice,
  softmax,
  type Tensor,
  transpose,
} from "../../engine/index.ts";
import { transformerInitial } from "./initialise.ts";
import type { Layer } from "./layer.ts";
import { linear } from "./linear.ts";

/**
 * x [n, tokens, width] → the same shape; `heads` divides `width`. One transposition brings q, k and v
 * of every head together, so that each is a contiguous part [n · heads, tokens, width / heads].
 */
export function attention(
  name: string,
  { width, heads }: { readonly width: number; readonly heads: number },
): Layer {
  const each = width / heads;
  const initialise = transformerInitial;
  const qkv = linear(`${name}/qkv`, { from: width, to: 3 * width, initialise });
  const output = linear(`${name}/output`, { from: width, to: width, initialise });
  return {
    parameters: [...qkv.parameters, ...output.parameters],
    state: [],
    apply(tree, x, mode) {
      const [n, tokens] = x.shape;
      const rows = n * heads;
      const all = reshape(qkv.apply(tree, x, mode).y, [n, tokens, 3, heads, each]);
      const apart = reshape(transpose(all, [2, 0, 3, 1, 4]), [3 * rows, tokens, each]);
      const part = (i: number): Tensor =>
        slice(apart, [i * rows, 0, 0], [(i + 1) * rows, tokens, each]);
      const query = multiply(part(0), 1 / Math.sqrt(each));
      const mixed = matmul(softmax(matmul(query, transpose(part(1)))), part(2));
      const together = transpose(reshape(mixed, [n, heads, tokens, each]), [0, 2, 1, 3]);
      return output.apply(tree, reshape(together, [n, tokens, width]), mode);
    },
  };
}
