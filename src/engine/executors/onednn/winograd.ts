/**
 * 3×3 convolutions and their gradients by Winograd's algorithm out of matrix products, where the library
 * has no kernel for it: version 3, processors without AVX-512, and strides of two. With positions as the
 * outer axes, [h, w, n, c], a map between positions and products is a product with a small matrix on
 * memory as it lies. Some rows of tiles go through after the other, so that what is between stays in the cache.
 */
import type { Shape, Window } from "../../graph/index.ts";
import { doubling, type Flat, halving, neighbours, type Scheme } from "../winograd-transforms.ts";
import { bytesOf, type Held, type Strided } from "./held.ts";
import type { PostOp } from "./library.ts";
import { type Lowering, view } from "./lowering.ts";
import { multiply } from "./multiply.ts";

/** How tiles go through: the scheme along both axes, and zeros before the first position of each. */
export interface Tiling {
  readonly scheme: Scheme;
  readonly padding: readonly number[];
}

export interface Tilings {
  readonly forward: Tiling;
  readonly data: Tiling;
}

/** Undefined where no scheme is for the window. */
export function winogradTilings(
  [, , ...kernel]: Shape,
  { stride, dilation, padding }: Window,
): Tilings | undefined {
  if (dilation.some((one) => one !== 1) || kernel.some((size) => size !== 3)) return undefined;
  if (stride.every((one) => one === 1) && padding.every((size) => size <= 2)) {
    const back = padding.map((size) => 2 - size);
    return {
      forward: { scheme: neighbours, padding },
      data: { scheme: neighbours, padding: back },
    };
  }
  if (stride.some((one) => one !== 2) || padding.some((size) => size !== 1)) return undefined;
  return {
    forward: { scheme: halving, padding },
    data: { scheme: doubling, padding: [0, 0] },
  };
}

/** [products of a tile, o, c], from the weights' [o, c, 3, 3]. */
export function filterShape([o, c]: Shape, { products }: Scheme): Shape {
  return [products ** 2, o, c];
}

/** G g Gᵀ of all pairs of channels: from [o, c, 3, 3], turned around if `flipped`, to `filterShape`. */
export function winogradFilters(
  lowering: Lowering,
  weight: Strided,
  { scheme, flipped }: { readonly scheme: Scheme; readonly flipped: boolean },
): Strided {
  const [o, c] = weight.layout.dims;
  const kept = lowering.isSteady([weight.storage]);
  const shape = filterShape(weight.layout.dims, scheme);
  const made = lowering.makeDense(shape, "f32", { kept });
  const nine = view(lowering, weight, {
    dims: [9, o * c],
    strides: [1, 9],
    offset: weight.offset,
  });
  multiply(lowering, [constant(lowering, scheme.filter({ flipped })), nine], {
    into: view(lowering, made, { dims: [shape[0], o * c], strides: [o * c, 1], offset: 0 }),
  });
  return made;
}

export interface WinogradConvolution {
  /** In `positionsFirst`, as the result. */
  readonly x: Held;
  readonly tiling: Tiling;
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
  { x, tiling, filters, over, bias, post = [], into }: WinogradConvolution,
): string {
  const { scheme } = tiling;
  const { products: side, outputs: perTile } = scheme;
  const products = side ** 2;
  const [n, c] = x.layout.dims;
  const [, o, height, width] = into.layout.dims;
  const inner = n * o;
  const [all, columns] = reaches(tiling, { x, size: [height, width] });
  const across = columns.length;
  const table = view(lowering, filters, {
    dims: [products, c, o],
    strides: over === "first" ? [c * o, o, 1] : [c * o, 1, c],
    offset: filters.offset,
  });
  const matrix = constant(lowering, scheme.input);
  const bare = constant(lowering, scheme.output);
  // The bias lies below the products, under a column of ones.
  const last = bias ? constant(lowering, withOnes(scheme.output)) : bare;
  const lines = bias ? side + 1 : side;
  const most = rowsAtOnce({ products, across: across * n, channels: [c, o] });
  const line = width * inner;
  const narrow = lowering.makeDense([lines, Math.min(most, all.length), line]);
  if (bias) repeat(lowering, bias, { into: narrow, from: side * narrow.layout.dims[1] * line });
  let kernel = "";
  for (const { start, rows } of groups(all, most)) {
    const count = rows.length;
    const spread = spreadRows(lowering, x, { matrix, step: scheme.step, rows, columns });
    const whole = view(lowering, spread, {
      dims: [products, count * across * n, c],
      strides: [count * across * n * c, c, 1],
      offset: 0,
    });
    const found = lowering.makeDense([products, count * across * n, o]);
    kernel = multiply(lowering, [whole, table], { into: found });
    const [, held] = narrow.layout.dims;
    for (const { tile, times, reach } of alike(filled(width, perTile), 1)) {
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
    for (const { tile, times, reach } of alike(
      filled(height, perTile).slice(start, start + count),
      1,
    )) {
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
  { x, dy, tiling }: { readonly x: Held; readonly dy: Held; readonly tiling: Tiling },
): { readonly made: Strided; readonly kernel: string } {
  const { scheme } = tiling;
  const { outputs: perTile } = scheme;
  const products = scheme.products ** 2;
  const [n, c] = x.layout.dims;
  const [, o, height, width] = dy.layout.dims;
  const [all, columns] = reaches(tiling, { x, size: [height, width] });
  const across = columns.length;
  const sums = lowering.makeDense([products, o, c]);
  const [matrix, gradient] = [scheme.input, scheme.outputGradient].map((one) =>
    constant(lowering, one),
  );
  const most = rowsAtOnce({ products, across: across * n, channels: [c, o] });
  const errorRows = filled(height, perTile);
  let kernel = "";
  for (const { start, rows } of groups(all, most)) {
    const values = spreadRows(lowering, x, { matrix, step: scheme.step, rows, columns });
    const errors = spreadRows(lowering, dy, {
      matrix: gradient,
      step: perTile,
      rows: errorRows.slice(start, start + rows.length),
      columns: filled(width, perTile),
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
  multiply(lowering, [pairs, constant(lowering, scheme.filter())], { into });
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
  products,
  across,
  channels: [c, o],
}: {
  readonly products: number;
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

/** What each tile reads of x, down and across, where the result has such a size. */
function reaches(
  { scheme: { step, reach, outputs }, padding }: Tiling,
  { x, size }: { readonly x: Held; readonly size: readonly [number, number] },
): Reach[][] {
  const sides = x.layout.dims.slice(2);
  return size.map((along, axis) =>
    Array.from({ length: Math.ceil(along / outputs) }, (_, tile) => {
      const start = step * tile - padding[axis];
      const from = Math.max(0, start);
      return { from, count: Math.min(sides[axis], start + reach) - from, skipped: from - start };
    }),
  );
}

/** What each tile has of the result: all that it gives, and fewer at the end. */
function filled(size: number, perTile: number): Reach[] {
  return Array.from({ length: Math.ceil(size / perTile) }, (_, tile) => {
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
 * that their strides would go beyond `room` or all tiles. The library takes no layout whose elements
 * overlap, or would if there were one more.
 */
function alike(tiles: readonly Reach[], every: number, room = Number.POSITIVE_INFINITY): Alike[] {
  const most = Math.max(1, Math.floor(Math.min(tiles.length, room) / every));
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

/** Neighbouring tiles overlap, every other one does not. */
const apart = 2;

/**
 * Rows of tiles, [h, w, n·c] → [products, products, rows, tiles, n·c], by `matrix` along both axes. Tiles begin
 * `step` positions after one another.
 */
function spreadRows(
  lowering: Lowering,
  x: Held,
  {
    matrix,
    step,
    rows,
    columns,
  }: {
    readonly matrix: Strided;
    readonly step: number;
    readonly rows: readonly Reach[];
    readonly columns: readonly Reach[];
  },
): Strided {
  const [n, c, , w] = x.layout.dims;
  const inner = n * c;
  const line = w * inner;
  const tiles = columns.length;
  const count = rows.length;
  const [side] = matrix.layout.dims;
  const tall = lowering.makeDense([side, count, line]);
  for (const { tile, times, reach } of alike(rows, apart)) {
    const from = view(lowering, x, {
      dims: [times, reach.count, line],
      strides: [apart * step * line, line, 1],
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
  for (const { tile, times, reach } of alike(columns, apart, w / step)) {
    const from = view(lowering, tall, {
      dims: [side, count, times, reach.count, inner],
      strides: [count * line, line, apart * step * inner, inner, 1],
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
