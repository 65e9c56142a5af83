/** Reference convolution, its two gradients and max pooling: loops over taps. */
import { type PoolWindow, type Shape, sizeOf, type Window } from "../../graph/index.ts";
import type { Call } from "./call.ts";

export function convolution(call: Call<"convolution">): Float64Array[] {
  const { attributes, inputs, shapes, shape } = call;
  const [x, weight] = inputs;
  const y = new Float64Array(sizeOf(shape));
  eachTap(attributes, { x: shapes[0], weight: shapes[1], y: shape }, (ix, iw, iy) => {
    y[iy] += x[ix] * weight[iw];
  });
  return [y];
}

export function convolutionDataGradient(call: Call<"convolutionDataGradient">): Float64Array[] {
  const { attributes, inputs, shapes, shape } = call;
  const [dy, weight] = inputs;
  const dx = new Float64Array(sizeOf(shape));
  eachTap(attributes, { x: shape, weight: shapes[1], y: shapes[0] }, (ix, iw, iy) => {
    dx[ix] += dy[iy] * weight[iw];
  });
  return [dx];
}

export function convolutionWeightGradient(call: Call<"convolutionWeightGradient">): Float64Array[] {
  const { attributes, inputs, shapes, shape } = call;
  const [x, dy] = inputs;
  const dweight = new Float64Array(sizeOf(shape));
  eachTap(attributes, { x: shapes[0], weight: shape, y: shapes[1] }, (ix, iw, iy) => {
    dweight[iw] += x[ix] * dy[iy];
  });
  return [dweight];
}

/** The workspace is where in x each maximum was found. */
export function maxPool({ attributes, inputs: [x], shapes, shape }: Call<"maxPool">) {
  const y = new Float64Array(sizeOf(shape));
  const found = new Float64Array(sizeOf(shape)).fill(-1);
  const window: Window = { ...attributes, dilation: [1, 1] };
  const [planes, height, width] = [shape[0] * shape[1], ...shape.slice(2)];
  let i = 0;
  for (let plane = 0; plane < planes; plane++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++, i++)
        for (const at of inside(window, attributes.kernel, shapes[0], [row, column])) {
          const value = x[plane * shapes[0][2] * shapes[0][3] + at.offset];
          const better =
            found[i] < 0 || value > y[i] || (Number.isNaN(value) && !Number.isNaN(y[i]));
          if (!better) continue;
          y[i] = value;
          found[i] = plane * shapes[0][2] * shapes[0][3] + at.offset;
        }
  return [y, found];
}

export function maxPoolGradient(call: Call<"maxPoolGradient">): Float64Array[] {
  const [, dy, found] = call.inputs;
  const dx = new Float64Array(sizeOf(call.shape));
  for (const [i, offset] of found.entries()) dx[offset] += dy[i];
  return [dx];
}

/** Calls `visit` once for each product that a convolution adds up, with offsets in x, weight, y. */
function eachTap(
  window: Window,
  { x, weight, y }: { x: Shape; weight: Shape; y: Shape },
  visit: (ix: number, iw: number, iy: number) => void,
): void {
  const [count, filters, height, width] = y;
  const [, channels, kernelHeight, kernelWidth] = weight;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (const tap of inside(window, [kernelHeight, kernelWidth], x, [row, column]))
        for (let n = 0; n < count; n++)
          for (let o = 0; o < filters; o++)
            for (let c = 0; c < channels; c++)
              visit(
                (n * channels + c) * x[2] * x[3] + tap.offset,
                ((o * channels + c) * kernelHeight + tap.row) * kernelWidth + tap.column,
                ((n * filters + o) * height + row) * width + column,
              );
}

/** The taps of the window at one output position that fall inside the picture, in row order. */
function inside(
  { stride, padding, dilation }: Window,
  kernel: PoolWindow["kernel"],
  [, , height, width]: Shape,
  at: readonly [number, number],
): { row: number; column: number; offset: number }[] {
  const taps = [];
  for (let row = 0; row < kernel[0]; row++)
    for (let column = 0; column < kernel[1]; column++) {
      const y = at[0] * stride[0] - padding[0] + row * dilation[0];
      const x = at[1] * stride[1] - padding[1] + column * dilation[1];
      if (y >= 0 && y < height && x >= 0 && x < width)
        taps.push({ row, column, offset: y * width + x });
    }
  return taps;
}
