/** What a layer is: the arrays it needs, by name, and a function from tensors to tensors. */
import type { Key } from "../../base/index.ts";
import { parameter, type Shape, state, type Tensor } from "../../engine/index.ts";

/** From a key and a shape to values; the key belongs to the parameter's name. */
export type Initialiser = (key: Key, shape: Shape) => Float32Array;

export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly initialise: Initialiser;
  /** Weight decay and layer-wise rates apply to weights only. */
  readonly role: "weight" | "bias" | "norm";
}

/** An array that training carries along without a gradient; every element starts at `start`. */
export interface StateSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly start: number;
}

/** Parameters and state as tensors, in one flat record by name. */
export type Tree = Readonly<Record<string, Tensor>>;

/** Parameters and state as values, in one flat record by name. */
export type ValueTree = Readonly<Record<string, Float32Array>>;

/**
 * `train` normalises by the batch's own statistics and moves the running ones towards them by
 * `momentum` (PyTorch's convention; 1 takes the batch's statistics as they are).
 */
export type Mode =
  | { readonly kind: "train"; readonly momentum: number }
  | { readonly kind: "evaluate" };

export const training: Mode = { kind: "train", momentum: 0.1 };
export const evaluation: Mode = { kind: "evaluate" };

export interface Applied {
  readonly y: Tensor;
  /** State names and what they become after this step. */
  readonly updates: Tree;
  /** Places inside that can be measured, by name. */
  readonly taps: Tree;
}

export interface Layer {
  readonly parameters: readonly ParameterSpec[];
  readonly state: readonly StateSpec[];
  apply(tree: Tree, x: Tensor, mode: Mode): Applied;
}

/** A placeholder for each parameter and state of a layer. */
export function placeholders(layer: Layer): Tree {
  return Object.fromEntries([
    ...layer.parameters.map(({ name, shape }) => [name, parameter(name, shape)] as const),
    ...layer.state.map(({ name, shape }) => [name, state(name, shape)] as const),
  ]);
}
