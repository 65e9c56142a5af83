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
  const [filters, channels, ...kernel] = weight.shape;
  const given = { shape: weight.shape, filters, channels };
  // Pictures of few channels are read as they are: the kernel for first layers takes them plain.
  const few = channels < block;
  const input = few ? lowering.plain(x) : lowering.blocked(x);
  const ordered = few
    ? weightsByFilter(lowering, lowering.plain(weight), given)
    : weightsByBlock(lowering, lowering.plain(weight), given);
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
  const [filters, channels, height, width] = weight.shape;
  const given = lowering.blocked(dy);
  const [n, , h, w] = inputShape;
  const [stepHeight, stepWidth] = [h / phases.rows.length, w / phases.columns.length];
  const filled = wholeBlocks(channels, block);

  function ofPhase(row: Phase, column: Phase): string {
    if (row.taps.length * column.taps.length === 0) {
      const shape = graph.integers([n, filled, stepHeight, stepWidth]);
      return emit("Expand", [lowering.scalar(0), shape]);
    }
    const positions = row.taps.flatMap((i) => column.taps.map((j) => i * width + j));
    const flat = reshape(lowering.plain(weight), [filters, channels, height * width]);
    const shape = [filters, channels, row.taps.length, column.taps.length];
    const taken = reshape(emit("Gather", [flat, graph.integers(positions)], { axis: 2 }), shape);
    const ordered = weightsTransposed(lowering, taken, { shape, filters, channels });
    return emitBlocked("Conv", [given, ordered], {
      kernel_shape: shape.slice(2),
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
  const byFilter = transpose(
    reshape(found, [channels, filled / block, positions, block]),
    [1, 3, 0, 2],
  );
  const all = reshape(byFilter, [filled, channels, ...kernel]);
  return filled === filters
    ? all
    : emit("Slice", [all, graph.integers([0]), graph.integers([filters]), graph.integers([0])]);
}

interface Weights {
  readonly shape: Shape;
  readonly filters: number;
  readonly channels: number;
}

/** [o, c, kh, kw] → [o/b, c/b, kh, kw, b of c, b of o]. */
function weightsByBlock(lowering: Lowering, weight: string, { shape, ...of }: Weights): string {
  const { block } = lowering;
  const { value, filters, channels } = fillWeights(lowering, weight, { shape, ...of });
  const positions = shape[2] * shape[3];
  const split = [filters / block, block, channels / block, block, positions];
  const ordered = lowering.transpose(lowering.reshape(value, split), [0, 2, 4, 3, 1]);
  return lowering.reshape(ordered, [filters, channels, shape[2], shape[3]]);
}

/** [o, c, kh, kw] → [c/b, o/b, kh, kw, b of o, b of c]: channels become filters. */
function weightsTransposed(lowering: Lowering, weight: string, { shape, ...of }: Weights): string {
  const { block } = lowering;
  const { value, filters, channels } = fillWeights(lowering, weight, { shape, ...of });
  const positions = shape[2] * shape[3];
  const split = [filters / block, block, channels / block, block, positions];
  const ordered = lowering.transpose(lowering.reshape(value, split), [2, 0, 4, 1, 3]);
  return lowering.reshape(ordered, [channels, filters, shape[2], shape[3]]);
}

/** [o, c, kh, kw] → [o/b, c, kh, kw, b of o]. */
function weightsByFilter(lowering: Lowering, weight: string, { shape, filters }: Weights): string {
  const { block } = lowering;
  const whole = wholeBlocks(filters, block);
  const value = padAxis(lowering, weight, { shape, axis: 0, to: whole });
  const rest = shape[1] * shape[2] * shape[3];
  const split = lowering.reshape(value, [whole / block, block, rest]);
  return lowering.reshape(lowering.transpose(split, [0, 2, 1]), [whole, ...shape.slice(1)]);
}

function fillWeights(lowering: Lowering, weight: string, { shape, filters, channels }: Weights) {
  const [o, c] = [wholeBlocks(filters, lowering.block), wholeBlocks(channels, lowering.block)];
  const tall = padAxis(lowering, weight, { shape, axis: 0, to: o });
  const whole = padAxis(lowering, tall, { shape: [o, ...shape.slice(1)], axis: 1, to: c });
  return { value: whole, filters: o, channels: c };
}
