/** The total table from ops to steps: one rule per op; loops and patterns have rules of their own. */

import { Problem } from "../../../base/index.ts";
import type { Edge, Node, OpAttributes, OpName } from "../../graph/index.ts";
import { convolution, convolutionDataGradient, convolutionWeightGradient } from "./convolution.ts";
import { binary, curve, gelu, geluGradient } from "./elementwise.ts";
import { batchNormInference } from "./folded.ts";
import type { Lowering } from "./lowering.ts";
import { matmul } from "./matmul.ts";
import {
  broadcastTo,
  concatenate,
  gather,
  pad,
  reshape,
  scatterAdd,
  slice,
  transpose,
} from "./movement.ts";
import { batchNorm, batchNormGradient, layerNorm, layerNormGradient } from "./normalisation.ts";
import { maxPool, maxPoolGradient } from "./pooling.ts";
import { sum } from "./reduction.ts";
import { softmax, softmaxGradient } from "./softmax.ts";

export interface At<K extends OpName = OpName> {
  readonly node: Node;
  readonly attributes: OpAttributes[K];
  readonly inputs: readonly Edge[];
  readonly outputs: readonly Edge[];
  readonly lowering: Lowering;
}

/** Emits steps, holds a form for each output, and says in a word which way was chosen. */
export type Rule<K extends OpName> = (at: At<K>) => string;

/** Always part of a loop (`units.ts`). */
const looped: Rule<OpName> = ({ node }) => {
  throw new Problem("internal/defect", { message: `${node.op} outside a loop` });
};

export const rules: { [K in OpName]: Rule<K> } = {
  placeholder: looped,
  constant: looped,

  add: binary("add"),
  subtract: binary("subtract"),
  multiply: binary("multiply"),
  divide: looped,
  maximum: looped,
  equal: looped,
  greater: looped,
  select: looped,

  negate: looped,
  exp: curve("exp"),
  log: looped,
  sqrt: looped,
  tanh: curve("tanh"),
  erf: looped,
  gelu,
  geluGradient,
  sin: looped,
  cos: looped,
  abs: looped,
  relu: curve("relu"),
  stopGradient: looped,

  sum,
  max: looped,
  softmax: softmax(false),
  softmaxGradient,
  logSoftmax: softmax(true),

  matmul,

  reshape,
  transpose,
  broadcastTo,
  slice,
  concatenate,
  pad,
  gather,
  scatterAdd,

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

export function lowerNode<K extends OpName>(op: K, at: At<K>): string {
  return rules[op](at);
}
