/** Cases of ops that work element by element, with broadcasting. */
import {
  abs,
  add,
  cos,
  divide,
  equal,
  erf,
  exp,
  gelu,
  geluGradient,
  greater,
  log,
  maximum,
  multiply,
  negate,
  relu,
  select,
  sin,
  sqrt,
  stopGradient,
  subtract,
  type Tensor,
  tanh,
} from "../../../src/engine/index.ts";
import {
  apart,
  approximated,
  awayFromZero,
  type Case,
  type CaseTable,
  type Draw,
  erfByVendor,
  exact,
  gaussian,
  given,
  indexes,
  type OpCases,
  positive,
  rounding,
  secondOrder,
  summed,
  whole,
} from "./case.ts";

type Drawer = (...shape: number[]) => Draw;

const asReference = { nan: "as reference", infinity: "as reference" } as const;
const maximumOfNaN = {
  nan: { free: "CPU vector maximum instructions give either operand when one is NaN" },
  infinity: "as reference",
} as const;
/** What was broadcast is summed in the gradient. */
const rounded = { tolerance: rounding, gradientTolerance: summed, gradient: "checked" } as const;
const flat = { zero: "piecewise constant: 0 wherever it is continuous" };

type Elementwise =
  | ("add" | "subtract" | "multiply" | "divide" | "maximum" | "equal" | "greater" | "select")
  | ("gelu" | "geluGradient")
  | ("negate" | "exp" | "log" | "sqrt" | "tanh" | "erf" | "sin" | "cos" | "abs" | "relu")
  | "stopGradient";

export const elementwise: Pick<CaseTable, Elementwise> = {
  add: { ...binary(add, gaussian), ...rounded },
  subtract: { ...binary(subtract, gaussian), ...rounded },
  multiply: { ...binary(multiply, gaussian), ...rounded },
  divide: { ...binary(divide, positive), ...rounded },
  maximum: {
    ...binary(maximum, gaussian, [
      // Interleaved by construction, so that no pair is within a difference quotient of a tie.
      { name: "apart", inputs: [apart(5, 6), given([0.005])], build: maximum },
      { name: "against zero", inputs: [awayFromZero(9)], build: (x) => maximum(x, 0) },
    ]),
    ...maximumOfNaN,
    tolerance: exact,
    gradientTolerance: summed,
    gradient: "checked",
  },
  equal: {
    ...binary(equal, (...shape) => whole(3, ...shape), [
      { name: "whole numbers", inputs: [indexes(3, 20), indexes(3, 1)], build: equal },
      { name: "of NaN", inputs: [given([NaN, 1]), given([NaN, 1])], build: equal },
      { name: "zeros of both signs", inputs: [given([0]), given([-0])], build: equal },
    ]),
    tolerance: exact,
    gradient: flat,
  },
  greater: {
    ...binary(greater, (...shape) => whole(3, ...shape), [
      {
        name: "infinities",
        inputs: [given([Infinity, 1, -Infinity]), given([1, Infinity, -Infinity])],
        build: greater,
      },
    ]),
    tolerance: exact,
    gradient: flat,
  },
  select: {
    ...asReference,
    tolerance: exact,
    gradientTolerance: summed,
    gradient: "checked",
    cases: [
      choosing("same shapes", [4, 3], [4, 3], [4, 3]),
      choosing("a condition for each row", [4, 1], [4, 3], [3]),
      choosing("one value", [2, 5], [], [2, 5]),
      choosing("empty", [0, 3], [0, 3], [3]),
      {
        name: "what is not chosen is not looked at",
        inputs: [given([1, 0, 1])],
        kinks: "a condition is no number to differentiate by",
        build: (condition) => select(condition, 1, divide(1, 0)),
      },
      {
        name: "any number but 0 is true",
        inputs: [given([-1, 0.5, 0, -0])],
        kinks: "a condition is no number to differentiate by",
        build: (condition) => select(condition, 1, 2),
      },
    ],
    speed: choosing("activations", [64, 64, 32, 32], [64, 64, 32, 32], []),
  },

  negate: unary(negate, gaussian, { tolerance: exact }),
  exp: unary(exp, gaussian, {
    tolerance: approximated,
    extremes: [-Infinity, -200, -80, 0, 1, 200, Infinity],
  }),
  log: unary(log, positive, { tolerance: approximated, extremes: [0, -1, 1e-30, 1e30, Infinity] }),
  sqrt: unary(sqrt, positive, { tolerance: rounding, extremes: [0, -1, 1e-30, 1e30, Infinity] }),
  tanh: unary(tanh, gaussian, {
    tolerance: approximated,
    extremes: [-Infinity, -30, -1e-4, 0, 1e-4, 30, Infinity],
  }),
  erf: unary(erf, gaussian, {
    tolerance: approximated,
    extremes: [-Infinity, -5, -2, -1e-4, 0, 1e-4, 2, 5, Infinity],
  }),
  gelu: {
    ...unary(gelu, gaussian, {
      tolerance: erfByVendor,
      extremes: [-5, -2, -1e-4, 0, 1e-4, 2, 5, 30],
    }),
    infinity: { free: "−∞ · 0 at one end" },
  },
  geluGradient: {
    nan: "as reference",
    infinity: { free: "∞ · 0 inside" },
    tolerance: erfByVendor,
    gradient: secondOrder,
    cases: [
      { name: "three axes", inputs: [gaussian(2, 3, 5), gaussian(2, 3, 5)], build: geluGradient },
      { name: "a scalar", inputs: [gaussian(), gaussian()], build: geluGradient },
      { name: "tokens", inputs: [gaussian(2, 5, 250), gaussian(2, 5, 250)], build: geluGradient },
      { name: "empty", inputs: [gaussian(0, 3), gaussian(0, 3)], build: geluGradient },
    ],
    speed: {
      name: "tokens",
      inputs: [gaussian(64, 65, 768), gaussian(64, 65, 768)],
      build: geluGradient,
    },
  },
  sin: unary(sin, gaussian, { tolerance: approximated, extremes: [-100, -3, 0, 3, 100] }),
  cos: unary(cos, gaussian, { tolerance: approximated, extremes: [-100, -3, 0, 3, 100] }),
  abs: unary(abs, awayFromZero, { tolerance: exact, extremes: [-0, 0, -Infinity, Infinity] }),
  relu: {
    ...unary(relu, awayFromZero, { tolerance: exact, extremes: [-0, 0, -Infinity, Infinity] }),
    ...maximumOfNaN,
  },
  stopGradient: {
    ...unary(stopGradient, gaussian, { tolerance: exact }),
    gradient: { zero: "it stops gradients by definition" },
  },
};

function binary(
  build: (left: Tensor, right: Tensor) => Tensor,
  draw: Drawer,
  more: readonly Case[] = [],
): Pick<OpCases, "cases" | "nan" | "infinity" | "speed"> {
  const pair = (name: string, left: number[], right: number[]): Case => ({
    name,
    inputs: [draw(...left), draw(...right)],
    build,
  });
  return {
    ...asReference,
    cases: [
      pair("same shapes", [3, 7], [3, 7]),
      pair("a row", [3, 7], [7]),
      pair("both ways", [3, 1, 5], [4, 1]),
      pair("a scalar", [], [2, 3]),
      pair("two scalars", [], []),
      pair("size 1 everywhere", [1, 1], [1]),
      pair("250 channels", [2, 250, 1, 3], [250, 1, 1]),
      pair("empty", [0, 3], [3]),
      { name: "with itself", inputs: [draw(5)], build: (x) => build(x, x) },
      ...more,
    ],
    speed: pair("bias on activations", [64, 64, 32, 32], [64, 1, 1]),
  };
}

function unary(
  build: (x: Tensor) => Tensor,
  draw: Drawer,
  { tolerance, extremes = [0, 1e30, -1e30] }: Pick<OpCases, "tolerance"> & { extremes?: number[] },
): OpCases {
  const of = (name: string, ...shape: number[]): Case => ({
    name,
    inputs: [draw(...shape)],
    build,
  });
  return {
    ...asReference,
    tolerance,
    gradient: "checked",
    cases: [
      of("three axes", 2, 3, 5),
      of("a scalar"),
      of("one element", 1, 1),
      of("250 channels", 1, 250, 3),
      of("empty", 0, 3),
      { name: "extremes", inputs: [given(extremes)], build, kinks: "ends of the domain" },
    ],
    speed: of("activations", 64, 64, 32, 32),
  };
}

function choosing(
  name: string,
  condition: number[],
  whenTrue: number[],
  whenFalse: number[],
): Case {
  return {
    name,
    inputs: [whole(2, ...condition), gaussian(...whenTrue), gaussian(...whenFalse)],
    build: select,
  };
}
