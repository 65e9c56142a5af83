/** A reliability diagram: how often predictions of a stated confidence are right, beside the diagonal. */
import { type ChartOption, frame, muted, valueAxis } from "./option.ts";
import { uprights } from "./uprights.ts";

export interface ReliabilityPoint {
  /** Mean of what was said, and the share that was right with its interval. */
  readonly confidence: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
  /** Share of all predictions, which sets the mark's size. */
  readonly weight: number;
}

export function reliabilityDiagram(
  points: readonly ReliabilityPoint[],
  { colour }: { readonly colour: string },
): ChartOption {
  const axis = { min: 0, max: 1, percent: true };
  return {
    ...frame(),
    xAxis: { ...valueAxis(axis, true), interval: 0.2 },
    yAxis: { ...valueAxis(axis), interval: 0.2 },
    series: [
      {
        type: "line",
        silent: true,
        showSymbol: false,
        data: [
          [0, 0],
          [1, 1],
        ],
        lineStyle: { color: muted, width: 1, type: "dashed" },
      },
      uprights(
        points.map(({ confidence, low, high }) => [confidence, low, high]),
        { colour, opacity: 0.55 },
      ),
      {
        type: "scatter",
        silent: true,
        data: points.map(({ confidence, right, weight }) => ({
          value: [confidence, right],
          symbolSize: 6 + 14 * Math.sqrt(weight),
        })),
        itemStyle: { color: colour },
      },
    ],
  };
}
