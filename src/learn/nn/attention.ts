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
import { truncatedNormal, zeros } from "./initialise.ts";
import type { Initialiser, Layer } from "./layer.ts";
import { linear } from "./linear.ts";

const weights = truncatedNormal(0.02);
const initialise: Initialiser = (key, shape) =>
  shape.length === 1 ? zeros(key, shape) : weights(key, shape);

/** x [n, tokens, width] → the same shape; `heads` divides `width`. */
export function attention(
  name: string,
  { width, heads }: { readonly width: number; readonly heads: number },
): Layer {
  const each = width / heads;
  const qkv = linear(`${name}/qkv`, { from: width, to: 3 * width, initialise });
  const output = linear(`${name}/output`, { from: width, to: width, initialise });
  return {
    parameters: [...qkv.parameters, ...output.parameters],
    state: [],
    apply(tree, x, mode) {
      const [n, tokens] = x.shape;
      const all = qkv.apply(tree, x, mode).y;
      const part = (i: number): Tensor => {
        const mine = slice(all, [0, 0, i * width], [n, tokens, (i + 1) * width]);
        return transpose(reshape(mine, [n, tokens, heads, each]), [0, 2, 1, 3]);
      };
      const scores = multiply(matmul(part(0), transpose(part(1))), 1 / Math.sqrt(each));
      const mixed = transpose(matmul(softmax(scores), part(2)), [0, 2, 1, 3]);
      return output.apply(tree, reshape(mixed, [n, tokens, width]), mode);
    },
  };
}
