/** Doorway of `learn/forecast`: how many labels a goal takes, and what they are needed for. */
export { type Budget, type BudgetPlan, budget, type Count } from "./budget.ts";
export { type CdnvValues, cdnvBound } from "./cdnv-bound.ts";
export { type Constants, type Continuing, type Course, constants } from "./continuation.ts";
export {
  type Equivalent,
  type EquivalentOptions,
  equivalentLabels,
} from "./equivalent.ts";
export { type Claim, itemsToPlan, itemsToShow, type Planned } from "./evaluation-need.ts";
export {
  type BandPoint,
  type Forecast,
  type ForecastOptions,
  type ForecastState,
  fewestSizes,
  forecastLabels,
  guessingBeyond,
} from "./forecast.ts";
export {
  type MarginOptions,
  type Moments,
  marginError,
  marginMoments,
  marginShots,
} from "./gaussian-margin.ts";
export {
  type Answers,
  allowedError,
  chanceError,
  errorOf,
  type Goal,
  type JudgedItems,
  judgedItems,
} from "./goal.ts";
export {
  type CurveOptions,
  type CurvePoint,
  geometricSizes,
  type LearningCurve,
  learningCurve,
  type Pool,
} from "./learning-curve.ts";
export { errorAt, fitPowerLaw, labelsFor, type PowerLaw, type Sample } from "./power-law.ts";
export {
  type DrawnItem,
  drawStrata,
  labelsInStrata,
  type Strata,
  type StrataOptions,
  type Stratum,
  strataOf,
} from "./strata.ts";
