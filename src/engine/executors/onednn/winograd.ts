/**
 * 3×3 convolutions and their gradients by Winograd's F(4×4, 3×3) out of matrix products, where the
 * library has no kernel for it: version 3, and processors without AVX-512. With positions as the outer
 * axes, [h, w, n, c], a map between positions and products is a product with a 6×6 matrix on memory as
 * it lies. Some rows of tiles go through after the other, so that what is between stays in the cache.
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
import { bytesOf, type Held, type Strided } from "./held.ts";
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
  const most = rowsAtOnce({ across: across * n, channels: [c, o] });
  const all = reaches(height, { of: h, padding: padding[0] });
  const line = width * inner;
  const narrow = lowering.makeDense([lines, Math.min(most, all.length), line]);
  if (bias) repeat(lowering, bias, { into: narrow, from: side * narrow.layout.dims[1] * line });
  let kernel = "";
  for (const { start, rows } of groups(all, most)) {
    const count = rows.length;
    const spread = spreadRows(lowering, x, { matrix, rows, columns });
    const whole = view(lowering, spread, {
      dims: [products, count * across * n, c],
      strides: [count * across * n * c, c, 1],
      offset: 0,
    });
    const found = lowering.makeDense([products, count * across * n, o]);
    kernel = multiply(lowering, [whole, table], { into: found });
    const [, held] = narrow.layout.dims;
    for (const { tile, times, reach } of alike(filled(width), 1)) {
      const from = view(lowering, found, {
        dims: [side, count, times, side, inner],
        strides: [side * count * across * inner, across * inner, inner, count * across * inner, 1],
        offset: tile * inner,
      });
      const to = view(lowering, narrow, {
        dims: [side, count, times, reach.count, inner],
        strides: [held * line, line, perTile * inner, inner, 1],
        offset: perTile * tile * inner,
      });
      multiply(lowering, [part(lowering, bare, { rows: reach.count, batched: 3 }), from], {
        into: to,
      });
    }
    for (const { tile, times, reach } of alike(filled(height).slice(start, start + count), 1)) {
      const from = view(lowering, narrow, {
        dims: [times, lines, line],
        strides: [line, held * line, 1],
        offset: tile * line,
      });
      const to = view(lowering, into, {
        dims: [times, reach.count, line],
        strides: [perTile * line, line, 1],
        offset: into.offset + perTile * (start + tile) * line,
      });
      multiply(lowering, [part(lowering, last, { rows: reach.count, batched: 1 }), from], {
        into: to,
        post,
      });
    }
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
  const [matrix, gradient] = [inputMatrix, outputGradientMatrix].map((one) =>
    constant(lowering, one),
  );
  const most = rowsAtOnce({ across: across * n, channels: [c, o] });
  const errorRows = filled(height);
  let kernel = "";
  for (const { start, rows } of groups(reaches(height, { of: h, padding: padding[0] }), most)) {
    const values = spreadRows(lowering, x, { matrix, rows, columns });
    const errors = spreadRows(lowering, dy, {
      matrix: gradient,
      rows: errorRows.slice(start, start + rows.length),
      columns: filled(width),
    });
    const deep = rows.length * across * n;
    const left = view(lowering, errors, {
      dims: [products, o, deep],
      strides: [deep * o, 1, o],
      offset: 0,
    });
    const right = view(lowering, values, {
      dims: [products, deep, c],
      strides: [deep * c, c, 1],
      offset: 0,
    });
    const post: readonly PostOp[] = start > 0 ? [{ kind: "sum" }] : [];
    kernel = multiply(lowering, [left, right], { into: sums, post });
  }
  const made = lowering.makeDense([o, c, 3, 3]);
  const pairs = view(lowering, sums, { dims: [o * c, products], strides: [1, o * c], offset: 0 });
  const into = view(lowering, made, { dims: [o * c, 9], strides: [9, 1], offset: 0 });
  multiply(lowering, [pairs, constant(lowering, spreadFilter())], { into });
  return { made, kernel };
}

/** Bytes of products and their sums that go through at once: what a cache of the last level holds. */
const atOnce = 8 << 20;

/**
 * How many rows of tiles go through together: what the cache holds, since few large products leave threads less to
 * wait for; and at least as much as the filters, which are read anew each time. `across` are the tiles of one row
 * in all pictures.
 */
function rowsAtOnce({
  across,
  channels: [c, o],
}: {
  readonly across: number;
  readonly channels: readonly [number, number];
}): number {
  const between = products * across * (c + o) * bytesOf.f32;
  return Math.ceil(Math.max(1, Math.floor(atOnce / between), (c * o) / ((c + o) * across)));
}

function groups<T>(all: readonly T[], most: number): { start: number; rows: readonly T[] }[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, group) => ({
    start: group * most,
    rows: all.slice(group * most, (group + 1) * most),
  }));
}

/** Positions that a tile covers: `count` from `from` on, after `skipped` of padding. */
interface Reach {
  readonly from: number;
  readonly count: number;
  readonly skipped: number;
}

/** What each tile reads of `of` positions where the result has `size`. */
function reaches(size: number, { of, padding }: { of: number; padding: number }): Reach[] {
  return Array.from({ length: tilesOf(size) }, (_, tile) => {
    const start = perTile * tile - padding;
    const from = Math.max(0, start);
    return { from, count: Math.min(of, start + side) - from, skipped: from - start };
  });
}

/** What each tile has of the result: four, and fewer at the end. */
function filled(size: number): Reach[] {
  return Array.from({ length: tilesOf(size) }, (_, tile) => {
    const from = perTile * tile;
    return { from, count: Math.min(perTile, size - from), skipped: 0 };
  });
}

/** Tiles that one product takes: `times` of them from `tile` on. */
interface Alike {
  readonly tile: number;
  readonly times: number;
  readonly reach: Reach;
}

/**
 * Tiles in as few parts as may be: what reaches as far, of every first, second… of `every` so many, and never so many
 * that their strides would go beyond `room` positions or all tiles. The library takes no layout whose elements
 * overlap, or would if there were one more.
 */
function alike(tiles: readonly Reach[], every: number, room = Number.POSITIVE_INFINITY): Alike[] {
  const most = Math.max(1, Math.floor(Math.min(tiles.length, room / perTile) / every));
  const parts: Alike[] = [];
  for (const [tile, reach] of tiles.entries()) {
    const open = parts.findIndex(
      (part) =>
        part.tile + every * part.times === tile &&
        part.reach.count === reach.count &&
        part.reach.skipped === reach.skipped &&
        part.times < most,
    );
    if (open < 0) parts.push({ tile, times: 1, reach });
    else parts[open] = { ...parts[open], times: parts[open].times + 1 };
  }
  return parts;
}

/** Tiles are four apart and reach over six positions: neighbours overlap. */
const apart = 2;

/** Rows of tiles, [h, w, n·c] → [6, 6, rows, tiles, n·c], by `matrix` along both axes. */
function spreadRows(
  lowering: Lowering,
  x: Held,
  {
    matrix,
    rows,
    columns,
  }: {
    readonly matrix: Strided;
    readonly rows: readonly Reach[];
    readonly columns: readonly Reach[];
  },
): Strided {
  const [n, c, , w] = x.layout.dims;
  const inner = n * c;
  const line = w * inner;
  const tiles = columns.length;
  const count = rows.length;
  const tall = lowering.makeDense([side, count, line]);
  for (const { tile, times, reach } of alike(rows, apart)) {
    const from = view(lowering, x, {
      dims: [times, reach.count, line],
      strides: [apart * perTile * line, line, 1],
      offset: x.offset + reach.from * line,
    });
    const to = view(lowering, tall, {
      dims: [times, side, line],
      strides: [apart * line, count * line, 1],
      offset: tile * line,
    });
    const left = part(lowering, matrix, { columns: reach, batched: 1 });
    multiply(lowering, [left, from], { into: to });
  }
  const made = lowering.makeDense([side, side, count, tiles, inner]);
  for (const { tile, times, reach } of alike(columns, apart, w)) {
    const from = view(lowering, tall, {
      dims: [side, count, times, reach.count, inner],
      strides: [count * line, line, apart * perTile * inner, inner, 1],
      offset: reach.from * inner,
    });
    const to = view(lowering, made, {
      dims: [side, count, times, side, inner],
      strides: [
        side * count * tiles * inner,
        tiles * inner,
        apart * inner,
        count * tiles * inner,
        1,
      ],
      offset: tile * inner,
    });
    const left = part(lowering, matrix, { columns: reach, batched: 3 });
    multiply(lowering, [left, from], { into: to });
  }
  return made;
}

/** Some rows and columns of a matrix, one for all of as many batch axes. */
function part(
  lowering: Lowering,
  matrix: Strided,
  {
    rows = matrix.layout.dims[0],
    columns: { skipped, count } = { from: 0, skipped: 0, count: matrix.layout.dims[1] },
    batched,
  }: { readonly rows?: number; readonly columns?: Reach; readonly batched: number },
): Strided {
  const [all, width] = matrix.layout.dims;
  const axes = Array.from({ length: batched });
  return view(lowering, matrix, {
    dims: [...axes.map(() => 1), rows, count],
    strides: [...axes.map(() => all * width), width, 1],
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
