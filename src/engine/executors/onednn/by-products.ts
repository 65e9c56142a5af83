/**
 * Convolutions as matrix products on pictures that lie with their positions first: Winograd's for 3×3, plain
 * ones for 1×1. What the rules of convolutions need to know of either.
 */
import type { Shape, Window } from "../../graph/index.ts";
import type { Held, Strided } from "./held.ts";
import type { PostOp } from "./library.ts";
import type { Lowering } from "./lowering.ts";
import {
  isPointwise,
  pointwiseConvolution,
  pointwiseDataGradient,
  pointwiseWeightGradient,
} from "./pointwise.ts";
import { staysPositionsFirst } from "./positions-first.ts";
import {
  filterShape,
  type Tilings,
  winogradConvolution,
  winogradFilters,
  winogradTilings,
  winogradWeightGradient,
} from "./winograd.ts";

/** Pictures lie with their positions first, given ones and results; each says which kernel multiplies. */
export interface ByProducts {
  readonly name: string;
  /** The weights, [o, c, …] without gaps, as `forward` takes them. */
  prepare(lowering: Lowering, weight: Strided): Strided;
  preparedShape(weight: Shape): Shape;
  forward(lowering: Lowering, of: Forward): string;
  /** From dy to the gradient of x; the weights are plain. */
  data(lowering: Lowering, of: Data): string;
  /** The gradient of the weights, [o, c, …]. */
  weights(
    lowering: Lowering,
    of: { readonly x: Held; readonly dy: Held },
  ): { readonly made: Strided; readonly kernel: string };
}

export interface Forward {
  readonly x: Held;
  readonly prepared: Strided;
  /** [channels of the result] */
  readonly bias?: Strided;
  readonly post?: readonly PostOp[];
  readonly into: Strided;
}

interface Data {
  readonly dy: Held;
  readonly weight: Strided;
  readonly into: Strided;
}

/**
 * Undefined where there is no such way. 1×1 goes so where pictures lie so already (`lies`) and stay so: from the
 * library's layout its own kernels are as fast.
 */
export function productsFor(
  { x, weight, y }: { readonly x: Shape; readonly weight: Shape; readonly y: Shape },
  { window, lies }: { readonly window: Window; readonly lies: boolean },
): ByProducts | undefined {
  const tilings = winogradTilings(weight, window);
  if (tilings) return byWinograd(tilings);
  const fits = lies && isPointwise(weight, window) && [x, y].every(staysPositionsFirst);
  return fits ? pointwise(window.stride) : undefined;
}

function byWinograd({ forward, data }: Tilings): ByProducts {
  return {
    name: "winograd by products",
    prepare: (lowering, weight) =>
      winogradFilters(lowering, weight, { scheme: forward.scheme, flipped: false }),
    preparedShape: (weight) => filterShape(weight, forward.scheme),
    forward: (lowering, { prepared, ...rest }) =>
      winogradConvolution(lowering, {
        ...rest,
        tiling: forward,
        filters: prepared,
        over: "second",
      }),
    data: (lowering, { dy, weight, into }) =>
      winogradConvolution(lowering, {
        x: dy,
        tiling: data,
        filters: winogradFilters(lowering, weight, { scheme: data.scheme, flipped: true }),
        over: "first",
        into,
      }),
    weights: (lowering, pair) => winogradWeightGradient(lowering, { ...pair, tiling: forward }),
  };
}

function pointwise(stride: readonly number[]): ByProducts {
  return {
    name: "pointwise by products",
    prepare: (_, weight) => weight,
    preparedShape: (weight) => weight,
    forward: (lowering, { prepared, ...rest }) =>
      pointwiseConvolution(lowering, { ...rest, weight: prepared, stride }),
    data: (lowering, of) => pointwiseDataGradient(lowering, { ...of, stride }),
    weights: (lowering, pair) => pointwiseWeightGradient(lowering, { ...pair, stride }),
  };
}
