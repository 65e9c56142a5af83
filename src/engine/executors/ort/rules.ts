/** The total table from ops to ONNX: one rule per op, families in files of their own. */
import type { Edge, Node, OpAttributes, OpName } from "../../graph/index.ts";
import { batchNorm, batchNormGradient, batchNormInference } from "./batch-norm.ts";
import { convolution, convolutionDataGradient, convolutionWeightGradient } from "./convolution.ts";
import { compared, elementwise, kept, relu, select } from "./elementwise.ts";
import { gelu, geluGradient } from "./gelu.ts";
import { layerNorm, layerNormGradient } from "./layer-norm.ts";
import { constant, placeholder } from "./leaves.ts";
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
import { maxPool, maxPoolGradient } from "./pooling.ts";
import { alongAxis, reduce, softmaxGradient } from "./reduction.ts";

export interface At<K extends OpName = OpName> {
  readonly node: Node;
  readonly attributes: OpAttributes[K];
  readonly inputs: readonly Edge[];
  /** Every edge of the node; the rule holds a value for each. */
  readonly outputs: readonly Edge[];
  readonly lowering: Lowering;
}

/** Emits ONNX nodes and says in a word which way was chosen. */
export type Rule<K extends OpName> = (at: At<K>) => string;

export const rules: { [K in OpName]: Rule<K> } = {
  placeholder,
  constant,

  add: elementwise("Add", { zeros: "tensors" }),
  subtract: elementwise("Sub", { zeros: "tensors" }),
  multiply: elementwise("Mul", { zeros: "always" }),
  divide: elementwise("Div", { zeros: "never" }),
  maximum: elementwise("Max", { zeros: "tensors" }),
  equal: compared("Equal"),
  greater: compared("Greater"),
  select,

  negate: elementwise("Neg", { zeros: "always" }),
  exp: elementwise("Exp", { zeros: "never" }),
  log: elementwise("Log", { zeros: "never" }),
  sqrt: elementwise("Sqrt", { zeros: "always" }),
  tanh: elementwise("Tanh", { zeros: "always" }),
  erf: elementwise("Erf", { zeros: "always" }),
  gelu,
  geluGradient,
  sin: elementwise("Sin", { zeros: "always" }),
  cos: elementwise("Cos", { zeros: "never" }),
  abs: elementwise("Abs", { zeros: "always" }),
  relu,
  stopGradient: kept,

  sum: reduce("ReduceSum"),
  max: reduce("ReduceMax"),
  softmax: alongAxis("Softmax"),
  softmaxGradient,
  logSoftmax: alongAxis("LogSoftmax"),
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

export function lower<K extends OpName>(op: K, at: At<K>): string {
  return rules[op](at);
}
