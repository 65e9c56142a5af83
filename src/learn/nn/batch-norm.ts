/** Batch normalisation with running statistics, in PyTorch's convention. */
import {
  add,
  batchNormInference,
  batchNorm as batchNormOp,
  multiply,
  type Tensor,
} from "../../engine/index.ts";
import { ones, zeros } from "./initialise.ts";
import type { Layer } from "./layer.ts";

/**
 * x [n, channels, ...], over all axes but the second. In training the batch's own mean and biased
 * variance normalise; running ← (1 - momentum)·running + momentum·batch, where the variance that
 * enters is the unbiased one. In evaluation the running statistics normalise.
 */
export function batchNorm(name: string, channels: number): Layer {
  const [scale, shift, mean, variance] = ["scale", "shift", "mean", "variance"].map(
    (part) => `${name}/${part}`,
  );
  const shape = [channels];
  return {
    parameters: [
      { name: scale, shape, initialise: ones, role: "norm" },
      { name: shift, shape, initialise: zeros, role: "norm" },
    ],
    state: [
      { name: mean, shape, start: 0 },
      { name: variance, shape, start: 1 },
    ],
    apply(tree, x, mode) {
      if (mode.kind === "evaluate") {
        const statistics = { mean: tree[mean], variance: tree[variance] };
        const y = batchNormInference(x, { scale: tree[scale], shift: tree[shift], ...statistics });
        return { y, updates: {}, taps: {} };
      }
      const { momentum } = mode;
      const batch = batchNormOp(x, tree[scale], tree[shift]);
      const count = x.shape.reduce((product, side) => product * side, 1) / channels;
      const unbiased = multiply(batch.variance, count / Math.max(1, count - 1));
      const moved = (running: Tensor, now: Tensor) =>
        momentum === 1 ? now : add(multiply(running, 1 - momentum), multiply(now, momentum));
      return {
        y: batch.y,
        updates: {
          [mean]: moved(tree[mean], batch.mean),
          [variance]: moved(tree[variance], unbiased),
        },
        taps: {},
      };
    },
  };
}
