/** Layers by hand-sized cases and literal loops. */
import { describe, expect, test } from "vitest";
import { placeholder, type Tensor } from "../../../src/engine/index.ts";
import {
  attention,
  batchNorm,
  evaluation,
  type Layer,
  layerNorm,
  mlp,
  placeholders,
  pure,
  residual,
  sequence,
  tap,
  training,
  within,
} from "../../../src/learn/nn/index.ts";
import { expectClose, inFloat64, numbers, rowsOf } from "../numbers.ts";

describe("batch norm", () => {
  const layer = batchNorm("norm", 1);
  const x = placeholder("x", [4, 1]);
  const given = {
    x: [1, 2, 3, 6],
    "norm/scale": [2],
    "norm/shift": [0.5],
    "norm/mean": [10],
    "norm/variance": [20],
  };

  test("in training normalises by the batch and moves the running statistics by 0.1", () => {
    const { y, updates } = layer.apply(placeholders(layer), x, training);
    const tensors = [y, updates["norm/mean"], updates["norm/variance"]];
    const [out, mean, variance] = inFloat64(tensors, given);
    // Mean 3, biased variance 14/4, unbiased 14/3.
    expectClose(
      out,
      [1, 2, 3, 6].map((v) => ((v - 3) / Math.sqrt(3.5 + 1e-5)) * 2 + 0.5),
      1e-12,
    );
    expectClose(mean, [0.9 * 10 + 0.1 * 3], 1e-12);
    expectClose(variance, [0.9 * 20 + (0.1 * 14) / 3], 1e-12);
  });

  test("in evaluation normalises by the running statistics and moves nothing", () => {
    const { y, updates } = layer.apply(placeholders(layer), x, evaluation);
    const [out] = inFloat64([y], given);
    expectClose(
      out,
      [1, 2, 3, 6].map((v) => ((v - 10) / Math.sqrt(20 + 1e-5)) * 2 + 0.5),
      1e-12,
    );
    expect(updates).toEqual({});
  });
});

describe("combined layers", () => {
  const double = pure((x: Tensor) => x);

  test("a prefix goes before parameters, state, updates and taps", () => {
    const inner = sequence([batchNorm("norm", 2), tap("end")]);
    const layer = within("block1", inner);
    expect(layer.parameters.map(({ name }) => name)).toEqual([
      "block1/norm/scale",
      "block1/norm/shift",
    ]);
    const applied = layer.apply(placeholders(layer), placeholder("x", [3, 2]), training);
    expect(Object.keys(applied.updates)).toEqual(["block1/norm/mean", "block1/norm/variance"]);
    expect(Object.keys(applied.taps)).toEqual(["block1/end"]);
  });

  test("a residual adds its input", () => {
    const layer: Layer = residual(double);
    const [out] = inFloat64([layer.apply({}, placeholder("x", [2]), training).y], { x: [1, -3] });
    expectClose(out, [2, -6], 0);
  });

  test("an mlp has batch norm after all layers but the last", () => {
    const names = mlp({ from: 4, sizes: [8, 3], lastBias: true }).parameters.map(
      ({ name, shape }) => `${name} ${shape}`,
    );
    expect(names).toEqual([
      "layer1/linear/weight 4,8",
      "layer1/norm/scale 8",
      "layer1/norm/shift 8",
      "layer2/linear/weight 8,3",
      "layer2/linear/bias 3",
    ]);
  });
});

test("layer norm is over the last axis, by its biased variance", () => {
  const layer = layerNorm("norm", 3);
  const x = placeholder("x", [2, 3]);
  const given = { x: [1, 2, 6, 4, 4, 4], "norm/scale": [1, 2, 3], "norm/shift": [0, 0, 1] };
  const [found] = inFloat64([layer.apply(placeholders(layer), x, training).y], given);
  const deviation = Math.sqrt(14 / 3 + 1e-6);
  expectClose(found, [-2 / deviation, -2 / deviation, 9 / deviation + 1, 0, 0, 1], 1e-12);
});

describe("attention", () => {
  test("is softmax(q kᵀ / √d) v per head, then the output projection", () => {
    const [tokens, width, heads] = [3, 4, 2];
    const layer = attention("a", { width, heads });
    const given = {
      x: numbers(1, tokens * width),
      "a/qkv/weight": numbers(2, width * 3 * width),
      "a/qkv/bias": numbers(3, 3 * width),
      "a/output/weight": numbers(4, width * width),
      "a/output/bias": numbers(5, width),
    };
    const x = placeholder("x", [1, tokens, width]);
    const [found] = inFloat64([layer.apply(placeholders(layer), x, training).y], given);

    const times = (rows: number[][], weight: number[][], bias: ArrayLike<number>) =>
      rows.map((row) =>
        weight[0].map((_, j) => row.reduce((sum, v, i) => sum + v * weight[i][j], bias[j])),
      );
    const all = times(
      rowsOf(given.x, width),
      rowsOf(given["a/qkv/weight"], 3 * width),
      given["a/qkv/bias"],
    );
    const each = width / heads;
    const mixed = all.map(() => new Array<number>(width).fill(0));
    for (let h = 0; h < heads; h++) {
      const part = (which: number, t: number) =>
        all[t].slice(which * width + h * each, which * width + (h + 1) * each);
      for (let t = 0; t < tokens; t++) {
        const scores = all.map((_, s) =>
          Math.exp(part(0, t).reduce((sum, q, i) => sum + q * part(1, s)[i], 0) / Math.sqrt(each)),
        );
        const total = scores.reduce((sum, score) => sum + score, 0);
        for (let s = 0; s < tokens; s++) {
          part(2, s).forEach((v, i) => {
            mixed[t][h * each + i] += (scores[s] / total) * v;
          });
        }
      }
    }
    const expected = times(mixed, rowsOf(given["a/output/weight"], width), given["a/output/bias"]);
    expectClose(found, expected.flat(), 1e-12);
  });
});
