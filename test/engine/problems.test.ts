/** Every refusal of the graph, and the sentence a reader gets: evidence must fill it completely. */
import { describe, expect, it } from "vitest";
import { Problem } from "../../src/base/index.ts";
import {
  add,
  batchNorm,
  broadcastTo,
  concatenate,
  constant,
  convolution,
  convolutionDataGradient,
  convolutionWeightGradient,
  equal,
  gather,
  layerNorm,
  matmul,
  max,
  maxPool,
  maxPoolGradient,
  pad,
  parameter,
  placeholder,
  reshape,
  scatterAdd,
  slice,
  softmax,
  sum,
  transpose,
} from "../../src/engine/index.ts";
import { languages, sentence } from "../../src/words/index.ts";

const x = placeholder("x", [2, 3]);
const pictures = placeholder("pictures", [2, 3, 8, 8]);
const filters = parameter("filters", [4, 3, 3, 3]);
const labels = placeholder("labels", [2], { dtype: "i32" });
const { workspace } = maxPool(pictures, { kernel: [2, 2] });

const refusals: readonly [code: string, act: () => unknown][] = [
  ["engine/shape-amounts", () => pad(x, [0], [0, 0])],
  ["engine/shape-amounts", () => pad(x, [0, -1], [0, 0])],
  ["engine/shape-axes", () => sum(x, [2])],
  ["engine/shape-axes", () => sum(x, [0, 0])],
  ["engine/shape-axes", () => sum(x, [0.5])],
  ["engine/shape-axes", () => softmax(x, -3)],
  ["engine/shape-batch", () => matmul(constant(0, [2, 1, 1]), constant(0, [3, 1, 1]))],
  ["engine/shape-broadcast", () => add(x, constant(0, [2]))],
  ["engine/shape-broadcast", () => equal(x, constant(0, [4]))],
  ["engine/shape-channels", () => convolution(pictures, parameter("w", [4, 2, 3, 3]))],
  ["engine/shape-channels", () => convolution(x, filters)],
  ["engine/shape-kernel", () => maxPool(x, { kernel: [2, 2] })],
  ["engine/shape-channels", () => batchNorm(pictures, constant(1, [4]), constant(0, [3]))],
  [
    "engine/shape-channels",
    () => layerNorm(x, { scale: constant(1, [2]), shift: constant(0, [3]) }),
  ],
  ["engine/shape-dtypes", () => add(labels, 1)],
  ["engine/shape-dtypes", () => equal(labels, 1)],
  ["engine/shape-empty", () => max(constant(0, [0, 3]), [0])],
  [
    "engine/shape-forward",
    () => convolutionDataGradient(pictures, filters, { inputShape: [2, 3, 8, 8] }),
  ],
  ["engine/shape-forward", () => convolutionWeightGradient(pictures, pictures, { kernel: [3, 3] })],
  [
    "engine/shape-forward",
    () =>
      maxPoolGradient(pictures, pictures, {
        kernel: [2, 2],
        stride: [2, 2],
        padding: [0, 0],
        workspace,
      }),
  ],
  ["engine/shape-indexes", () => gather(x, constant(0, [2]))],
  ["engine/shape-indexes", () => scatterAdd(x, constant(0, [3], "i32"), 4)],
  ["engine/shape-inner", () => matmul(x, x)],
  ["engine/shape-inner", () => matmul(x, constant(0, [2, 5]))],
  ["engine/shape-inner", () => matmul(x, constant(0, [7, 5]))],
  ["engine/shape-inner", () => matmul(x, constant(0, [3]))],
  ["engine/shape-kernel", () => convolution(pictures, parameter("w", [4, 3, 9, 9]))],
  ["engine/shape-kernel", () => convolution(pictures, filters, { stride: [0, 1] })],
  ["engine/shape-kernel", () => convolution(pictures, filters, { padding: [-1, 0] })],
  ["engine/shape-kernel", () => convolution(pictures, filters, { dilation: [1, 0.5] })],
  ["engine/shape-kernel", () => maxPool(pictures, { kernel: [2, 2], padding: [2, 2] })],
  ["engine/shape-parts", () => concatenate([x, constant(0, [2, 2])])],
  ["engine/shape-parts", () => concatenate([labels, constant(0, [2])])],
  ["engine/shape-parts", () => concatenate([])],
  ["engine/shape-parts", () => concatenate([x], 2)],
  ["engine/shape-permutation", () => transpose(x, [0, 0])],
  ["engine/shape-permutation", () => transpose(labels)],
  ["engine/shape-range", () => slice(x, [0, 0], [3, 3])],
  ["engine/shape-range", () => slice(x, [0], [1])],
  ["engine/shape-range", () => slice(x, [1, 0], [0, 3])],
  ["engine/shape-size", () => reshape(x, [4, 2])],
  ["engine/shape-sizes", () => placeholder("bad", [2.5])],
  ["engine/shape-sizes", () => placeholder("bad", [-1])],
  ["engine/shape-sizes", () => scatterAdd(x, labels, -1)],
  ["engine/shape-target", () => broadcastTo(x, [3])],
  ["engine/shape-target", () => broadcastTo(x, [4, 3])],
  ["engine/shape-values", () => constant([1, 2], [3])],
  ["engine/shape-values", () => constant(0.5, [2], "i32")],
];

describe("refusals", () => {
  it.each(refusals)("%s %#", (code, act) => {
    const problem = problemOf(act);
    expect(problem.code).toBe(code);
    for (const language of languages) {
      const text = sentence(problem.code, problem.values, language);
      expect(text).not.toMatch(/[{}]|undefined|NaN|unknown/);
      if ("origin" in problem.values) expect(text).toContain("problems.test.ts:");
    }
  });
});

describe("sentences", () => {
  const english = (act: () => unknown) => {
    const { code, values } = problemOf(act);
    return sentence(code, values, "en").replaceAll(/:\d+\)/g, ":…)");
  };

  it("names both operands of a product, and the likely cure", () => {
    expect(english(() => matmul(x, x))).toMatchInlineSnapshot(`
      "matmul cannot multiply [2, 3] by [2, 3]: the last size of left must be the last but one of right.
        left   input "x" (engine/problems.test.ts:…)
        right  input "x" (engine/problems.test.ts:…)
      Did you mean matmul(left, transpose(right))?"
    `);
  });

  it("shows what a kernel does not fit on", () => {
    const small = maxPool(pictures, { kernel: [4, 4] }).y;
    expect(english(() => convolution(small, filters))).toMatchInlineSnapshot(`
      "convolution cannot place a kernel of [3, 3] with stride [1, 1] and padding [0, 0] on [2, 3, 2, 2]:
        maxPool (engine/problems.test.ts:…)
      Use larger pictures, a smaller kernel or fewer strides before this point. Strides are whole numbers from 1, paddings from 0; in maxPool, padding is at most half the kernel."
    `);
  });

  it("says which operand has the wrong channels", () => {
    const scale = parameter("norm/scale", [4]);
    const shift = parameter("norm/shift", [3]);
    expect(english(() => batchNorm(pictures, scale, shift))).toMatchInlineSnapshot(`
      "batchNorm finds no agreement on channels between [2, 3, 8, 8] and [4].
        left   input "pictures" (engine/problems.test.ts:…)
        right  parameter "norm/scale" (engine/problems.test.ts:…)
      Pictures are [n, channels, height, width] and filters [filters, channels, height, width]; scales, shifts and statistics have one value for each channel (in layerNorm: for each feature of the last axis)."
    `);
  });
});

function problemOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
