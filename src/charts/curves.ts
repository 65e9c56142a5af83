/** Lines over steps or depth, with values marked where there are few of them. */
import { type Axis, type ChartOption, categoryAxis, frame, valueAxis } from "./option.ts";

export interface CurveSeries {
  readonly colour: string;
  readonly dash?: "solid" | "dashed" | "dotted";
  /** Pairs over a value axis; plain values (null: not measured) over categories. */
  readonly points: readonly (readonly [number, number])[] | readonly (number | null)[];
}

export interface CurveOptions {
  readonly y?: Axis;
  /** Categories along x; a value axis without them. */
  readonly categories?: readonly string[];
}

export function curves(
  series: readonly CurveSeries[],
  { y = {}, categories }: CurveOptions = {},
): ChartOption {
  return {
    ...frame(),
    xAxis: categories
      ? { ...categoryAxis(categories), boundaryGap: true }
      : { ...valueAxis({}, true), min: "dataMin", max: "dataMax" },
    yAxis: valueAxis(y),
    series: series.map(({ colour, dash = "solid", points }) => ({
      type: "line",
      data: points,
      silent: true,
      connectNulls: true,
      showSymbol: points.length <= 40,
      symbol: "circle",
      symbolSize: 6,
      lineStyle: { color: colour, width: 2, type: dash },
      itemStyle: { color: colour },
    })),
  };
}
