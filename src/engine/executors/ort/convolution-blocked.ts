/**
 * Convolutions in ONNX Runtime's blocked layout: direct kernels, some twice as fast as the im2col
 * ones it uses when weights are no constants. Its graph optimiser only blocks constant weights, so
 * we emit the blocked ops and bring the weights into their order within the program.
 *
 * - data gradient: a convolution of dy with flipped weights; with a stride, one such convolution for
 *   each phase of the input's positions, and the phases interleaved.
 * - weight gradient: a convolution too, with the batch as channels: x as [c, n, h, w], dy as its
 *   kernel [o, n, h', w'], stride and dilation swapped, gives [c, o, kh, kw].
 */
import type { Shape, Tensor, Window } from "../../graph/index.ts";
import { type Lowering, padAxis, wholeBlocks } from "./lowering.ts";

export function blockedConvolution(
  lowering: Lowering,
  { x, weight, window }: { x: Tensor; weight: Tensor; window: Window },
): string {
  const { block } = lowering;
  const [, channels, ...kernel] = weight.shape;
  // Pictures of few channels are read as they are: the kernel for first layers takes them plain.
  const few = channels < block;
  const input = few ? lowering.plain(x) : lowering.blocked(x);
  const ordered = few ? weightsByFilter(lowering, weight) : weightsByBlock(lowering, weight);
  return lowering.emitBlocked("Conv", [input, ordered], {
    kernel_shape: kernel,
    strides: window.stride,
    pads: [...window.padding, ...window.padding],
    dilations: window.dilation,
  });
}

/** The input positions r, r + stride, … along one axis, and the kernel positions that reach them. */
export interface Phase {
  readonly taps: readonly number[];
  readonly before: number;
  readonly after: number;
}

interface Along {
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly kernel: number;
  readonly size: number;
  readonly reduced: number;
}

/**
 * dx[stride·q + r] = Σ_k dy[(stride·q + r + padding − dilation·k) / stride]·w[k] over the k that
 * divide: for each r a convolution over q with those k, reversed. Undefined where that would need a
 * crop or phases of unequal length.
 */
export function phasesOf(along: Along): Phase[] | undefined {
  const { stride, padding, dilation, kernel, size, reduced } = along;
  if (stride > 1 && (dilation > 1 || size % stride !== 0)) return undefined;
  const phases = Array.from({ length: stride }, (_, r) => {
    const all = Array.from({ length: kernel }, (_, k) => k);
    const taps = all.filter((k) => (r + padding - dilation * k) % stride === 0).reverse();
    const first = (r + padding - dilation * (taps[0] ?? 0)) / stride;
    const last = (r + padding - dilation * (taps.at(-1) ?? 0)) / stride;
    return { taps, before: -first, after: size / stride + last - reduced };
  });
  return phases.every((p) => p.taps.length === 0 || (p.before >= 0 && p.after >= 0))
    ? phases
    : undefined;
}

export interface Phases {
  readonly rows: readonly Phase[];
  readonly columns: readonly Phase[];
}

export function blockedDataGradient(
  lowering: Lowering,
  of: { dy: Tensor; weight: Tensor; window: Window; inputShape: Shape; phases: Phases },
): string {
  const { dy, weight, window, inputShape, phases } = of;
  const { emitBlocked, emit, reshape, graph, block } = lowering;
  const [, channels, , width] = weight.shape;
  const given = lowering.blocked(dy);
  const weightsAt = weightsByChannel(lowering, weight);
  const [n, , h, w] = inputShape;
  const [stepHeight, stepWidth] = [h / phases.rows.length, w / phases.columns.length];
  const filled = wholeBlocks(channels, block);

  function ofPhase(row: Phase, column: Phase): string {
    if (row.taps.length * column.taps.length === 0) {
      const shape = graph.integers([n, filled, stepHeight, stepWidth]);
      return emit("Expand", [lowering.scalar(0), shape]);
    }
    const positions = row.taps.flatMap((i) => column.taps.map((j) => i * width + j));
    const kernel = [row.taps.length, column.taps.length];
    return emitBlocked("Conv", [given, weightsAt(positions, kernel)], {
      kernel_shape: kernel,
      pads: [row.before, column.before, row.after, column.after],
      dilations: phases.rows.length * phases.columns.length === 1 ? window.dilation : [1, 1],
    });
  }

  const interleave = (parts: readonly string[], chunk: number) => {
    const lines = parts.map((part) => reshape(part, [-1, chunk]));
    return lines.length === 1 ? lines[0] : emit("Concat", lines, { axis: 1 });
  };
  const rows = phases.rows.map((row) =>
    interleave(
      phases.columns.map((column) => ofPhase(row, column)),
      block,
    ),
  );
  return reshape(interleave(rows, w * block), [n, filled, h, w]);
}

export function blockedWeightGradient(
  lowering: Lowering,
  of: { x: Tensor; dy: Tensor; window: Window; kernel: readonly [number, number] },
): string {
  const { x, dy, window, kernel } = of;
  const { emit, emitBlocked, reshape, transpose, graph, block } = lowering;
  const [n, channels, h, w] = x.shape;
  const [, filters, height, width] = dy.shape;
  const batch = wholeBlocks(n, block);
  const filled = wholeBlocks(filters, block);

  const swapped = transpose(lowering.plain(x), [1, 0, 2, 3]);
  const whole = padAxis(lowering, swapped, { shape: [channels, n, h, w], axis: 1, to: batch });
  const pictures = emitBlocked("ReorderInput", [whole]);
  const reach = (axis: 0 | 1, size: number) =>
    window.stride[axis] * (size - 1) + window.dilation[axis] * (kernel[axis] - 1) + 1;
  const [top, left] = window.padding;
  const bottom = reach(0, height) - h - top;
  const right = reach(1, width) - w - left;
  const lines = reshape(pictures, [(channels * batch) / block, h, w * block]);
  const padded = reshape(
    emit("Pad", [lines, graph.integers([0, top, left * block, 0, bottom, right * block])]),
    [channels, batch, reach(0, height), reach(1, width)],
  );

  const errors = padAxis(lowering, lowering.blocked(dy), {
    shape: [n, filled, height, width],
    axis: 0,
    to: batch,
  });
  const blocks = [batch / block, block, filled / block, height * width, block];
  const asKernel = reshape(transpose(reshape(errors, blocks), [2, 0, 3, 1, 4]), [
    filled,
    batch,
    height,
    width,
  ]);
  const found = emitBlocked("Conv", [padded, asKernel], {
    kernel_shape: [height, width],
    strides: window.dilation,
    dilations: window.stride,
  });
  const positions = kernel[0] * kernel[1];
  const perFilter = [channels, filled / block, positions, block];
  const byFilter = transpose(reshape(found, perFilter), [1, 0, 2, 3]);
  const blocked = reshape(byFilter, [1, filled, channels, positions]);
  const all = emitBlocked("ReorderOutput", [blocked], { channels: filters });
  return reshape(all, [filters, channels, ...kernel]);
}

/** [o, c, kh, kw] → [o/b, c/b, kh, kw, b of c, b of o]. */
function weightsByBlock(lowering: Lowering, weight: Tensor): string {
  const { block } = lowering;
  const { value, shape } = fillWeights(lowering, weight);
  const [filters, channels, height, width] = shape;
  const positions = height * width;
  const byFilter = blockAxis(lowering, value, [1, filters, channels, positions]);
  const split = [(filters * channels) / block ** 2, block, positions, block];
  const ordered = lowering.transpose(lowering.reshape(byFilter, split), [0, 2, 1, 3]);
  return lowering.reshape(ordered, shape);
}

/**
 * Weights for data gradients, with channels as filters and only some kernel positions:
 * [o, c, kh, kw] → [c/b, o/b, positions, b of o, b of c].
 */
function weightsByChannel(lowering: Lowering, weight: Tensor) {
  const { block, emit, reshape, transpose, graph } = lowering;
  const { value, shape } = fillWeights(lowering, weight);
  const [filters, channels, height, width] = shape;
  const rows = [(filters * channels) / block, height * width, block];
  const blocked = reshape(blockAxis(lowering, value, shape), rows);
  return (positions: readonly number[], kernel: readonly number[]): string => {
    const taken = emit("Gather", [blocked, graph.integers(positions)], { axis: 1 });
    const split = [filters / block, block, channels / block, positions.length, block];
    const ordered = transpose(reshape(taken, split), [2, 0, 3, 1, 4]);
    return reshape(ordered, [channels, filters, ...kernel]);
  };
}

/** [o, c, kh, kw] → [o/b, c, kh, kw, b of o]. */
function weightsByFilter(lowering: Lowering, weight: Tensor): string {
  const { shape } = weight;
  const [filters, channels, height, width] = shape;
  const filled = wholeBlocks(filters, lowering.block);
  const value = padAxis(lowering, lowering.plain(weight), { shape, axis: 0, to: filled });
  const byFilter = blockAxis(lowering, value, [1, filled, channels, height * width]);
  return lowering.reshape(byFilter, [filled, channels, height, width]);
}

/** The library's own reordering is many times as fast as a general transposition. */
function blockAxis({ emitBlocked, reshape }: Lowering, value: string, shape: Shape): string {
  return emitBlocked("ReorderInput", [reshape(value, shape)]);
}

function fillWeights(lowering: Lowering, weight: Tensor) {
  const { shape } = weight;
  const [o, c] = shape.slice(0, 2).map((size) => wholeBlocks(size, lowering.block));
  const tall = padAxis(lowering, lowering.plain(weight), { shape, axis: 0, to: o });
  const whole = padAxis(lowering, tall, { shape: [o, ...shape.slice(1)], axis: 1, to: c });
  return { value: whole, shape: [o, c, ...shape.slice(2)] };
}
