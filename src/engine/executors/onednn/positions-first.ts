/**
 * Pictures with their positions outermost and channels innermost, [h, w, n, c]: rows of channels, as matrix
 * products take them. What convolutions by products read and give.
 */
import type { Shape } from "../../graph/index.ts";
import type { Held, Strided } from "./held.ts";
import type { Layout, Library } from "./library.ts";
import { type Lowering, view } from "./lowering.ts";

/** [n, c, h, w], lying row-major as [h, w, n, c]. */
export function positionsFirst(library: Library, shape: Shape): Layout {
  return library.strided(shape, outerPositions(shape), "f32");
}

/**
 * Whether values of so many channels stay in that layout from primitive to primitive: with channels in
 * whole vectors the library normalises them there as fast as in its own.
 */
export function staysPositionsFirst([, channels]: Shape): boolean {
  return channels % 16 === 0;
}

export function isPositionsFirst(library: Library, { layout }: Held): boolean {
  const { dims, type } = layout;
  return dims.length === 4 && type === "f32" && library.same(layout, positionsFirst(library, dims));
}

export function makePositionsFirst(lowering: Lowering, shape: Shape): Strided {
  const made = lowering.make(positionsFirst(lowering.library, shape));
  return { ...made, strides: outerPositions(shape) };
}

/** A value in that layout, to be written through its strides. */
export function asPositionsFirst(lowering: Lowering, held: Held): Strided {
  const { dims } = held.layout;
  return view(lowering, held, { dims, strides: outerPositions(dims), offset: held.offset });
}

function outerPositions([n, c, , w]: Shape): number[] {
  return [c, 1, w * n * c, n * c];
}
