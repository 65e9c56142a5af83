/** A learning curve over a logarithmic axis of labels: measured points, and the band they continue in. */
import { type ChartOption, fontSize, frame, muted, rule, valueAxis } from "./option.ts";
import { uprights } from "./uprights.ts";

export interface LearningPoint {
  readonly labels: number;
  /** Share that goes wrong; from the least to the most of the draws, or the interval of the forecast. */
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

export interface LearningCurveOptions {
  readonly colour: string;
  /** Errors that are asked about, as lines across. */
  readonly allowed: readonly number[];
  readonly format: (labels: number) => string;
}

export function learningCurveChart(
  measured: readonly LearningPoint[],
  forecast: readonly LearningPoint[],
  { colour, allowed, format }: LearningCurveOptions,
): ChartOption {
  const all = [...measured, ...forecast];
  const most = Math.max(...all.map(({ labels }) => labels));
  const least = Math.min(...all.map(({ labels }) => labels));
  const highest = Math.max(...measured.map(({ high }) => high));
  const line = (points: readonly LearningPoint[], key: "error" | "low" | "high") =>
    points.map((point) => [point.labels, point[key]]);
  const edge = (key: "low" | "high") => ({
    type: "line",
    silent: true,
    showSymbol: false,
    data: line(forecast, key),
    lineStyle: { color: colour, width: 1, opacity: 0.5 },
  });
  return {
    ...frame({ right: 24 }),
    xAxis: {
      type: "log",
      logBase: 4,
      splitNumber: 8,
      min: least,
      max: most,
      axisLine: { show: true, lineStyle: { color: rule } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { color: muted, fontSize, hideOverlap: true, formatter: format },
    },
    yAxis: valueAxis({ min: 0, max: Math.min(1, Math.ceil(highest * 10) / 10), percent: true }),
    series: [
      edge("low"),
      edge("high"),
      {
        type: "line",
        silent: true,
        showSymbol: false,
        data: line(forecast, "error"),
        lineStyle: { color: colour, width: 2, type: "dashed" },
      },
      uprights(
        measured.map(({ labels, low, high }) => [labels, low, high]),
        { colour, opacity: 0.35 },
      ),
      {
        type: "line",
        silent: true,
        symbol: "circle",
        symbolSize: 6,
        data: line(measured, "error"),
        lineStyle: { color: colour, width: 2 },
        itemStyle: { color: colour },
      },
      ...allowed.map((error) => ({
        type: "line",
        silent: true,
        showSymbol: false,
        data: [
          [least, error],
          [most, error],
        ],
        lineStyle: { color: muted, type: "dotted", width: 1 },
      })),
    ],
  };
}
