/**
 * 3×3 convolutions and their gradients by Winograd's F(4×4, 3×3), for which the library has no kernel:
 * 36 matrix products of channels, with a quarter of the multiplications, between linear maps of the
 * positions. With the positions as the outer axes, [h, w, n, c], these maps are matrix products too,
 * of one constant matrix for all tiles of an axis, and nothing is gathered, padded or transposed.
 */
import type { Shape, Tensor, Window } from "../../graph/index.ts";
import {
  type Flat,
  gatherOutput,
  products,
  spreadFilter,
  spreadInput,
  spreadOutput,
  tilesOf,
} from "../winograd-transforms.ts";
import { type Held, type Lowering, padAxis, wholeBlocks } from "./lowering.ts";

/** Positions of both axes as [rows, columns]. */
type Pair = readonly [number, number];

export function winogradConvolution(
  lowering: Lowering,
  { x, weight, window }: { x: Tensor; weight: Tensor; window: Window },
): Held {
  const [height, width] = x.shape.slice(2);
  const reduced = [0, 1].map((axis) => x.shape[2 + axis] + 2 * window.padding[axis] - 2);
  return productOf(lowering, {
    from: x,
    padding: window.padding,
    to: [reduced[0], reduced[1]],
    size: [height, width],
    filters: filtersOf(lowering, weight, { flipped: false }),
    channels: weight.shape[0],
    transposed: true,
  });
}

export function winogradDataGradient(
  lowering: Lowering,
  of: { dy: Tensor; weight: Tensor; window: Window; inputShape: Shape },
): Held {
  const { dy, weight, window, inputShape } = of;
  const [, channels, height, width] = inputShape;
  return productOf(lowering, {
    from: dy,
    padding: [2 - window.padding[0], 2 - window.padding[1]],
    to: [height, width],
    size: [dy.shape[2], dy.shape[3]],
    filters: filtersOf(lowering, weight, { flipped: true }),
    channels,
    transposed: false,
  });
}

export function winogradWeightGradient(
  lowering: Lowering,
  { x, dy, window }: { x: Tensor; dy: Tensor; window: Window },
): string {
  const { emit, emitFused, reshape, graph } = lowering;
  const [n, filters, height, width] = dy.shape;
  const channels = x.shape[1];
  const [c, o] = [filled(lowering, channels), filled(lowering, filters)];
  const tiles: Pair = [tilesOf(height), tilesOf(width)];
  const along = (axis: 0 | 1) => ({ size: x.shape[2 + axis], padding: window.padding[axis] });
  const values = spread(lowering, positionsFirst(lowering, x, { again: true }), {
    rows: spreadInput(tiles[0], along(0)),
    columns: spreadInput(tiles[1], along(1)),
  });
  const errors = spread(lowering, positionsFirst(lowering, dy), {
    rows: spreadOutput(tiles[0], height),
    columns: spreadOutput(tiles[1], width),
  });
  const apart = (value: string, last: number) =>
    reshape(value, [products, tiles[0], products, tiles[1] * n, last]);
  const perRow = emitFused("FusedMatMul", [apart(errors, o), apart(values, c)], { transA: 1 });
  const found =
    tiles[0] === 1 ? perRow : emit("ReduceSum", [perRow, graph.integers([1])], { keepdims: 0 });
  const back = constantOf(lowering, spreadFilter());
  const nine = emitFused("FusedMatMul", [reshape(found, [products ** 2, o * c]), back], {
    transA: 1,
  });
  const whole = reshape(nine, [o, c, 3, 3]);
  if (o === filters && c === channels) return whole;
  const cut = [
    [0, 0],
    [filters, channels],
    [0, 1],
  ].map(graph.integers);
  return emit("Slice", [whole, ...cut]);
}

interface Product {
  readonly from: Tensor;
  readonly padding: Pair;
  readonly size: Pair;
  readonly to: Pair;
  /** [36, o, c], read transposed if the sum is over c. */
  readonly filters: string;
  readonly transposed: boolean;
  readonly channels: number;
}

function productOf(lowering: Lowering, of: Product): Held {
  const { emit, emitFused, reshape } = lowering;
  const { from, padding, size, to, filters, transposed, channels } = of;
  const [n, given] = from.shape;
  const tiles: Pair = [tilesOf(to[0]), tilesOf(to[1])];
  const values = spread(lowering, positionsFirst(lowering, from), {
    rows: spreadInput(tiles[0], { size: size[0], padding: padding[0] }),
    columns: spreadInput(tiles[1], { size: size[1], padding: padding[1] }),
  });
  const [inner, outer] = [filled(lowering, given), filled(lowering, channels)];
  const apart = [products, tiles[0], products, tiles[1] * n, inner];
  const table = transposed ? [outer, inner] : [inner, outer];
  const operands = [reshape(values, apart), reshape(filters, [products, 1, products, ...table])];
  const multiplied = transposed
    ? emitFused("FusedMatMul", operands, { transB: 1 })
    : emit("MatMul", operands);
  const columns = emit("MatMul", [
    constantOf(lowering, gatherOutput(tiles[1], to[1])),
    reshape(multiplied, [products * tiles[0], products * tiles[1], n * outer]),
  ]);
  const rows = emit("MatMul", [
    constantOf(lowering, gatherOutput(tiles[0], to[0])),
    reshape(columns, [products * tiles[0], to[1] * n * outer]),
  ]);
  return fromPositionsFirst(lowering, rows, [n, outer, ...to]);
}

/** The nine weights of all pairs of channels to 36: [36, o, c]. */
function filtersOf(lowering: Lowering, weight: Tensor, { flipped }: { flipped: boolean }): string {
  const { shape } = weight;
  const [o, c] = shape.slice(0, 2).map((size) => filled(lowering, size));
  const tall = padAxis(lowering, lowering.plain(weight), { shape, axis: 0, to: o });
  const whole = padAxis(lowering, tall, { shape: [o, ...shape.slice(1)], axis: 1, to: c });
  const map = constantOf(lowering, spreadFilter({ flipped }));
  return lowering.emitFused("FusedMatMul", [map, lowering.reshape(whole, [o * c, 9])], {
    transB: 1,
  });
}

interface Spread {
  readonly rows: Flat;
  readonly columns: Flat;
}

/** A linear map along each of the outer axes: [h, w, n·c] → [6·tiles, 6·tiles, n·c]. */
function spread(
  lowering: Lowering,
  { value, inner }: { value: string; inner: number },
  { rows, columns }: Spread,
): string {
  const { emit, reshape } = lowering;
  const [count, height] = rows.shape;
  const width = columns.shape[1];
  const tall = emit("MatMul", [
    constantOf(lowering, rows),
    reshape(value, [height, width * inner]),
  ]);
  return emit("MatMul", [constantOf(lowering, columns), reshape(tall, [count, width, inner])]);
}

/**
 * [n, c, h, w] → [h, w, n, c]. The library's optimiser merges equal nodes, and would hold these values
 * from the forward to the weight gradient; `again` writes the same in other words.
 */
function positionsFirst(lowering: Lowering, x: Tensor, { again = false } = {}) {
  const { block, reshape, transpose } = lowering;
  const [n, channels, h, w] = x.shape;
  const c = filled(lowering, channels);
  const inner = n * c;
  const source = block === 1 ? lowering.plain(x) : lowering.blocked(x);
  const sizes = [n, c / block, h, w, block];
  const value = again
    ? transpose(reshape(source, [1, ...sizes]), [0, 3, 4, 1, 2, 5])
    : transpose(reshape(source, sizes), [2, 3, 0, 1, 4]);
  return { value, inner };
}

/** [h, w, n, c] → [n, c, h, w], in blocks where there are blocked kernels. */
function fromPositionsFirst(lowering: Lowering, value: string, shape: Shape): Held {
  const { block, reshape, transpose } = lowering;
  const [n, c, h, w] = shape;
  if (block === 1) {
    return { plain: transpose(reshape(value, [h, w, n, c]), [2, 3, 0, 1]) };
  }
  const blocks = reshape(value, [h, w, n, c / block, block]);
  return { blocked: reshape(transpose(blocks, [2, 3, 0, 1, 4]), shape) };
}

function filled({ block }: Lowering, channels: number): number {
  return wholeBlocks(channels, block);
}

function constantOf({ graph }: Lowering, { shape, values }: Flat): string {
  return graph.constant("f32", shape, values);
}
