/** What a method is: an objective, the projector it wants and the views it trains on. */
import type { Json } from "../../base/index.ts";
import type { Tensor } from "../../engine/index.ts";
import type { Layer, Tree } from "../nn/index.ts";
import type { Terms } from "../objectives/index.ts";

export interface Method {
  readonly name: "simclr" | "vicreg";
  /** The augmentation recipe it was published with. */
  readonly recipe: "simclr" | "vicreg";
  /** Its constants, for the record; those in `scalars` are inputs of every step. */
  readonly settings: Json;
  readonly scalars: Readonly<Record<string, number>>;
  /** Sizes of the projector's layers where nobody chose them. */
  projectorSizes(pictures: number): readonly number[];
  projector(from: number, sizes: readonly number[]): Layer;
  /** Two views' projections, [n, d] each. */
  objective(first: Tensor, second: Tensor, scalars: Tree): Terms;
}

/** From this many pictures on, projectors have their published sizes. */
export const largeSet = 100_000;
