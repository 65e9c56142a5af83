/**
 * 3×3 convolutions and their gradients by Winograd's F(4×4, 3×3) out of matrix products, where the
 * library has no kernel for it: version 3, and processors without AVX-512. With positions as the outer
 * axes, [h, w, n, c], a map between positions and products is a product with a 6×6 matrix on memory as
 * it lies. One row of tiles goes through after the other, so that what is between stays in the cache.
 */
import type { Shape, Window } from "../../graph/index.ts";
import {
  type Flat,
  inputMatrix,
  outputGradientMatrix,
  outputMatrix,
  outputs as perTile,
  products as side,
  spreadFilter,
  tilesOf,
} from "../winograd-transforms.ts";
import type { Held, Strided } from "./held.ts";
import type { Layout, Library, PostOp } from "./library.ts";
import { type Lowering, view } from "./lowering.ts";

const products = side ** 2;

export function fitsWinograd([, , ...kernel]: Shape, { stride, dilation, padding }: Window) {
  return (
    [...stride, ...dilation].every((one) => one === 1) &&
    kernel.every((size) => size === 3) &&
    padding.every((size) => size <= 2)
  );
}

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

/** [36, o, c], from the weights' [o, c, 3, 3]. */
export function filterShape([o, c]: Shape): Shape {
  return [products, o, c];
}

/** G g Gᵀ of all pairs of channels: from [o, c, 3, 3], turned around if `flipped`, to [36, o, c]. */
export function winogradFilters(
  lowering: Lowering,
  weight: Strided,
  { flipped }: { readonly flipped: boolean },
): Strided {
  const [o, c] = weight.layout.dims;
  const kept = lowering.isSteady([weight.storage]);
  const made = lowering.makeDense(filterShape(weight.layout.dims), "f32", { kept });
  const nine = view(lowering, weight, {
    dims: [9, o * c],
    strides: [1, 9],
    offset: weight.offset,
  });
  multiply(lowering, [constant(lowering, spreadFilter({ flipped })), nine], {
    into: view(lowering, made, { dims: [products, o * c], strides: [o * c, 1], offset: 0 }),
  });
  return made;
}

export interface WinogradConvolution {
  /** In `positionsFirst`, as the result. */
  readonly x: Held;
  readonly padding: readonly number[];
  readonly filters: Strided;
  /** Which of the filters' channels are summed over. */
  readonly over: "first" | "second";
  /** [channels of the result] */
  readonly bias?: Strided;
  readonly post?: readonly PostOp[];
  readonly into: Strided;
}

/** Says which kernel multiplies. */
export function winogradConvolution(
  lowering: Lowering,
  { x, padding, filters, over, bias, post = [], into }: WinogradConvolution,
): string {
  const [n, c, h, w] = x.layout.dims;
  const [, o, height, width] = into.layout.dims;
  const inner = n * o;
  const across = tilesOf(width);
  const columns = reaches(width, { of: w, padding: padding[1] });
  const table = view(lowering, filters, {
    dims: [products, c, o],
    strides: over === "first" ? [c * o, o, 1] : [c * o, 1, c],
    offset: filters.offset,
  });
  const matrix = constant(lowering, inputMatrix);
  const bare = constant(lowering, outputMatrix);
  // The bias lies below the products, under a column of ones.
  const last = bias ? constant(lowering, withOnes(outputMatrix)) : bare;
  const lines = bias ? side + 1 : side;
  const narrow = lowering.makeDense([lines, width, inner]);
  if (bias) repeat(lowering, bias, { into: narrow, from: side * width * inner });
  let kernel = "";
  for (const [row, rows] of reaches(height, { of: h, padding: padding[0] }).entries()) {
    const spread = spreadRow(lowering, x, { matrix, rows, columns });
    const whole = view(lowering, spread, {
      dims: [products, across * n, c],
      strides: [across * n * c, c, 1],
      offset: 0,
    });
    const found = lowering.makeDense([products, across * n, o]);
    kernel = multiply(lowering, [whole, table], { into: found });
    for (const [tile, count] of filled(width).entries()) {
      const from = view(lowering, found, {
        dims: [side, side, inner],
        strides: [side * across * inner, across * inner, 1],
        offset: tile * inner,
      });
      const to = view(lowering, narrow, {
        dims: [side, count, inner],
        strides: [width * inner, inner, 1],
        offset: perTile * tile * inner,
      });
      multiply(lowering, [part(lowering, bare, { rows: count, batched: true }), from], {
        into: to,
      });
    }
    const count = filled(height)[row];
    const from = view(lowering, narrow, {
      dims: [lines, width * inner],
      strides: [width * inner, 1],
      offset: 0,
    });
    const to = view(lowering, into, {
      dims: [count, width * inner],
      strides: [width * inner, 1],
      offset: into.offset + perTile * row * width * inner,
    });
    multiply(lowering, [part(lowering, last, { rows: count }), from], { into: to, post });
  }
  return kernel;
}

/** From x and dy in `positionsFirst` to the gradient of the weights, [o, c, 3, 3]. */
export function winogradWeightGradient(
  lowering: Lowering,
  { x, dy, padding }: { readonly x: Held; readonly dy: Held; readonly padding: readonly number[] },
): { readonly made: Strided; readonly kernel: string } {
  const [n, c, h, w] = x.layout.dims;
  const [, o, height, width] = dy.layout.dims;
  const across = tilesOf(width);
  const sums = lowering.makeDense([products, o, c]);
  const columns = reaches(width, { of: w, padding: padding[1] });
  const own = (size: number): Reach[] =>
    filled(size).map((count, tile) => ({ from: perTile * tile, count, skipped: 0 }));
  const [matrix, gradient] = [inputMatrix, outputGradientMatrix].map((one) =>
    constant(lowering, one),
  );
  let kernel = "";
  for (const [row, rows] of reaches(height, { of: h, padding: padding[0] }).entries()) {
    const values = spreadRow(lowering, x, { matrix, rows, columns });
    const errors = spreadRow(lowering, dy, {
      matrix: gradient,
      rows: own(height)[row],
      columns: own(width),
    });
    const left = view(lowering, errors, {
      dims: [products, o, across * n],
      strides: [across * n * o, 1, o],
      offset: 0,
    });
    const right = view(lowering, values, {
      dims: [products, across * n, c],
      strides: [across * n * c, c, 1],
      offset: 0,
    });
    const post: readonly PostOp[] = row > 0 ? [{ kind: "sum" }] : [];
    kernel = multiply(lowering, [left, right], { into: sums, post });
  }
  const made = lowering.makeDense([o, c, 3, 3]);
  const pairs = view(lowering, sums, { dims: [o * c, products], strides: [1, o * c], offset: 0 });
  const into = view(lowering, made, { dims: [o * c, 9], strides: [9, 1], offset: 0 });
  multiply(lowering, [pairs, constant(lowering, spreadFilter())], { into });
  return { made, kernel };
}

/** Positions that a tile covers: `count` from `from` on, after `skipped` of padding. */
interface Reach {
  readonly from: number;
  readonly count: number;
  readonly skipped: number;
}

/** What each tile reads of `of` positions where the result has `size`. */
function reaches(size: number, { of, padding }: { of: number; padding: number }): Reach[] {
  return filled(size).map((_, tile) => {
    const start = perTile * tile - padding;
    const from = Math.max(0, start);
    return { from, count: Math.min(of, start + side) - from, skipped: from - start };
  });
}

/** How many results each tile has: four, and fewer at the end. */
function filled(size: number): number[] {
  return Array.from({ length: tilesOf(size) }, (_, tile) =>
    Math.min(perTile, size - perTile * tile),
  );
}

/** One row of tiles, [h, w, n·c] → [6, 6, tiles, n·c], by `matrix` along both axes. */
function spreadRow(
  lowering: Lowering,
  x: Held,
  {
    matrix,
    rows,
    columns,
  }: { readonly matrix: Strided; readonly rows: Reach; readonly columns: readonly Reach[] },
): Strided {
  const [n, c, , w] = x.layout.dims;
  const inner = n * c;
  const tiles = columns.length;
  const tall = lowering.makeDense([side, w * inner]);
  const lines = view(lowering, x, {
    dims: [rows.count, w * inner],
    strides: [w * inner, 1],
    offset: x.offset + rows.from * w * inner,
  });
  multiply(lowering, [part(lowering, matrix, { columns: rows }), lines], { into: tall });
  const made = lowering.makeDense([side, side, tiles, inner]);
  for (const [tile, reach] of columns.entries()) {
    const from = view(lowering, tall, {
      dims: [side, reach.count, inner],
      strides: [w * inner, inner, 1],
      offset: reach.from * inner,
    });
    const to = view(lowering, made, {
      dims: [side, side, inner],
      strides: [side * tiles * inner, tiles * inner, 1],
      offset: tile * inner,
    });
    const left = part(lowering, matrix, { columns: reach, batched: true });
    multiply(lowering, [left, from], { into: to });
  }
  return made;
}

/** Some rows and columns of a matrix, one for all of a batch if `batched`. */
function part(
  lowering: Lowering,
  matrix: Strided,
  {
    rows = matrix.layout.dims[0],
    columns: { skipped, count } = { from: 0, skipped: 0, count: matrix.layout.dims[1] },
    batched = false,
  }: { readonly rows?: number; readonly columns?: Reach; readonly batched?: boolean },
): Strided {
  const [all, width] = matrix.layout.dims;
  return view(lowering, matrix, {
    dims: [...(batched ? [1] : []), rows, count],
    strides: [...(batched ? [all * width] : []), width, 1],
    offset: matrix.offset + skipped,
  });
}

function multiply(
  lowering: Lowering,
  [left, right]: readonly [Strided, Strided],
  { into, post = [] }: { readonly into: Strided; readonly post?: readonly PostOp[] },
): string {
  const layouts = { left: left.layout, right: right.layout, y: into.layout };
  const description = lowering.library.matmul(layouts, post);
  lowering.primitive(description, {
    reads: [
      ["source", left],
      ["weights", right],
    ],
    writes: [["destination", into]],
  });
  return description?.kernel ?? "";
}

/** Copies of a short row one after the other, from `from` to the end. */
function repeat(
  lowering: Lowering,
  row: Strided,
  { into, from }: { readonly into: Strided; readonly from: number },
): void {
  lowering.host({
    reads: [row],
    writes: [into],
    bind(place) {
      const [given, target] = [place.floats(row), place.floats(into).subarray(from)];
      return () => {
        target.set(given);
        for (let done = given.length; done < target.length; done *= 2) {
          target.copyWithin(done, 0, done);
        }
      };
    },
  });
}

function withOnes({ shape: [rows, columns], values }: Flat): Flat {
  const wide = new Float32Array(rows * (columns + 1)).fill(1);
  for (let row = 0; row < rows; row++) {
    wide.set(values.subarray(row * columns, (row + 1) * columns), row * (columns + 1));
  }
  return { shape: [rows, columns + 1], values: wide };
}

function constant(lowering: Lowering, { shape, values }: Flat): Strided {
  const made = lowering.makeDense(shape, "f32", { kept: true });
  lowering.host({
    reads: [],
    writes: [made],
    bind(place) {
      const target = place.floats(made);
      return () => target.set(values);
    },
  });
  return made;
}
