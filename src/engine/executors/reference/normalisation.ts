/** Reference batch and layer normalisation. Both normalise groups of elements: x̂ = (x − mean)·r. */
import { type Shape, sizeOf } from "../../graph/index.ts";
import type { Call } from "./call.ts";

/** Groups are channels. Saved: r = (variance + ε)^-½ of each. */
export function batchNorm({ attributes, inputs, shapes }: Call<"batchNorm">): Float64Array[] {
  const [x, scale, shift] = inputs;
  const channels = channelsOf(shapes[0]);
  const { mean, variance, r } = moments(x, channels, scale.length, attributes.epsilon);
  const y = x.map((value, i) => {
    const c = channels[i];
    return (value - mean[c]) * r[c] * scale[c] + shift[c];
  });
  return [y, mean, variance, r];
}

/** With n elements a channel: dx = scale·r·(dy − Σdy/n − x̂·Σ(dy·x̂)/n), dscale = Σ dy·x̂, dshift = Σ dy. */
export function batchNormGradient(call: Call<"batchNormGradient">): Float64Array[] {
  const [x, scale, dy, mean, , r] = call.inputs;
  const channels = channelsOf(call.shapes[0]);
  const normal = x.map((value, i) => (value - mean[channels[i]]) * r[channels[i]]);
  const dshift = totals(dy, channels, scale.length);
  const dscale = totals(product(dy, normal), channels, scale.length);
  const n = x.length / scale.length;
  const dx = dy.map((value, i) => {
    const c = channels[i];
    return scale[c] * r[c] * (value - dshift[c] / n - (normal[i] * dscale[c]) / n);
  });
  return [dx, dscale, dshift];
}

export function batchNormInference(call: Call<"batchNormInference">): Float64Array[] {
  const [x, scale, shift, mean, variance] = call.inputs;
  const channels = channelsOf(call.shapes[0]);
  return [
    x.map((value, i) => {
      const c = channels[i];
      const r = 1 / Math.sqrt(variance[c] + call.attributes.epsilon);
      return (value - mean[c]) * r * scale[c] + shift[c];
    }),
  ];
}

/** Groups are rows. Saved: mean and r of each row, one after the other. */
export function layerNorm({ attributes, inputs }: Call<"layerNorm">): Float64Array[] {
  const [x, scale, shift] = inputs;
  const rows = rowsOf(x.length, scale.length);
  const { mean, r } = moments(x, rows, x.length / scale.length, attributes.epsilon);
  const y = x.map((value, i) => {
    const feature = i % scale.length;
    return (value - mean[rows[i]]) * r[rows[i]] * scale[feature] + shift[feature];
  });
  return [y, Float64Array.from([...mean, ...r])];
}

/** With g = dy·scale over d features: dx = r·(g − Σg/d − x̂·Σ(g·x̂)/d), dscale = Σ dy·x̂, dshift = Σ dy over rows. */
export function layerNormGradient(call: Call<"layerNormGradient">): Float64Array[] {
  const [x, scale, dy, saved] = call.inputs;
  const d = scale.length;
  const count = x.length / d;
  const [mean, r] = [saved.slice(0, count), saved.slice(count)];
  const rows = rowsOf(x.length, d);
  const features = x.map((_, i) => i % d);
  const normal = x.map((value, i) => (value - mean[rows[i]]) * r[rows[i]]);
  const g = dy.map((value, i) => value * scale[features[i]]);
  const sums = totals(g, rows, count);
  const products = totals(product(g, normal), rows, count);
  const dx = g.map((value, i) => {
    const row = rows[i];
    return r[row] * (value - sums[row] / d - (normal[i] * products[row]) / d);
  });
  return [dx, totals(product(dy, normal), features, d), totals(dy, features, d)];
}

/** Mean, biased variance and r of each group, in two passes. */
function moments(x: Float64Array, groups: Float64Array, count: number, epsilon: number) {
  const n = x.length / count;
  const mean = totals(x, groups, count).map((total) => total / n);
  const squares = x.map((value, i) => (value - mean[groups[i]]) ** 2);
  const variance = totals(squares, groups, count).map((total) => total / n);
  return { mean, variance, r: variance.map((value) => 1 / Math.sqrt(value + epsilon)) };
}

function totals(x: Float64Array, groups: Float64Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (const [i, value] of x.entries()) sums[groups[i]] += value;
  return sums;
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value * b[i]);
}

/** The channel of each element of [n, c, ...]. */
function channelsOf(shape: Shape): Float64Array {
  const inner = sizeOf(shape.slice(2));
  return Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.floor(i / inner) % shape[1]);
}

function rowsOf(length: number, features: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.floor(i / features));
}
