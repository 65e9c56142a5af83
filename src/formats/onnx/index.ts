/** Doorway of the ONNX model format. */
export {
  type AttributeValue,
  createGraph,
  type GraphBuilder,
  type NodeOptions,
  type Sizes,
} from "./build.ts";
export {
  decodeModel,
  type ElementType,
  encodeModel,
  type Graph,
  type GraphNode,
  type Metadatum,
  type Model,
  type OperatorSet,
  type TensorValue,
  type ValueInfo,
} from "./model.ts";
