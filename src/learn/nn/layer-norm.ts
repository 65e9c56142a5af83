/** Layer normalisation over the last axis. */
import { layerNorm as layerNormOp } from "../../engine/index.ts";
import { ones, zeros } from "./initialise.ts";
import type { Layer } from "./layer.ts";

/** x [..., width] → the same shape. */
export function layerNorm(name: string, width: number): Layer {
  const [scale, shift] = [`${name}/scale`, `${name}/shift`];
  return {
    parameters: [
      { name: scale, shape: [width], initialise: ones, role: "norm" },
      { name: shift, shape: [width], initialise: zeros, role: "norm" },
    ],
    state: [],
    apply: (tree, x) => ({
      y: layerNormOp(x, { scale: tree[scale], shift: tree[shift] }).y,
      updates: {},
      taps: {},
    }),
  };
}
