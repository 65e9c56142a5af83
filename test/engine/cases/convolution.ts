/** Cases of convolution, its gradients and max pooling. */
import {
  convolution,
  convolutionDataGradient,
  convolutionWeightGradient,
  maxPool,
  maxPoolGradient,
  type PoolWindow,
  type Shape,
  type Tensor,
  type Window,
} from "../../../src/engine/index.ts";
import {
  apart,
  type Case,
  type CaseTable,
  exact,
  gaussian,
  given,
  secondOrder,
  summed,
} from "./case.ts";

interface Example {
  readonly name: string;
  readonly x: readonly number[];
  readonly weight: readonly number[];
  readonly window?: Partial<Window>;
}

const examples: readonly Example[] = [
  {
    name: "3×3 over 3 channels",
    x: [2, 3, 5, 6],
    weight: [4, 3, 3, 3],
    window: { padding: [1, 1] },
  },
  { name: "1×1", x: [2, 4, 3, 3], weight: [5, 4, 1, 1] },
  { name: "1×1, stride 2", x: [2, 3, 5, 5], weight: [4, 3, 1, 1], window: { stride: [2, 2] } },
  { name: "no padding", x: [1, 2, 5, 4], weight: [3, 2, 3, 2] },
  {
    name: "stride 2, sizes that divide",
    x: [1, 2, 6, 6],
    weight: [3, 2, 3, 3],
    window: { stride: [2, 2], padding: [1, 1] },
  },
  {
    name: "stride 2, sizes that do not divide",
    x: [2, 2, 7, 8],
    weight: [3, 2, 3, 3],
    window: { stride: [2, 2], padding: [1, 0] },
  },
  {
    name: "stride 3, last rows unused",
    x: [1, 2, 9, 8],
    weight: [2, 2, 2, 2],
    window: { stride: [3, 3] },
  },
  {
    name: "dilation",
    x: [1, 2, 7, 8],
    weight: [2, 2, 3, 3],
    window: { dilation: [2, 3], padding: [2, 3] },
  },
  {
    name: "dilation and stride",
    x: [1, 2, 9, 9],
    weight: [2, 2, 3, 3],
    window: { dilation: [2, 2], stride: [2, 2], padding: [1, 2] },
  },
  {
    name: "a series",
    x: [2, 3, 1, 9],
    weight: [4, 3, 1, 3],
    window: { padding: [0, 1], stride: [1, 2] },
  },
  { name: "one of everything", x: [1, 1, 1, 1], weight: [1, 1, 1, 1] },
  { name: "the whole picture", x: [2, 3, 4, 4], weight: [5, 3, 4, 4] },
  { name: "patches", x: [2, 3, 8, 8], weight: [6, 3, 4, 4], window: { stride: [4, 4] } },
  {
    name: "wider padding than the kernel needs",
    x: [1, 1, 3, 3],
    weight: [2, 1, 2, 2],
    window: { padding: [2, 2] },
  },
  {
    name: "7×7, stride 2",
    x: [1, 3, 11, 11],
    weight: [2, 3, 7, 7],
    window: { stride: [2, 2], padding: [3, 3] },
  },
  {
    name: "250 filters of 3 channels",
    x: [1, 3, 4, 4],
    weight: [250, 3, 3, 3],
    window: { padding: [1, 1] },
  },
  { name: "250 channels", x: [1, 250, 3, 3], weight: [3, 250, 3, 3], window: { padding: [1, 1] } },
];

const large: Example = {
  name: "64 channels at 32²",
  x: [64, 64, 32, 32],
  weight: [64, 64, 3, 3],
  window: { padding: [1, 1] },
};

const pools: readonly { name: string; x: readonly number[]; pool: PoolOptions }[] = [
  { name: "2×2", x: [2, 3, 4, 6], pool: { kernel: [2, 2] } },
  { name: "odd sizes", x: [1, 2, 5, 7], pool: { kernel: [2, 2] } },
  { name: "3×3, stride 2, padding 1", x: [2, 2, 7, 8], pool: stem() },
  { name: "a series", x: [1, 3, 1, 9], pool: { kernel: [1, 3], stride: [1, 2], padding: [0, 1] } },
  { name: "overlapping", x: [1, 1, 5, 5], pool: { kernel: [3, 3], stride: [1, 1] } },
  { name: "one element", x: [1, 1, 1, 1], pool: { kernel: [1, 1] } },
  { name: "gaps", x: [1, 1, 7, 7], pool: { kernel: [2, 2], stride: [3, 3] } },
  { name: "250 channels", x: [1, 250, 4, 4], pool: { kernel: [2, 2] } },
];

type PoolOptions = Partial<PoolWindow> & Pick<PoolWindow, "kernel">;
type Windows =
  | ("convolution" | "convolutionDataGradient" | "convolutionWeightGradient")
  | ("maxPool" | "maxPoolGradient");

const zeros = { spreads: "libraries multiply by zeros that they put in, and 0 · NaN is NaN" };
const spreading = { nan: zeros, infinity: zeros } as const;

export const windows: Pick<CaseTable, Windows> = {
  convolution: {
    ...spreading,
    tolerance: summed,
    gradient: "checked",
    cases: examples.map(forward),
    speed: forward(large),
  },
  convolutionDataGradient: {
    ...spreading,
    tolerance: summed,
    gradient: secondOrder,
    cases: examples.map(dataGradient),
    speed: dataGradient(large),
  },
  convolutionWeightGradient: {
    ...spreading,
    tolerance: summed,
    gradient: secondOrder,
    cases: examples.map(weightGradient),
    speed: weightGradient(large),
  },
  maxPool: {
    nan: { free: "CPU vector maximum instructions give either operand when one is NaN" },
    infinity: "as reference",
    tolerance: exact,
    gradientTolerance: summed,
    gradient: "checked",
    cases: [
      ...pools.map(
        ({ name, x, pool }): Case => ({
          name,
          inputs: [apart(...x)],
          build: (input) => maxPool(input, pool).y,
        }),
      ),
      {
        name: "padding never wins",
        inputs: [given([-5, -1, -3, -2], [1, 1, 2, 2])],
        build: (x) => maxPool(x, stem()).y,
      },
      {
        name: "ties",
        inputs: [given([1, 1, 0, 0, 1, 1, 0, 0], [1, 1, 2, 4])],
        build: (x) => maxPool(x, { kernel: [2, 2] }).y,
        kinks: "the first of equals takes the gradient, where the derivative does not exist",
      },
    ],
    speed: {
      name: "stem of ResNet",
      inputs: [gaussian(64, 64, 56, 56)],
      build: (x) => maxPool(x, stem()).y,
    },
  },
  maxPoolGradient: {
    nan: {
      spreads: "a NaN among maxima may win its window or lose it, and the gradient goes with it",
    },
    infinity: "as reference",
    tolerance: summed,
    gradient: secondOrder,
    cases: [
      ...pools.map(poolGradient),
      {
        name: "ties go to the first in row order",
        inputs: [given([0, 0, 1, 1, 0, 0, 1, 1], [1, 1, 2, 4]), gaussian(1, 1, 1, 2)],
        build: (x, dy) => poolBackward(x, dy, { kernel: [2, 2] }),
      },
      {
        name: "ties under padding and overlap",
        inputs: [given(new Array(16).fill(0), [1, 1, 4, 4]), gaussian(1, 1, 2, 2)],
        build: (x, dy) => poolBackward(x, dy, stem()),
      },
      {
        name: "a plane for each picture and channel",
        inputs: [given(new Array(24).fill(7), [2, 3, 2, 2]), gaussian(2, 3, 1, 1)],
        build: (x, dy) => poolBackward(x, dy, { kernel: [2, 2] }),
      },
    ],
    speed: poolGradient({ name: "stem of ResNet", x: [64, 64, 56, 56], pool: stem() }),
  },
};

function stem(): PoolWindow {
  return { kernel: [3, 3], stride: [2, 2], padding: [1, 1] };
}

function forward({ name, x, weight, window }: Example): Case {
  return {
    name,
    inputs: [gaussian(...x), gaussian(...weight)],
    build: (input, filters) => convolution(input, filters, window),
  };
}

function dataGradient({ name, x, weight, window }: Example): Case {
  return {
    name,
    inputs: [gaussian(...outputShape(x, weight, window)), gaussian(...weight)],
    build: (dy, filters) => convolutionDataGradient(dy, filters, { ...window, inputShape: x }),
  };
}

function weightGradient({ name, x, weight, window }: Example): Case {
  return {
    name,
    inputs: [gaussian(...x), gaussian(...outputShape(x, weight, window))],
    build: (input, dy) =>
      convolutionWeightGradient(input, dy, { ...window, kernel: [weight[2], weight[3]] }),
  };
}

function poolGradient({ name, x, pool }: (typeof pools)[number]): Case {
  const outputs = outputShape(x, [x[1], x[1], ...pool.kernel], {
    stride: pool.kernel,
    ...pool,
  });
  return {
    name,
    inputs: [apart(...x), gaussian(...outputs)],
    build: (input, dy) => poolBackward(input, dy, pool),
  };
}

function poolBackward(x: Tensor, dy: Tensor, options: PoolOptions): Tensor {
  const pool = { stride: options.kernel, padding: [0, 0], ...options } as const;
  return maxPoolGradient(x, dy, { ...pool, workspace: maxPool(x, pool).workspace });
}

/** Written out here again, so that a fault in shape inference does not hide. */
function outputShape(x: Shape, weight: Shape, window: Partial<Window> = {}): number[] {
  const { stride = [1, 1], padding = [0, 0], dilation = [1, 1] } = window;
  const along = (i: 0 | 1) =>
    Math.floor((x[2 + i] + 2 * padding[i] - dilation[i] * (weight[2 + i] - 1) - 1) / stride[i] + 1);
  return [x[0], weight[0], along(0), along(1)];
}
