/** Doorway of the ONNX model format. */
export { type AttributeValue, createGraph, type GraphBuilder, type NodeOptions } from "./build.ts";
export {
  decodeModel,
  type ElementType,
  encodeModel,
  type Graph,
  type GraphNode,
  type Model,
  type OperatorSet,
  type TensorValue,
  type ValueInfo,
} from "./model.ts";
