/**
 * The definition itself, against values worked out by hand or by an independent transcription: what
 * the reference executor is wrong in, everything is wrong in.
 */
import { describe, expect, it } from "vitest";
import {
  add,
  batchNorm,
  batchNormInference,
  broadcastTo,
  concatenate,
  constant,
  convolution,
  convolutionDataGradient,
  convolutionWeightGradient,
  erf,
  evaluate,
  gather,
  gelu,
  gradient,
  l2Normalise,
  layerNorm,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  maxPool,
  mean,
  minimum,
  oneHot,
  pad,
  placeholder,
  relu,
  reshape,
  type Shape,
  scatterAdd,
  sigmoid,
  slice,
  softmax,
  sum,
  type Tensor,
  transpose,
  variance,
} from "../../src/engine/index.ts";

describe("convolution", () => {
  const x = counting([1, 1, 3, 3]);
  const weight = numbers([1, 10, 100, 1000], [1, 1, 2, 2]);

  it("slides the window without turning it", () => {
    // 1·1 + 2·10 + 4·100 + 5·1000, and so on to the right and down.
    expect(valuesOf(convolution(x, weight))).toEqual([5421, 6532, 8754, 9865]);
  });

  it("sees zeros in the padding", () => {
    expect(valuesOf(convolution(x, weight, { padding: [1, 1], stride: [2, 2] }))).toEqual([
      1000, 3200, 7040, 9865,
    ]);
  });

  it("spreads the taps by the dilation, height first", () => {
    expect(valuesOf(convolution(x, weight, { dilation: [2, 1] }))).toEqual([8721, 9832]);
    expect(valuesOf(convolution(x, weight, { dilation: [1, 2] }))).toEqual([6431, 9764]);
  });

  it("adds over channels, filter by filter", () => {
    const two = numbers([1, 2, 3, 4], [1, 2, 1, 2]);
    const filters = numbers([1, 0, 0, 1, 10, 100], [3, 2, 1, 1]);
    expect(valuesOf(convolution(two, filters))).toEqual([1, 2, 3, 4, 310, 420]);
  });

  it("has strides of its own along height and width", () => {
    const wide = counting([1, 1, 2, 5]);
    const one = constant(1, [1, 1, 1, 1]);
    expect(valuesOf(convolution(wide, one, { stride: [1, 2] }))).toEqual([1, 3, 5, 6, 8, 10]);
  });

  it("gives each input what it gave, backward", () => {
    const dy = numbers([1, 2, 3, 4], [1, 1, 2, 2]);
    const dx = convolutionDataGradient(dy, weight, { inputShape: [1, 1, 3, 3] });
    expect(valuesOf(dx)).toEqual([1, 12, 20, 103, 1234, 2040, 300, 3400, 4000]);
    const dweight = convolutionWeightGradient(x, dy, { kernel: [2, 2] });
    // 1·1 + 2·2 + 4·3 + 5·4 for the first tap, and so on.
    expect(valuesOf(dweight)).toEqual([37, 47, 67, 77]);
  });
});

describe("max pooling", () => {
  it("takes the largest of each window", () => {
    expect(valuesOf(maxPool(counting([1, 1, 2, 5]), { kernel: [2, 2] }).y)).toEqual([7, 9]);
  });

  it("never takes padding", () => {
    const x = numbers([-4, -3, -2, -1], [1, 1, 2, 2]);
    const { y } = maxPool(x, { kernel: [3, 3], stride: [1, 1], padding: [1, 1] });
    expect(valuesOf(y)).toEqual([-1, -1, -1, -1]);
  });

  it("gives the first of equals the gradient, adding where windows overlap", () => {
    const x = placeholder("x", [1, 1, 1, 4]);
    const { y } = maxPool(x, { kernel: [1, 2], stride: [1, 1] });
    const weighted = sum(matmul(reshape(y, [1, 3]), numbers([1, 10, 100], [3, 1])));
    const [dx] = gradient(weighted, [x]);
    expect(valuesOf(dx, { x: [2, 2, 1, 1] })).toEqual([1, 10, 100, 0]);
    expect(valuesOf(dx, { x: [1, 2, 2, 3] })).toEqual([0, 11, 0, 100]);
  });
});

describe("normalisation", () => {
  it("uses the biased variance over batch and pixels", () => {
    // Channel 0 holds 1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5. Channel 1 is constant.
    const x = numbers([1, 2, 5, 5, 3, 6, 5, 5], [2, 2, 2]);
    const scale = numbers([2, 3], [2]);
    const shift = numbers([10, 20], [2]);
    const { y, mean, variance } = batchNorm(x, scale, shift, 0.5);
    expect(valuesOf(mean)).toEqual([3, 5]);
    expect(valuesOf(variance)).toEqual([3.5, 0]);
    // √(3.5 + 0.5) = 2, so y = 10 + 2·(x − 3)/2.
    expect(valuesOf(y)).toEqual([8, 9, 20, 20, 10, 13, 20, 20]);
  });

  it("takes given statistics at inference", () => {
    const [scale, shift] = [numbers([2], [1]), numbers([1], [1])];
    const [mean, variance] = [numbers([4], [1]), numbers([3.75], [1])];
    const y = batchNormInference(numbers([4, 6], [2, 1]), { scale, shift, mean, variance }, 0.25);
    expect(valuesOf(y)).toEqual([1, 3]);
  });

  it("normalises each row by itself", () => {
    const x = numbers([1, 3, 10, 20], [2, 2]);
    const { y } = layerNorm(x, {
      scale: numbers([1, 2], [2]),
      shift: numbers([0, 5], [2]),
      epsilon: 0,
    });
    expect(valuesOf(y)).toEqual([-1, 7, -1, 7]);
  });
});

describe("softmax", () => {
  it("does not overflow", () => {
    const x = numbers([1000, 1000 + Math.log(3), -1000], [3]);
    near(valuesOf(softmax(x)), [0.25, 0.75, 0]);
    near(valuesOf(logSoftmax(x)), [-Math.log(4), Math.log(0.75), -2000 - Math.log(4)]);
  });

  it("goes along its axis", () => {
    const x = numbers([0, 0, Math.log(3), Math.log(4)], [2, 2]);
    near(valuesOf(softmax(x, 0)), [0.25, 0.2, 0.75, 0.8]);
  });
});

describe("matmul", () => {
  it("multiplies rows by columns", () => {
    const left = counting([2, 3]);
    const right = numbers([1, 0, 0, 1, 10, 100], [3, 2]);
    expect(valuesOf(matmul(left, right))).toEqual([31, 302, 64, 605]);
  });

  it("broadcasts batch axes of both", () => {
    const left = numbers([1, 2], [2, 1, 1, 1]);
    const right = numbers([1, 10, 100], [3, 1, 1]);
    const y = matmul(left, right);
    expect(y.shape).toEqual([2, 3, 1, 1]);
    expect(valuesOf(y)).toEqual([1, 10, 100, 2, 20, 200]);
  });
});

describe("movement", () => {
  const x = counting([2, 3]);

  it.each<[string, Tensor, Shape, number[]]>([
    ["transpose", transpose(x), [3, 2], [1, 4, 2, 5, 3, 6]],
    ["transpose by a turn", transpose(counting([2, 2, 3]), [2, 0, 1]), [3, 2, 2], turned()],
    ["reshape", reshape(x, [3, -1]), [3, 2], [1, 2, 3, 4, 5, 6]],
    ["broadcastTo", broadcastTo(numbers([1, 2], [2, 1]), [2, 2]), [2, 2], [1, 1, 2, 2]],
    ["slice", slice(x, [1, 1], [2, 3]), [1, 2], [5, 6]],
    ["pad", pad(numbers([1, 2], [1, 2]), [1, 0], [0, 1]), [2, 3], [0, 0, 0, 1, 2, 0]],
    [
      "concatenate rows",
      concatenate([x, slice(x, [0, 0], [1, 3])]),
      [3, 3],
      [...range(6), 1, 2, 3],
    ],
    ["concatenate columns", concatenate([x, x], 1), [2, 6], [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]],
    ["gather", gather(x, whole(1, 0, 1)), [3, 3], [4, 5, 6, 1, 2, 3, 4, 5, 6]],
    ["scatterAdd", scatterAdd(x, whole(2, 2), 3), [3, 3], [0, 0, 0, 0, 0, 0, 5, 7, 9]],
  ])("%s", (_name, y, shape, values) => {
    expect(y.shape).toEqual(shape);
    expect(valuesOf(y)).toEqual(values);
  });
});

describe("elementwise", () => {
  it("broadcasts as NumPy does", () => {
    const y = add(numbers([1, 2], [2, 1]), numbers([10, 20, 30], [3]));
    expect(valuesOf(y)).toEqual([11, 21, 31, 12, 22, 32]);
  });

  it("lets NaN through maxima and relu", () => {
    const x = numbers([NaN, 1], [2]);
    expect(valuesOf(maximum(x, 0))).toEqual([NaN, 1]);
    expect(valuesOf(relu(x))).toEqual([NaN, 1]);
    expect(valuesOf(max(x))).toEqual([NaN]);
  });

  it("knows the error function to float64", () => {
    // Abramowitz and Stegun, table 7.1, and Wolfram's erf(3), erf(5).
    const table = [
      [0, 0],
      [0.1, 0.1124629160182849],
      [0.5, 0.5204998778130465],
      [1, 0.8427007929497149],
      [2, 0.9953222650189527],
      [3, 0.9999779095030014],
      [5, 0.9999999999984626],
      [7, 1],
    ];
    const found = valuesOf(erf(numbers(table.flatMap(([x]) => [x, -x]))));
    near(
      found,
      table.flatMap(([, y]) => [y, -y]),
    );
  });
});

describe("compositions", () => {
  it.each<[string, Tensor, number[]]>([
    ["mean", mean(counting([2, 3]), [1]), [2, 5]],
    ["mean of all", mean(counting([2, 3])), [3.5]],
    ["biased variance", variance(numbers([1, 2, 3, 6]), [0]), [3.5]],
    ["unbiased variance", variance(numbers([1, 2, 3, 6]), [0], { correction: 1 }), [14 / 3]],
    ["minimum", minimum(numbers([1, 5]), 3), [1, 3]],
    ["sigmoid", sigmoid(numbers([0, Math.log(3)])), [0.5, 0.75]],
    ["gelu", gelu(numbers([0, 1, -1])), [0, 0.8413447460685429, -0.15865525393145707]],
    ["l2Normalise", l2Normalise(numbers([3, 4, 0, 0], [2, 2])), [0.6, 0.8, 0, 0]],
    ["logSumExp", logSumExp(numbers([1000, 1000, -2000, -2000], [2, 2]), 1), shifted()],
    ["oneHot", oneHot(whole(2, 0), 3), [0, 0, 1, 1, 0, 0]],
  ])("%s", (_name, y, values) => {
    near(valuesOf(y), values);
  });
});

function numbers(values: readonly number[], shape: Shape = [values.length]): Tensor {
  return constant(values, shape);
}

function whole(...values: number[]): Tensor {
  return constant(values, [values.length], "i32");
}

/** 1, 2, 3, … in row order. */
function counting(shape: Shape): Tensor {
  return numbers(range(shape.reduce((product, size) => product * size, 1)), shape);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** y[k][i][j] = x[i][j][k] of 1 … 12 as [2, 2, 3]. */
function turned(): number[] {
  return [1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12];
}

function shifted(): number[] {
  return [1000 + Math.LN2, -2000 + Math.LN2];
}

function valuesOf(y: Tensor, values: Readonly<Record<string, number[]>> = {}): number[] {
  const given = Object.entries(values).map(([name, x]) => [name, Float64Array.from(x)] as const);
  return [...evaluate([y], new Map(given))[0]];
}

function near(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs(found[i] - value)).toBeLessThan(1e-13 * Math.max(1, Math.abs(value) / 100));
}
