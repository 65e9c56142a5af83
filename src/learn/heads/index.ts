/** Doorway of `learn/heads`: classifiers on frozen features, and what may be trusted of them. */
export {
  type Abstention,
  type AbstentionOptions,
  abstentionItems,
  fitAbstention,
  provingItems,
} from "./abstention.ts";
export {
  type Adaptation,
  type AdaptationOptions,
  type Alarm,
  adaptHead,
  calibrationLabels,
  type LabelledShelf,
  type Refined,
  type Refining,
} from "./adaptation.ts";
export {
  type Answering,
  type Classifier,
  type ClassifierOptions,
  type FittedClassifier,
  fitClassifier,
  headKinds,
  openClassifier,
  shelfFrame,
  type Tried,
} from "./classifier.ts";
export {
  type Conformal,
  type ConformalOptions,
  type ConformalRule,
  fitConformal,
  openConformal,
} from "./conformal.ts";
export { type Division, divideLabels } from "./division.ts";
export type { Examples, Fitting, HeadForm, HeadKind, HeadName, Labelled, Scorer } from "./head.ts";
export { type Confused, type Coverage, type Judgement, judge } from "./judgement.ts";
export { knnVote } from "./knn.ts";
export {
  fitNovelty,
  type Novelty,
  type NoveltyOptions,
  type NoveltyRule,
  openNovelty,
} from "./novelty.ts";
export {
  type CheapestPoint,
  type Costs,
  cheapestPoint,
  type Judged,
  type OperatingPoint,
  pointWithin,
} from "./operating-point.ts";
export type { Promised, Promises } from "./promises.ts";
export { type Reliability, type ReliabilityBin, reliability } from "./reliability.ts";
export { crossEntropy, fitTemperature, likeliest, softmax } from "./temperature.ts";
