/** Doorway of `learn/train`: training, embedding, what they take. */
export { estimateBatchStatistics, type StatisticsOptions } from "./batch-statistics.ts";
export {
  type Checkpoint,
  type CheckpointFile,
  type CheckpointHeader,
  decodeCheckpoint,
} from "./checkpoint.ts";
export { type Collapse, collapseLimits } from "./collapse.ts";
export {
  createEmbedder,
  type Embedder,
  type EmbedderOptions,
  type Embeddings,
  embed,
} from "./embedder.ts";
export { type Estimate, estimate, type Pace } from "./estimate.ts";
export { centred, drawn, type Inputs } from "./inputs.ts";
export type { MetricsRow } from "./metrics.ts";
export type {
  Best,
  Evaluation,
  Moment,
  SavedCheckpoint,
  TrainOptions,
  TrainResult,
} from "./options.ts";
export { profileStep, type StepProfile } from "./profile.ts";
export {
  type Caution,
  type Choices,
  configurationOf,
  type Duration,
  type Pictures,
  type Settings,
  settle,
} from "./settings.ts";
export { train } from "./train.ts";
export { untrainedValues } from "./untrained.ts";
