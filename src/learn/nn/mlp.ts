/** A multi-layer perceptron with batch norm and ReLU between its layers: the usual projector. */
import { relu } from "../../engine/index.ts";
import { batchNorm } from "./batch-norm.ts";
import { pure, sequence, within } from "./combine.ts";
import type { Layer } from "./layer.ts";
import { linear } from "./linear.ts";

/**
 * `sizes` are the outputs of its layers. All but the last are linear (no bias), batch norm, ReLU; the
 * last is linear with a bias if `lastBias`.
 */
export function mlp({
  from,
  sizes,
  lastBias = false,
}: {
  readonly from: number;
  readonly sizes: readonly number[];
  readonly lastBias?: boolean;
}): Layer {
  const layers = sizes.map((to, i) => {
    const before = i === 0 ? from : sizes[i - 1];
    const last = i === sizes.length - 1;
    const product = linear("linear", { from: before, to, bias: last && lastBias });
    const parts = last ? [product] : [product, batchNorm("norm", to), pure(relu)];
    return within(`layer${i + 1}`, sequence(parts));
  });
  return sequence(layers);
}
