/** Doorway of the use cases. Those that touch native code are reached through `runJob`. */

export { nearest } from "../registry/index.ts";
export type { AdaptResult, Counted } from "./adapt/index.ts";
export { type AddLabelsOptions, type AddLabelsResult, addLabels } from "./add-labels.ts";
export { type AnswerCheckOptions, type AnswerCheckResult, answerCheck } from "./answer-check.ts";
export type { BudgetResult } from "./budget/index.ts";
export { goalNames } from "./budget/options.ts";
export { type Examined, examineMachine } from "./examine-machine.ts";
export type { ExportResult } from "./export/index.ts";
export { findWorkspace } from "./find-workspace.ts";
export { productVersion } from "./host.ts";
export { type ConfigKey, initWorkspace } from "./init-workspace.ts";
export type { JobName, JobOptions, JobResult } from "./job/jobs.ts";
export { openFile } from "./job/open-file.ts";
export { runJob } from "./job/run-job.ts";
export { type KnownNames, knownNames } from "./known-names.ts";
export { type Inventory, listWorkspace } from "./list-workspace.ts";
export { lookAround, type Surroundings } from "./look-around.ts";
export type { LayerRow, MeasuredColumn, Measurement, MeasureResult } from "./measure.ts";
export type { PilotReport } from "./pilot/index.ts";
export { csvHead, csvLine, unreadLine, withoutMark } from "./predict/lines.ts";
export { predictionIn, unreadIn } from "./predict/options.ts";
export { preferredLanguage } from "./preferred-language.ts";
export { type Watching, watchFolder } from "./watch-folder.ts";
export type { Work } from "./work.ts";
