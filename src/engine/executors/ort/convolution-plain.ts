/** Convolutions in the row-major layout: for few channels, and where there are no blocked kernels. */
import type { Shape, Tensor, Window } from "../../graph/index.ts";
import type { Lowering } from "./lowering.ts";

export function plainConvolution(
  lowering: Lowering,
  { x, weight, window }: { x: Tensor; weight: Tensor; window: Window },
): string {
  return lowering.emit("Conv", [lowering.plain(x), lowering.plain(weight)], {
    kernel_shape: weight.shape.slice(2),
    strides: window.stride,
    pads: [...window.padding, ...window.padding],
    dilations: window.dilation,
  });
}

export function plainDataGradient(
  lowering: Lowering,
  of: { dy: Tensor; weight: Tensor; window: Window; inputShape: Shape },
): string {
  const { dy, weight, window, inputShape } = of;
  const kernel = weight.shape.slice(2);
  const beyond = kernel.map((size, axis) => {
    const reach =
      window.stride[axis] * (dy.shape[2 + axis] - 1) + window.dilation[axis] * (size - 1);
    return inputShape[2 + axis] + 2 * window.padding[axis] - reach - 1;
  });
  return lowering.emit("ConvTranspose", [lowering.plain(dy), lowering.plain(weight)], {
    kernel_shape: kernel,
    strides: window.stride,
    pads: [...window.padding, ...window.padding],
    dilations: window.dilation,
    output_padding: beyond,
  });
}

/** dw[:, :, i, j] = Σ dy·x shifted by (i, j): one product over batch and positions for each (i, j). */
export function plainWeightGradient(
  lowering: Lowering,
  of: { x: Tensor; dy: Tensor; window: Window; kernel: readonly [number, number] },
): string {
  const { x, dy, window, kernel } = of;
  const { emit, product, reshape, transpose, graph } = lowering;
  const [n, channels] = x.shape;
  const [, filters, height, width] = dy.shape;
  const count = n * height * width;
  const [top, left] = window.padding;
  const borders = [0, 0, top, left, 0, 0, top, left];
  const padded = emit("Pad", [lowering.plain(x), graph.integers(borders)]);
  const errors = reshape(transpose(lowering.plain(dy), [1, 0, 2, 3]), [filters, count]);

  function at(i: number, j: number): string {
    const starts = [i * window.dilation[0], j * window.dilation[1]];
    const ends = [height, width].map(
      (size, axis) => starts[axis] + window.stride[axis] * (size - 1) + 1,
    );
    const cut = [starts, ends, [2, 3], window.stride].map(graph.integers);
    const shifted = transpose(emit("Slice", [padded, ...cut]), [1, 0, 2, 3]);
    const values = reshape(shifted, [channels, count]);
    const found = product({ value: errors, rank: 2 }, { value: values, rank: 2, transposed: true });
    return reshape(found, [filters, channels, 1]);
  }

  const rows = Array.from({ length: kernel[0] }, (_, i) => i);
  const columns = Array.from({ length: kernel[1] }, (_, j) => j);
  const parts = rows.flatMap((i) => columns.map((j) => at(i, j)));
  return reshape(emit("Concat", parts, { axis: 2 }), [filters, channels, ...kernel]);
}
