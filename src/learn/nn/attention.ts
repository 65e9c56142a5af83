/** Multi-head self-attention (Vaswani et al. 2017, §3.2) with one projection for q, k and v. */
import { matmul, multiply, reshape, slice, softmax, transpose } from "../../engine/index.ts";
import { transformerInitial } from "./initialise.ts";
import type { Layer } from "./layer.ts";
import { linear } from "./linear.ts";

/**
 * x [n, tokens, width] → the same shape; `heads` divides `width`. q, k and v are parts of one transposed
 * product, [n, heads, tokens, width / heads] each: views, where an executor multiplies what lies with gaps.
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
      const all = reshape(qkv.apply(tree, x, mode).y, [n, tokens, 3, heads, each]);
      const apart = transpose(all, [2, 0, 3, 1, 4]);
      const [query, key, value] = [0, 1, 2].map((i) => {
        const part = slice(apart, [i, 0, 0, 0, 0], [i + 1, n, heads, tokens, each]);
        return reshape(part, [n, heads, tokens, each]);
      });
      const scores = multiply(matmul(query, transpose(key)), 1 / Math.sqrt(each));
      const together = transpose(matmul(softmax(scores), value), [0, 2, 1, 3]);
      return output.apply(tree, reshape(together, [n, tokens, width]), mode);
    },
  };
}
