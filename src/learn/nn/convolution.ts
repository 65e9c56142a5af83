/** Convolution without a bias: every one of ours is followed by a normalisation that has one. */
import { convolution } from "../../engine/index.ts";
import { heNormalOut } from "./initialise.ts";
import type { Layer } from "./layer.ts";

interface Convolution {
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly stride?: number;
  /** By default what keeps the size at stride 1 for odd kernels. */
  readonly padding?: number;
}

/** x [n, from, h, w] → [n, to, h', w']. */
export function conv(
  name: string,
  { from, to, kernel, stride = 1, padding = Math.floor((kernel - 1) / 2) }: Convolution,
): Layer {
  const weight = `${name}/weight`;
  const shape = [to, from, kernel, kernel];
  return {
    parameters: [{ name: weight, shape, initialise: heNormalOut, role: "weight" }],
    state: [],
    apply: (tree, x) => ({
      y: convolution(x, tree[weight], { stride: [stride, stride], padding: [padding, padding] }),
      updates: {},
      taps: {},
    }),
  };
}
