/** A reliability diagram: how often predictions of a stated confidence are right, beside the diagonal. */
import { type ChartOption, frame, muted, valueAxis } from "./option.ts";

export interface ReliabilityPoint {
  /** Mean of what was said, and the share that was right with its interval. */
  readonly confidence: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
  /** Share of all predictions, which sets the mark's size. */
  readonly weight: number;
}

/** What ECharts hands a custom series: the parts that are used. */
interface DrawApi {
  coord(point: readonly [number, number]): number[];
  value(dimension: number): number;
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
      {
        type: "custom",
        silent: true,
        data: points.map(({ confidence, low, high }) => [confidence, low, high]),
        renderItem: (_: unknown, api: DrawApi) => {
          const [x, from] = api.coord([api.value(0), api.value(1)]);
          const [, to] = api.coord([api.value(0), api.value(2)]);
          return {
            type: "line",
            shape: { x1: x, y1: from, x2: x, y2: to },
            style: { stroke: colour, lineWidth: 3, opacity: 0.55 },
          };
        },
      },
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
