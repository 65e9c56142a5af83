/** Doorway of `learn/heads`: classifiers on frozen features, and what may be trusted of them. */
export {
  type Abstention,
  type AbstentionOptions,
  abstentionItems,
  fitAbstention,
  provingItems,
} from "./abstention.ts";
export {
  type Classifier,
  type ClassifierOptions,
  fitClassifier,
  headKinds,
  shelfFrame,
  type Tried,
} from "./classifier.ts";
export { type Conformal, fitConformal } from "./conformal.ts";
export type { Examples, Fitting, HeadKind, HeadName, Labelled, Scorer } from "./head.ts";
export { fitNovelty, type Novelty, type NoveltyOptions } from "./novelty.ts";
export {
  type CheapestPoint,
  type Costs,
  cheapestPoint,
  type Judged,
  type OperatingPoint,
  pointWithin,
} from "./operating-point.ts";
export { type Reliability, type ReliabilityBin, reliability } from "./reliability.ts";
export { crossEntropy, fitTemperature, likeliest, softmax } from "./temperature.ts";
