/** Doorway of `report`. */

export type {
  Bounded,
  ClusterFacts,
  CostFacts,
  Counted,
  CurveFacts,
  DoubtfulFacts,
  ErrorFacts,
  HeadFacts,
  LabellingFacts,
  ResolutionFacts,
  SplitFacts,
} from "./chapters.ts";
export { type RenderOptions, renderReport } from "./html.ts";

export type {
  DataFacts,
  Difference,
  Estimate,
  LayerFacts,
  Measured,
  MeasureName,
  NeighbourRow,
  NextStep,
  Picture,
  Report,
  RunFacts,
  SeedSpread,
  SeenPicture,
  Sentence,
  ShelfMap,
  Stage,
  Statistic,
  Subject,
  TrainingFacts,
  TrainingRow,
  VerdictFacts,
} from "./model.ts";
export { reportFormat, reportLimits, stages } from "./model.ts";
export { withoutPictures } from "./privacy.ts";
