/** Doorway of the graph: builders, compositions, program specifications. */
export * from "./builders.ts";
export * from "./compose.ts";
export { narrowed } from "./narrow.ts";
export {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  type Opaque,
  type Tensor,
} from "./node.ts";
export type {
  DType,
  OpAttributes,
  OpName,
  PoolWindow,
  Shape,
  Window,
} from "./ops.ts";
export { nodesOf, type ProgramSpec, placeholdersOf, print, verify } from "./program-spec.ts";
export { convolved, sizeOf } from "./shapes.ts";
