/**
 * Vision transformers (Dosovitskiy et al. 2021) in DeiT's sizes tiny and small (Touvron et al. 2021,
 * table 1), without their classifier: patches, a class token and learned positions, 12 blocks
 * x + attention(norm x), x + mlp(norm x), a last norm. The representation is the class token. Weights
 * as timm draws them: N(0, 0.02²) cut at two deviations, the projection of patches as PyTorch's.
 */
import {
  add,
  broadcastTo,
  concatenate,
  gelu,
  mean,
  reshape,
  slice,
  type Tensor,
  transpose,
} from "../../engine/index.ts";
import {
  attention,
  type Layer,
  layerNorm,
  linear,
  pure,
  residual,
  sequence,
  tap,
  transformerInitial,
  within,
} from "../nn/index.ts";
import type { Backbone } from "./backbone.ts";

const sizes = { tiny: { width: 192, heads: 3 }, small: { width: 384, heads: 6 } } as const;
const depth = 12;
const expansion = 4;

interface Vit {
  readonly form: keyof typeof sizes;
  /** Side of a picture: positions are learned, so it takes no other. */
  readonly side: number;
  /** Side of a patch, a divisor of `side`. */
  readonly patch: number;
}

/** Some 64 to 200 tokens, whatever the picture. */
export function usualPatch(side: number): number {
  if (side <= 48) return 4;
  return side <= 128 ? 8 : 16;
}

export function vit({ form, side, patch }: Vit): Backbone {
  const { width, heads } = sizes[form];
  const names = Array.from({ length: depth }, (_, i) => `block${i + 1}`);
  const body = names.flatMap((name) => [within(name, block(width, heads)), classTap(name)]);
  const taps = ["stem", ...names, "norm"].map((name) => ({ name, width }));
  return {
    name: `vit-${form}-${patch}`,
    kind: "transformer",
    layer: sequence([
      patches({ patch, width }),
      tokens({ count: (side / patch) ** 2, width }),
      stemTap,
      ...body,
      pure(classToken),
      layerNorm("norm", width),
      tap("norm"),
    ]),
    taps,
    width,
    smallestSide: side,
    side,
  };
}

/** x [n, 3, side, side] → [n, patches, width], patches in row order. */
function patches({ patch, width }: { readonly patch: number; readonly width: number }): Layer {
  const project = linear("patches", { from: 3 * patch * patch, to: width });
  return {
    ...project,
    apply(tree, x, mode) {
      const [n, channels, side] = x.shape;
      const grid = side / patch;
      const cut = reshape(x, [n, channels, grid, patch, grid, patch]);
      const rows = reshape(transpose(cut, [0, 2, 4, 1, 3, 5]), [n, grid * grid, -1]);
      return project.apply(tree, rows, mode);
    },
  };
}

/** Puts the class token before the patches and adds a learned position to each. */
function tokens({ count, width }: { readonly count: number; readonly width: number }): Layer {
  const role = "bias";
  return {
    parameters: [
      { name: "class", shape: [1, 1, width], initialise: transformerInitial, role },
      { name: "positions", shape: [1, count + 1, width], initialise: transformerInitial, role },
    ],
    state: [],
    apply(tree, x) {
      const first = broadcastTo(tree.class, [x.shape[0], 1, width]);
      const y = add(concatenate([first, x], 1), tree.positions);
      return { y, updates: {}, taps: {} };
    },
  };
}

function block(width: number, heads: number): Layer {
  const [inner, initialise] = [expansion * width, transformerInitial];
  return sequence([
    residual(sequence([layerNorm("norm1", width), attention("attention", { width, heads })])),
    residual(
      sequence([
        layerNorm("norm2", width),
        linear("mlp/linear1", { from: width, to: inner, initialise }),
        pure(gelu),
        linear("mlp/linear2", { from: inner, to: width, initialise }),
      ]),
    ),
  ]);
}

/** All patches' mean: here the class token is still the same for every picture. */
const stemTap = seen("stem", (x) => {
  const [n, count, width] = x.shape;
  return mean(slice(x, [0, 1, 0], [n, count, width]), [1]);
});

function classTap(name: string): Layer {
  return seen(name, classToken);
}

/** [n, tokens, width] → [n, width]. */
function classToken(x: Tensor): Tensor {
  const [n, , width] = x.shape;
  return reshape(slice(x, [0, 0, 0], [n, 1, width]), [n, width]);
}

/** Passes on what it is given, and names what is made of it as a place that can be measured. */
function seen(name: string, make: (x: Tensor) => Tensor): Layer {
  return {
    parameters: [],
    state: [],
    apply: (_, x) => ({ y: x, updates: {}, taps: { [name]: make(x) } }),
  };
}
