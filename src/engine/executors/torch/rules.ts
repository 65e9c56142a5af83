/** The total table from ops to the library's operators: one rule per op, families in files of their own. */
import type { Edge, Node, OpAttributes, OpName } from "../../graph/index.ts";
import { batchNorm, batchNormGradient, batchNormInference } from "./batch-norm.ts";
import { text } from "./call.ts";
import { convolution, convolutionDataGradient, convolutionWeightGradient } from "./convolution.ts";
import { compared, exactly, geluGradient, promoting, scaled, select } from "./elementwise.ts";
import { layerNorm, layerNormGradient } from "./layer-norm.ts";
import { constant, placeholder } from "./leaves.ts";
import type { Lowering } from "./lowering.ts";
import { matmul } from "./matmul.ts";
import {
  broadcastTo,
  concatenate,
  gather,
  kept,
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
  /** Every edge of the node; the rule holds a value for each that is a tensor. */
  readonly outputs: readonly Edge[];
  /** The nodes that use an edge. */
  readonly usersOf: (edge: Edge) => readonly Node[];
  readonly lowering: Lowering;
}

/** Emits operators and says in a word which way was chosen. */
export type Rule<K extends OpName> = (at: At<K>) => string;

export const rules: { [K in OpName]: Rule<K> } = {
  placeholder,
  constant,

  add: scaled(-1),
  subtract: scaled(1),
  multiply: promoting("mul.Tensor"),
  divide: exactly("div.Tensor"),
  maximum: promoting("maximum"),
  equal: compared("eq.Tensor"),
  greater: compared("gt.Tensor"),
  select,

  negate: promoting("neg"),
  exp: exactly("exp"),
  log: exactly("log"),
  sqrt: exactly("sqrt"),
  tanh: exactly("tanh"),
  erf: exactly("erf"),
  gelu: exactly("gelu", [text("none")]),
  geluGradient,
  sin: exactly("sin"),
  cos: exactly("cos"),
  abs: promoting("abs"),
  relu: promoting("relu"),
  stopGradient: kept,

  sum: reduce("sum.dim_IntList"),
  max: reduce("amax"),
  softmax: alongAxis("_softmax"),
  softmaxGradient,
  logSoftmax: alongAxis("_log_softmax"),
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
