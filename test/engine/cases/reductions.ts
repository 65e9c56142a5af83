/** Cases of sums, maxima and softmax along axes, and of products. */
import {
  logSoftmax,
  matmul,
  max,
  reshape,
  softmax,
  softmaxGradient,
  sum,
  type Tensor,
  transpose,
} from "../../../src/engine/index.ts";
import {
  apart,
  approximated,
  type Case,
  type CaseTable,
  type Draw,
  exact,
  gaussian,
  given,
  type OpCases,
  secondOrder,
  summed,
} from "./case.ts";

const asReference = { nan: "as reference", infinity: "as reference" } as const;

type Reductions = "sum" | "max" | "softmax" | "softmaxGradient" | "logSoftmax" | "matmul";

export const reductions: Pick<CaseTable, Reductions> = {
  sum: {
    ...asReference,
    tolerance: summed,
    gradient: "checked",
    cases: [
      ...reducing(sum, gaussian),
      { name: "over nothing", inputs: [gaussian(3, 0)], build: (x) => sum(x, [1]) },
      { name: "of nothing", inputs: [gaussian(0, 3)], build: (x) => sum(x, [1]) },
      {
        name: "what cancels is not lost",
        inputs: [given([1e6, 1, -1e6, 0.5])],
        build: (x) => sum(x),
        kinks: "the steps of difference quotients drown in 1e6",
      },
    ],
    speed: {
      name: "channels of activations",
      inputs: [gaussian(64, 64, 32, 32)],
      build: (x) => sum(x, [0, 2, 3]),
    },
  },
  max: {
    nan: { free: "CPU vector maximum instructions give either operand when one is NaN" },
    infinity: "as reference",
    tolerance: exact,
    gradientTolerance: summed,
    gradient: "checked",
    cases: [
      ...reducing(max, apart),
      { name: "negative only", inputs: [given([-3, -1, -2])], build: (x) => max(x) },
      {
        name: "ties",
        inputs: [given([1, 2, 2, 2])],
        build: (x) => max(x),
        kinks: "equals share the gradient, where the derivative does not exist",
      },
      { name: "of no rows", inputs: [gaussian(0, 3)], build: (x) => max(x, [1]) },
    ],
    speed: {
      name: "rows of similarities",
      inputs: [gaussian(1024, 1024)],
      build: (x) => max(x, [1]),
    },
  },
  softmax: { ...alongAxis(softmax), tolerance: approximated },
  softmaxGradient: {
    nan: "as reference",
    infinity: { free: "∞ − ∞ inside" },
    tolerance: summed,
    gradient: secondOrder,
    cases: [
      ofSoftmax("rows", [3, 5], 1),
      ofSoftmax("columns", [3, 5], 0),
      ofSoftmax("a middle axis", [2, 3, 4], 1),
      ofSoftmax("250 classes", [2, 250], 1),
      ofSoftmax("attention", [2, 2, 3, 3], 3),
      ofSoftmax("no rows", [0, 5], 1),
    ],
    speed: ofSoftmax("attention", [64, 3, 65, 65], 3),
  },
  logSoftmax: { ...alongAxis(logSoftmax), tolerance: approximated },
  matmul: {
    ...asReference,
    tolerance: summed,
    gradient: "checked",
    cases: [
      product("small", [3, 4], [4, 5]),
      product("one element", [1, 1], [1, 1]),
      product("a row by a column", [1, 7], [7, 1]),
      product("a column by a row", [7, 1], [1, 7]),
      product("odd sizes", [17, 250], [250, 3]),
      product("a batch", [2, 3, 4], [2, 4, 5]),
      product("one weight for a batch", [2, 3, 4], [4, 5]),
      product("one left for a batch", [3, 4], [2, 4, 5]),
      product("batches broadcast both ways", [2, 1, 3, 4], [5, 4, 2]),
      product("a weight for heads", [2, 3, 2, 4], [4, 3]),
      product("inner size 0", [2, 0], [0, 3]),
      product("no rows", [0, 3], [3, 2]),
      {
        name: "left transposed",
        inputs: [gaussian(4, 3), gaussian(4, 5)],
        build: (l, r) => matmul(transpose(l), r),
      },
      {
        name: "right transposed",
        inputs: [gaussian(3, 4), gaussian(5, 4)],
        build: (l, r) => matmul(l, transpose(r)),
      },
      {
        name: "a matrix by its transpose",
        inputs: [gaussian(4, 3)],
        build: (x) => matmul(x, transpose(x)),
      },
      {
        name: "heads",
        inputs: [gaussian(2, 3, 8), gaussian(2, 3, 8)],
        build: (q, k) => matmul(heads(q), transpose(heads(k))),
      },
    ],
    speed: product("1024 cubed", [1024, 1024], [1024, 1024]),
  },
};

/** [n, t, d] → [n, 2, t, d / 2] */
function heads(x: Tensor): Tensor {
  const [n, t, d] = x.shape;
  return transpose(reshape(x, [n, t, 2, d / 2]), [0, 2, 1, 3]);
}

function reducing(reduce: typeof sum, draw: (...shape: number[]) => Draw): Case[] {
  const of = (name: string, shape: number[], build: (x: Tensor) => Tensor): Case => ({
    name,
    inputs: [draw(...shape)],
    build,
  });
  const kept = { keepDimensions: true };
  return [
    of("all", [3, 4], (x) => reduce(x)),
    of("all, kept", [3, 4], (x) => reduce(x, [0, 1], kept)),
    of("a scalar", [], (x) => reduce(x)),
    of("no axes", [2, 3], (x) => reduce(x, [])),
    of("the first", [5, 3], (x) => reduce(x, [0])),
    of("the last, from the end", [5, 3], (x) => reduce(x, [-1])),
    of("the middle, kept", [2, 3, 4], (x) => reduce(x, [1], kept)),
    of("outer and inner", [2, 3, 4], (x) => reduce(x, [2, 0])),
    of("pixels of 250 channels", [2, 250, 3, 3], (x) => reduce(x, [2, 3])),
    of("batch and pixels", [2, 3, 3, 2], (x) => reduce(x, [0, 2, 3])),
    of("an axis of size 1", [3, 1, 2], (x) => reduce(x, [1])),
  ];
}

function alongAxis(
  f: typeof softmax,
): Pick<OpCases, "nan" | "infinity" | "gradient" | "cases" | "speed"> {
  return {
    nan: "as reference",
    infinity: { free: "∞ − ∞ inside; the result is no probability either way" },
    gradient: "checked",
    cases: [
      { name: "rows", inputs: [gaussian(3, 5)], build: (x) => f(x) },
      { name: "columns", inputs: [gaussian(3, 5)], build: (x) => f(x, 0) },
      { name: "a middle axis", inputs: [gaussian(2, 3, 4)], build: (x) => f(x, 1) },
      { name: "one class", inputs: [gaussian(4, 1)], build: (x) => f(x) },
      { name: "250 classes", inputs: [gaussian(2, 250)], build: (x) => f(x) },
      { name: "attention", inputs: [gaussian(2, 2, 3, 3)], build: (x) => f(x, 3) },
      { name: "no rows", inputs: [gaussian(0, 5)], build: (x) => f(x) },
      {
        name: "large values",
        inputs: [given([1e4, 1e4 - 1, -1e4, 1000, 999, 998], [2, 3])],
        build: (x) => f(x),
        kinks: "the steps of difference quotients drown in 1e4",
      },
    ],
    speed: { name: "similarities", inputs: [gaussian(1024, 1024)], build: (x) => f(x) },
  };
}

function product(name: string, left: number[], right: number[]): Case {
  return { name, inputs: [gaussian(...left), gaussian(...right)], build: matmul };
}

function ofSoftmax(name: string, shape: number[], axis: number): Case {
  return {
    name,
    inputs: [gaussian(...shape), gaussian(...shape)],
    build: (x, dy) => softmaxGradient(softmax(x, axis), dy, axis),
  };
}
