/** Values with their intervals, one row per group, one mark per subject: a forest plot. */
import { type Axis, type ChartOption, categoryAxis, frame, rule, valueAxis } from "./option.ts";

export interface IntervalGroup {
  readonly name: string;
  readonly marks: readonly {
    readonly colour: string;
    readonly symbol: string;
    readonly symbolSize?: number | readonly [number, number];
    readonly value: number;
    readonly low?: number;
    readonly high?: number;
  }[];
}

/** What ECharts hands a custom series: the parts that are used. */
interface DrawApi {
  coord(point: readonly [number, number]): number[];
  value(dimension: number): number;
}

const rowSpread = 13;
const rowGap = 26;

/** Rows spread their marks vertically in order, so that no two intervals cover each other. */
export function intervals(
  groups: readonly IntervalGroup[],
  { x, left }: { readonly x: Axis; readonly left: number },
): ChartOption {
  const most = Math.max(1, ...groups.map(({ marks }) => marks.length));
  const shift = (order: number) => (order - (most - 1) / 2) * rowSpread;
  const series = Array.from({ length: most }, (_, order) => {
    const rows = groups.flatMap(({ marks }, row) => {
      const mark = marks.at(order);
      return mark ? [{ ...mark, row }] : [];
    });
    if (rows.length === 0) return [];
    const { colour, symbol, symbolSize = 10 } = rows[0];
    return [
      {
        type: "custom",
        silent: true,
        data: rows.map(({ row, value, low, high }) => [low ?? value, row, high ?? value]),
        renderItem: (_: unknown, api: DrawApi) => {
          const row = api.value(1);
          const [from, y] = api.coord([api.value(0), row]);
          const [to] = api.coord([api.value(2), row]);
          return {
            type: "line",
            shape: { x1: from, y1: y + shift(order), x2: to, y2: y + shift(order) },
            style: { stroke: colour, lineWidth: 3, opacity: 0.55 },
          };
        },
      },
      {
        type: "scatter",
        silent: true,
        symbol,
        symbolSize,
        symbolOffset: [0, shift(order)],
        itemStyle: { color: colour },
        data: rows.map(({ row, value }) => [value, row]),
      },
    ];
  }).flat();
  return {
    ...frame({ left, bottom: 24 }),
    xAxis: valueAxis(x),
    yAxis: {
      ...categoryAxis(
        groups.map(({ name }) => name),
        true,
      ),
      splitLine: { show: true, lineStyle: { color: rule } },
    },
    series,
  };
}

/** The height that `intervals` needs for its rows. */
export function intervalsHeight(groups: readonly IntervalGroup[]): number {
  const most = Math.max(1, ...groups.map(({ marks }) => marks.length));
  return 40 + groups.length * (most * rowSpread + rowGap);
}
