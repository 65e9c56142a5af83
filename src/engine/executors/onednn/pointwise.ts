/**
 * 1×1 convolutions and their gradients as products of channels on pictures that lie with their positions
 * outermost, [h, w, n, c]: between convolutions of `winograd.ts` nothing is laid out anew for them. Steps over
 * positions are strides of the memory.
 */
import type { Shape, Window } from "../../graph/index.ts";
import { type Held, rowMajor, type Strided } from "./held.ts";
import type { PostOp } from "./library.ts";
import { type Lowering, view } from "./lowering.ts";
import { multiply } from "./multiply.ts";
import { positionsFirst } from "./positions-first.ts";

export function isPointwise([, , ...kernel]: Shape, { padding, dilation }: Window): boolean {
  return (
    [...kernel, ...dilation].every((one) => one === 1) && padding.every((zeros) => zeros === 0)
  );
}

export interface PointwiseConvolution {
  /** In `positionsFirst`, as the result. */
  readonly x: Held;
  /** [o, c, 1, 1] without gaps. */
  readonly weight: Strided;
  readonly stride: readonly number[];
  /** [channels of the result] */
  readonly bias?: Strided;
  readonly post?: readonly PostOp[];
  readonly into: Strided;
}

/** y of x; says which kernel multiplies. */
export function pointwiseConvolution(
  lowering: Lowering,
  { x, weight, stride, bias, post = [], into }: PointwiseConvolution,
): string {
  const [o, c] = weight.layout.dims;
  const table = view(lowering, weight, {
    dims: [1, 1, c, o],
    strides: [o * c, o * c, 1, c],
    offset: weight.offset,
  });
  const shift =
    bias &&
    view(lowering, bias, {
      dims: [1, 1, 1, o],
      strides: rowMajor([1, 1, 1, o]),
      offset: bias.offset,
    });
  const [left, y] = [stepped(lowering, x, { stride, of: into }), stepped(lowering, into)];
  return multiply(lowering, [left, table], { into: y, post, ...(shift && { bias: shift }) });
}

/** From dy in `positionsFirst` to the gradient of x; says which kernel multiplies. */
export function pointwiseDataGradient(
  lowering: Lowering,
  {
    dy,
    weight,
    stride,
    into,
  }: Pick<PointwiseConvolution, "weight" | "stride" | "into"> & { readonly dy: Held },
): string {
  const [o, c] = weight.layout.dims;
  const table = view(lowering, weight, {
    dims: [1, 1, o, c],
    strides: [o * c, o * c, c, 1],
    offset: weight.offset,
  });
  if (stride.some((step) => step > 1)) clear(lowering, into);
  return multiply(lowering, [stepped(lowering, dy), table], {
    into: stepped(lowering, into, { stride, of: dy }),
  });
}

/** From x and dy in `positionsFirst` to the gradient of the weights, [o, c, 1, 1]. */
export function pointwiseWeightGradient(
  lowering: Lowering,
  { x, dy, stride }: { readonly x: Held; readonly dy: Held; readonly stride: readonly number[] },
): { readonly made: Strided; readonly kernel: string } {
  const { library } = lowering;
  const [n, c] = x.layout.dims;
  const [, o, height, width] = dy.layout.dims;
  const rows = height * width * n;
  const met = reached(lowering, x, { stride, of: dy });
  const read = lowering.reordered(met, positionsFirst(library, met.layout.dims));
  const made = lowering.makeDense([o, c, 1, 1]);
  const left = view(lowering, dy, { dims: [o, rows], strides: [1, o], offset: dy.offset });
  const right = view(lowering, read, { dims: [rows, c], strides: [c, 1], offset: read.offset });
  const into = view(lowering, made, { dims: [o, c], strides: [c, 1], offset: 0 });
  return { made, kernel: multiply(lowering, [left, right], { into }) };
}

interface Steps {
  readonly stride: readonly number[];
  /** What has a position for each that is met. */
  readonly of: Held;
}

/** [h, w, n, c] of a picture in `positionsFirst`, or of what steps over it meet. */
function stepped(lowering: Lowering, held: Held, steps?: Steps): Strided {
  const { layout, strides, offset, ...rest } = steps
    ? reached(lowering, held, steps)
    : whole(lowering, held);
  const turn = <T>([n, c, h, w]: readonly T[]): T[] => [h, w, n, c];
  return view(
    lowering,
    { ...rest, layout },
    {
      dims: turn(layout.dims),
      strides: turn(strides),
      offset,
    },
  );
}

/** [n, c, h, w] of the positions that steps meet. */
function reached(lowering: Lowering, held: Held, { stride: [down, across], of }: Steps): Strided {
  const [n, c] = held.layout.dims;
  const [, , height, width] = of.layout.dims;
  const { strides, offset } = whole(lowering, held);
  const [picture, channel, row, column] = strides;
  return view(lowering, held, {
    dims: [n, c, height, width],
    strides: [picture, channel, down * row, across * column],
    offset,
  });
}

function whole(lowering: Lowering, held: Held): Strided {
  const { dims } = held.layout;
  const [n, c, , w] = dims;
  return view(lowering, held, { dims, strides: [c, 1, w * n * c, n * c], offset: held.offset });
}

/** Zeros where no step comes. */
function clear(lowering: Lowering, held: Strided): void {
  lowering.host({
    reads: [],
    writes: [held],
    bind(place) {
      const target = place.floats(held);
      return () => target.fill(0);
    },
  });
}
