/** Doorway of `learn/measure`: matrices and labels in, numbers with a protocol out. */
export {
  type Groups,
  type LabelSet,
  type Labels,
  type LeftOut,
  type UsableLabels,
  usableLabels,
} from "./labels.ts";
export { layOutMap, type MapOptions } from "./map.ts";
export { type Matrix, matrix, type Product } from "./matrix.ts";
export { plainProduct } from "./product.ts";
export { type Features, headlineFeatures, protocolId, withFeatures } from "./protocol.ts";
