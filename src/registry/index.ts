/** Doorway of the registry: what a workspace holds, in files. */
export type { StoredDataset } from "./datasets.ts";
export { datasetDigest } from "./datasets.ts";
export {
  type Embedding,
  type EmbeddingContent,
  type EmbeddingKey,
  embeddingDigest,
} from "./embeddings.ts";
export type { Head, HeadContent, HeadDraft, HeadExamples } from "./heads.ts";
export { type MetricsLog, type MetricsRow, openMetrics, readMetrics } from "./metrics.ts";
export { checkAlias, checkName, type NameKind, nameFrom } from "./names.ts";
export { nearest } from "./nearest.ts";
export type { ProcessRecord } from "./process-record.ts";
export type { Representation, RepresentationDraft } from "./representations.ts";
export {
  type Run,
  type RunFolder,
  type RunState,
  type RunWork,
  readRun,
  resumeRun,
} from "./run.ts";
export type { RunDraft } from "./runs.ts";
export { openStore, type Store, type WriterOptions } from "./store.ts";
export {
  type ConfigKey,
  configName,
  configTemplate,
  parseConfig,
  readConfig,
  type WorkspaceConfig,
  writeConfig,
} from "./workspace.ts";
export type { Writer } from "./writer.ts";
