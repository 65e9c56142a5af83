/** What an optimiser is: graph functions from (value, gradient, slots) to the next ones. */
import type { Json } from "../../base/index.ts";
import type { Tensor } from "../../engine/index.ts";
import type { ParameterSpec, Tree } from "../nn/index.ts";

export interface Optimiser {
  readonly name: "sgd" | "adamw" | "lars";
  /** Its constants, for the record. */
  readonly settings: Json;
  /** Arrays it keeps per parameter, of the parameter's shape, zero at the start. */
  readonly slots: readonly string[];
  /** Inputs of each step beside the learning rate; steps count from 0. */
  scalars(step: number): Readonly<Record<string, number>>;
  update(parameter: ParameterSpec, given: Given): Updated;
}

export interface Given {
  readonly value: Tensor;
  readonly gradient: Tensor;
  readonly slots: Tree;
  readonly rate: Tensor;
  readonly scalars: Tree;
}

export interface Updated {
  readonly value: Tensor;
  readonly slots: Tree;
}
