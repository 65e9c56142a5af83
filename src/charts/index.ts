/** Doorway of `charts`: chart descriptions (ECharts options) from numbers; draws nothing itself. */
export { type CurveSeries, curves } from "./curves.ts";
export { type IntervalGroup, intervals, intervalsHeight } from "./intervals.ts";
export {
  type LearningCurveOptions,
  type LearningPoint,
  learningCurveChart,
} from "./learning-curve.ts";
export type { ChartOption } from "./option.ts";
export { type ReliabilityPoint, reliabilityDiagram } from "./reliability.ts";
