/** Doorway of the engine. */
export type {
  CompileOptions,
  Executor,
  Program,
  RunOptions,
  Values,
} from "./executors/executor.ts";
export {
  type FoundOnednn,
  findOnednn,
  type OnednnOptions,
  type OnednnPlaces,
  onednnExecutor,
  type TuningEvent,
  type TuningStore,
} from "./executors/onednn/index.ts";
export {
  anyRows,
  type ModelOutput,
  type OrtOptions,
  openWrittenModel,
  ortExecutor,
  type Placement,
  placeProgram,
  portable,
  type WrittenModel,
} from "./executors/ort/index.ts";
export { processorFeatures } from "./executors/processor.ts";
export { evaluate, referenceExecutor } from "./executors/reference/index.ts";
export {
  type FindTorchOptions,
  type FoundTorch,
  findTorch,
  type TorchOptions,
  torchExecutor,
} from "./executors/torch/index.ts";
export { gradient } from "./gradient/index.ts";
export * from "./graph/index.ts";
