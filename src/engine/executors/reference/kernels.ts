/** Reference kernels, one per op: the plainest float64 loops that are right. They are the definition. */
import { Problem } from "../../../base/index.ts";
import { type OpName, sizeOf } from "../../graph/index.ts";
import type { Call, Kernel } from "./call.ts";
import {
  convolution,
  convolutionDataGradient,
  convolutionWeightGradient,
  maxPool,
  maxPoolGradient,
} from "./convolution.ts";
import { erf } from "./erf.ts";
import {
  batchNorm,
  batchNormGradient,
  batchNormInference,
  layerNorm,
  layerNormGradient,
} from "./normalisation.ts";
import { reducedShape, stridesOf, walk, walkBroadcast } from "./walk.ts";

export const kernels: { [K in OpName]: Kernel<K> } = {
  placeholder: ({ attributes }) => {
    throw new Problem("internal/defect", { message: `no values for ${attributes.name}` });
  },
  constant: ({ attributes: { values, shape } }) => [
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => values[values.length === 1 ? 0 : i]),
  ],

  add: elementwise((a, b) => a + b),
  subtract: elementwise((a, b) => a - b),
  multiply: elementwise((a, b) => a * b),
  divide: elementwise((a, b) => a / b),
  maximum: elementwise((a, b) => Math.max(a, b)),
  equal: elementwise((a, b) => (a === b ? 1 : 0)),
  greater: elementwise((a, b) => (a > b ? 1 : 0)),
  select: elementwise((condition, a, b) => (condition !== 0 ? a : b)),
  negate: elementwise((x) => -x),
  exp: elementwise(Math.exp),
  log: elementwise(Math.log),
  sqrt: elementwise(Math.sqrt),
  tanh: elementwise(Math.tanh),
  erf: elementwise(erf),
  gelu: elementwise((x) => x * normalBelow(x)),
  geluGradient: elementwise((x, dy) => dy * (normalBelow(x) + x * normalDensity(x))),
  sin: elementwise(Math.sin),
  cos: elementwise(Math.cos),
  abs: elementwise(Math.abs),
  relu: elementwise((x) => Math.max(x, 0)),
  stopGradient: elementwise((x) => x),

  sum: reduction(0, (total, x) => total + x),
  max: reduction(-Infinity, Math.max),
  softmaxGradient: ({ attributes, inputs: [y, dy], shapes }) => {
    const kept = reducedShape(shapes[0], [attributes.axis]);
    const groups = walkBroadcast(kept, shapes[0]);
    const totals = new Float64Array(sizeOf(kept));
    for (const [i, value] of y.entries()) totals[groups[i]] += value * dy[i];
    return [y.map((value, i) => value * (dy[i] - totals[groups[i]]))];
  },
  softmax: (call) => [logSoftmax(call).map(Math.exp)],
  logSoftmax: (call) => [logSoftmax(call)],

  matmul: ({ inputs: [left, right], shapes, shape }) => {
    const [m, k] = shapes[0].slice(-2);
    const [, n] = shapes[1].slice(-2);
    const batch = shape.slice(0, -2);
    const lefts = walkBroadcast(shapes[0].slice(0, -2), batch);
    const rights = walkBroadcast(shapes[1].slice(0, -2), batch);
    const y = new Float64Array(sizeOf(shape));
    for (let b = 0; b < sizeOf(batch); b++)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++)
          for (let l = 0; l < k; l++)
            y[(b * m + i) * n + j] +=
              left[(lefts[b] * m + i) * k + l] * right[(rights[b] * k + l) * n + j];
    return [y];
  },

  reshape: ({ inputs: [x] }) => [x.slice()],
  transpose: ({ attributes: { permutation }, inputs: [x], shapes, shape }) => {
    const strides = stridesOf(shapes[0]);
    return [
      take(
        x,
        walk(
          shape,
          permutation.map((axis) => strides[axis]),
        ),
      ),
    ];
  },
  broadcastTo: ({ inputs: [x], shapes, shape }) => [take(x, walkBroadcast(shapes[0], shape))],
  slice: ({ attributes: { starts }, inputs: [x], shapes, shape }) => {
    const strides = stridesOf(shapes[0]);
    return [take(x, walk(shape, strides, dot(starts, strides)))];
  },
  concatenate: ({ attributes: { axis }, inputs, shapes, shape }) => {
    const y = new Float64Array(sizeOf(shape));
    const strides = stridesOf(shape);
    let start = 0;
    for (const [i, part] of inputs.entries()) {
      put(y, walk(shapes[i], strides, start * strides[axis]), part);
      start += shapes[i][axis];
    }
    return [y];
  },
  pad: ({ attributes: { before }, inputs: [x], shapes, shape }) => {
    const y = new Float64Array(sizeOf(shape));
    const strides = stridesOf(shape);
    put(y, walk(shapes[0], strides, dot(before, strides)), x);
    return [y];
  },
  gather: ({ inputs: [table, indexes], shapes: [tableShape], shape }) => {
    const row = sizeOf(tableShape.slice(1));
    checkIndexes("gather", indexes, tableShape[0]);
    return [
      Float64Array.from(
        { length: sizeOf(shape) },
        (_, i) => table[indexes[Math.floor(i / row)] * row + (i % row)],
      ),
    ];
  },
  scatterAdd: ({ attributes: { rows }, inputs: [updates, indexes], shape }) => {
    const row = sizeOf(shape.slice(1));
    checkIndexes("scatterAdd", indexes, rows);
    const y = new Float64Array(sizeOf(shape));
    for (const [i, update] of updates.entries())
      y[indexes[Math.floor(i / row)] * row + (i % row)] += update;
    return [y];
  },

  convolution,
  convolutionDataGradient,
  convolutionWeightGradient,
  maxPool,
  maxPoolGradient,
  batchNorm,
  batchNormGradient,
  batchNormInference,
  layerNorm,
  layerNormGradient,
};

function elementwise(f: (...operands: number[]) => number): Kernel<OpName> {
  return ({ inputs, shapes, shape }) => {
    const operands = inputs.map((input, i) => take(input, walkBroadcast(shapes[i], shape)));
    return [
      Float64Array.from({ length: sizeOf(shape) }, (_, i) => f(...operands.map((x) => x[i]))),
    ];
  };
}

function reduction(empty: number, f: (total: number, x: number) => number) {
  return ({ attributes, inputs: [x], shapes, shape }: Call<"sum" | "max">) => {
    const y = new Float64Array(sizeOf(shape)).fill(empty);
    const targets = walkBroadcast(reducedShape(shapes[0], attributes.axes), shapes[0]);
    for (const [i, value] of x.entries()) y[targets[i]] = f(y[targets[i]], value);
    return [y];
  };
}

/** x − max − log Σ exp(x − max), so that large values do not overflow. */
function logSoftmax({ attributes, inputs, shapes }: Call<"softmax" | "logSoftmax">): Float64Array {
  const [x] = inputs;
  const kept = reducedShape(shapes[0], [attributes.axis]);
  const groups = walkBroadcast(kept, shapes[0]);
  const largest = new Float64Array(sizeOf(kept)).fill(-Infinity);
  for (const [i, value] of x.entries()) largest[groups[i]] = Math.max(largest[groups[i]], value);
  const totals = new Float64Array(sizeOf(kept));
  for (const [i, value] of x.entries()) totals[groups[i]] += Math.exp(value - largest[groups[i]]);
  return x.map((value, i) => value - largest[groups[i]] - Math.log(totals[groups[i]]));
}

/** Φ(x) of the standard normal distribution. */
function normalBelow(x: number): number {
  return (1 + erf(x * Math.SQRT1_2)) / 2;
}

function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

function take(x: Float64Array, offsets: readonly number[]): Float64Array {
  return Float64Array.from(offsets, (offset) => x[offset]);
}

function put(y: Float64Array, offsets: readonly number[], x: Float64Array): void {
  for (const [i, offset] of offsets.entries()) y[offset] = x[i];
}

function dot(counts: readonly number[], strides: readonly number[]): number {
  return counts.reduce((total, count, axis) => total + count * strides[axis], 0);
}

function checkIndexes(op: "gather" | "scatterAdd", indexes: Float64Array, rows: number): void {
  const found = indexes.find((index) => index < 0 || index >= rows);
  if (found !== undefined) throw new Problem("engine/index-outside", { op, index: found, rows });
}
