/** Doorway of `learn/measure`: matrices and labels in, numbers with a protocol out. */
export { openBank } from "./bank.ts";
export {
  binomialCdf,
  binomialLower,
  binomialRate,
  binomialUpper,
  type Rate,
} from "./binomial.ts";
export { type BootstrapOptions, bootstrapScores, type ScoreIntervals } from "./bootstrap.ts";
export { measureSides, type SidesMeasured, type SidesTask, sidesProtocol } from "./by-side.ts";
export { cdnv, type PairMeasure } from "./cdnv.ts";
export { type ClassStatistics, classMeans, classStatistics } from "./class-statistics.ts";
export { type CollapseStatistics, collapseStatistics, columnMoments } from "./collapse.ts";
export {
  type CompareOptions,
  type Comparison,
  compareOverSeeds,
  comparePaired,
  spreadOverSeeds,
} from "./compare.ts";
export { type CrossFitOptions, type CrossFitted, crossFittedCdnv } from "./cross-fitted-cdnv.ts";
export { deltaDifference, deltaInterval } from "./delta-interval.ts";
export { type DirectionalOptions, directionalCdnv } from "./directional-cdnv.ts";
export { type Eigen, type EigenOptions, symmetricEigen } from "./eigen.ts";
export { type FewShotOptions, type FewShotScores, fewShotNcc } from "./few-shot-ncc.ts";
export { crossValidationFolds, type Fold } from "./folds.ts";
export { type Interval, type IntervalMethod, tInterval } from "./interval.ts";
export { groupsFor, type KMeans, type KMeansOptions, kMeans } from "./k-means.ts";
export { type KnnAnswer, type KnnOptions, knnPredictions } from "./knn.ts";
export {
  checkGroups,
  checkLabels,
  countClasses,
  type Groups,
  type LabelSet,
  type Labels,
  type LeftOut,
  labelledRows,
  numberGroups,
  rowsByClass,
  type UsableLabels,
  usableLabels,
} from "./labels.ts";
export {
  judgeable,
  type LeftOutOptions,
  leftOutPredictions,
  type PartedRows,
} from "./left-out.ts";
export { fitProbe, type Probe, type ProbeOptions } from "./linear-probe.ts";
export { layOutMap, type MapOptions } from "./map.ts";
export {
  type Bank,
  type BankSize,
  blocks,
  checkMatrix,
  type Matrix,
  matrix,
  type Product,
  pickRows,
  rowBlock,
  transpose,
} from "./matrix.ts";
export {
  type Measured,
  type MeasureOptions,
  measureDefaults,
  measureRepresentation,
  type Representation,
} from "./measure-representation.ts";
export { measureUnlabelled, type UnlabelledOptions } from "./measure-unlabelled.ts";
export {
  identity,
  type Measurement,
  type MeasurementEvidence,
  type MeasureName,
  type Statistic,
} from "./measurement.ts";
export { type NccOptions, nccPredictions, nccPredictionsOf, nearestCentres } from "./ncc.ts";
export { nearestRows } from "./nearest-rows.ts";
export { fitPca, type Pca, type PcaOptions } from "./pca.ts";
export { type PermutedOptions, permuteLabels } from "./permuted-labels.ts";
export { type Frame, openTurning, principalFrame } from "./principal-frame.ts";
export { gram, plainProduct } from "./product.ts";
export { type Features, headlineFeatures, protocolId, withFeatures } from "./protocol.ts";
export { sampleNcc, type Views } from "./sample-ncc.ts";
export { majorityPredictions, type Scores, scorePredictions } from "./scores.ts";
export { shiftedSystems } from "./shifted-systems.ts";
export { fitRegression, openRegression } from "./softmax-regression.ts";
export { type Spectrum, type SpectrumOptions, spectrum } from "./spectrum.ts";
export { weightedRate } from "./weighted-rate.ts";
export { wilsonInterval } from "./wilson.ts";
export { type WithinClassVariance, withinClassVariance } from "./within-class-variance.ts";
