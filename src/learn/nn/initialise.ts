/** Initial values, drawn from a key that belongs to the parameter's name: order never matters. */
import { fork, type Key, normal, uniform } from "../../base/index.ts";
import type { Shape } from "../../engine/index.ts";
import type { Initialiser, Layer, ValueTree } from "./layer.ts";

/** Parameters drawn under `key`, state at its start. */
export function initialValues(layer: Layer, key: Key): ValueTree {
  return Object.fromEntries([
    ...layer.parameters.map(({ name, shape, initialise }) => [
      name,
      initialise(fork(key, name), shape),
    ]),
    ...layer.state.map(({ name, shape, start }) => [name, filled(shape, start)]),
  ]);
}

export const zeros: Initialiser = (_, shape) => filled(shape, 0);
export const ones: Initialiser = (_, shape) => filled(shape, 1);

/**
 * He et al. 2015 for ReLU: N(0, 2 / fan). torchvision's ResNet takes the fan of the outputs for its
 * convolutions [out, in, h, w]; so do we.
 */
export const heNormalOut: Initialiser = (key, shape) => {
  const [out, , height = 1, width = 1] = shape;
  return scaled(normal(key, size(shape)), Math.sqrt(2 / (out * height * width)));
};

/** U(-1/√fan, 1/√fan), PyTorch's default for a linear layer's weight and bias, `fan` its inputs. */
export function uniformByFan(fan: number): Initialiser {
  return (key, shape) => {
    const centred = uniform(key, size(shape)).map((value) => 2 * value - 1);
    return scaled(centred, 1 / Math.sqrt(fan));
  };
}

/** N(0, deviation²), drawn again where it is beyond two deviations (timm's for ViT: 0.02). */
export function truncatedNormal(deviation: number): Initialiser {
  return (key, shape) => {
    const values = normal(key, size(shape));
    let outside = beyond(values);
    for (let round = 1; outside.length > 0; round++) {
      const again = normal(fork(key, "again", round), outside.length);
      outside.forEach((at, i) => {
        values[at] = again[i];
      });
      outside = beyond(values);
    }
    return scaled(values, deviation);
  };
}

const transformerWeights = truncatedNormal(0.02);

/** timm's for transformers: vectors, which are biases, are 0. */
export const transformerInitial: Initialiser = (key, shape) =>
  shape.length === 1 ? zeros(key, shape) : transformerWeights(key, shape);

function beyond(values: Float64Array): number[] {
  const found: number[] = [];
  values.forEach((value, at) => {
    if (Math.abs(value) > 2) found.push(at);
  });
  return found;
}

function scaled(values: Float64Array, factor: number): Float32Array {
  return Float32Array.from(values, (value) => value * factor);
}

function filled(shape: Shape, value: number): Float32Array {
  return new Float32Array(size(shape)).fill(value);
}

function size(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1);
}
