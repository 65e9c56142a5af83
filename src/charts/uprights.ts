/** Upright lines over the values of an axis: from the least to the most of what was seen. */

/** What ECharts hands a custom series: the parts that are used. */
interface DrawApi {
  coord(point: readonly [number, number]): number[];
  value(dimension: number): number;
}

/** `data` are places with both ends. */
export function uprights(
  data: readonly (readonly [at: number, low: number, high: number])[],
  { colour, opacity }: { readonly colour: string; readonly opacity: number },
) {
  return {
    type: "custom",
    silent: true,
    data,
    renderItem: (_: unknown, api: DrawApi) => {
      const [x, from] = api.coord([api.value(0), api.value(1)]);
      const [, to] = api.coord([api.value(0), api.value(2)]);
      return {
        type: "line",
        shape: { x1: x, y1: from, x2: x, y2: to },
        style: { stroke: colour, lineWidth: 3, opacity },
      };
    },
  };
}
