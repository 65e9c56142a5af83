/** A backbone: from pictures to one vector each. It knows nothing of the method that trains it. */
import { Problem } from "../../base/index.ts";
import { mean, type Tensor } from "../../engine/index.ts";
import { type Layer, type Mode, type Tree, within } from "../nn/index.ts";

export interface Backbone {
  /** The canonical name, from which `backbone(name)` builds it again. */
  readonly name: string;
  /** What suits it differs: transformers want AdamW and smaller steps. */
  readonly kind: "convolutional" | "transformer";
  readonly layer: Layer;
  /** Every place that can be measured, in order; the last is the representation itself. */
  readonly taps: readonly Tap[];
  /** Size of the representation. */
  readonly width: number;
  /** Smallest side of a picture that leaves something to pool. */
  readonly smallestSide: number;
  /** The only side it takes, where positions are learned. */
  readonly side?: number;
}

interface Tap {
  readonly name: string;
  readonly width: number;
}

interface Features {
  /** The representation [n, width]. */
  readonly y: Tensor;
  readonly updates: Tree;
  /** Pooled features [n, width of the tap] by name of the tap. */
  readonly taps: Tree;
}

/** Where an encoder's weights lie among those of a training program, and in every file. */
const prefix = "backbone";

/** The backbone's layer under the names its weights have in every file: `backbone/…`. */
export function encoder({ layer }: Backbone): Layer {
  return within(prefix, layer);
}

/** x [n, 3, side, side] → the representation and every tap, maps by global average pooling. */
export function features(backbone: Backbone, tree: Tree, x: Tensor, mode: Mode): Features {
  const { y, updates, taps } = encoder(backbone).apply(tree, x, mode);
  const pooled = backbone.taps.map(({ name }) => [name, pool(taps[`${prefix}/${name}`])] as const);
  return { y: pool(y), updates, taps: Object.fromEntries(pooled) };
}

/** Refuses pictures of a side that the backbone cannot take. */
export function requireSide({ name, smallestSide, side: only }: Backbone, side: number): void {
  if (only !== undefined && side !== only) {
    throw new Problem("train/picture-other-side", { side, backbone: name, expected: only });
  }
  if (side < smallestSide) {
    throw new Problem("train/picture-too-small", { side, backbone: name, smallest: smallestSide });
  }
}

function pool(x: Tensor): Tensor {
  return x.shape.length === 4 ? mean(x, [2, 3]) : x;
}
