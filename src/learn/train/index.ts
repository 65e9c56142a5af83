/** Doorway of `learn/train`: training, embedding, what they take. */
export { estimateBatchStatistics } from "./batch-statistics.ts";
export {
  type CheckpointFile,
  decodeCheckpoint,
} from "./checkpoint.ts";
export {
  createEmbedder,
  type Embedder,
  type Embeddings,
  embed,
  embeddingBatch,
} from "./embedder.ts";
export { type Estimate, estimate, type Pace } from "./estimate.ts";
export { flopsOf } from "./flops.ts";
export { centred, drawn, type Inputs } from "./inputs.ts";
export { keysOf } from "./keys.ts";
export { requireMemory, trainingMemory } from "./memory.ts";
export type { MetricsRow } from "./metrics.ts";
export type {
  Evaluation,
  SavedCheckpoint,
  TrainOptions,
  TrainResult,
} from "./options.ts";
export { profileStep, type StepProfile } from "./profile.ts";
export {
  type Caution,
  type Choices,
  type Duration,
  type Pictures,
  settle,
} from "./settings.ts";
export { train } from "./train.ts";
export { untrainedValues } from "./untrained.ts";
