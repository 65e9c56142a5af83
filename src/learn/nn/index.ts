/** Doorway of `learn/nn`: layers as values, combined by plain functions. */
export { attention } from "./attention.ts";
export { batchNorm } from "./batch-norm.ts";
export { parameterCount, pure, residual, sequence, tap, within } from "./combine.ts";
export { conv } from "./convolution.ts";
export {
  heNormalOut,
  initialValues,
  transformerInitial,
  truncatedNormal,
  uniformByFan,
  zeros,
} from "./initialise.ts";
export {
  evaluation,
  type Layer,
  type Mode,
  type ParameterSpec,
  placeholders,
  type StateSpec,
  type Tree,
  training,
  type ValueTree,
} from "./layer.ts";
export { layerNorm } from "./layer-norm.ts";
export { linear } from "./linear.ts";
export { mlp } from "./mlp.ts";
