/** Chart options to SVG text by ECharts on the server side; only the parts in use are imported. */
import { CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ChartOption } from "../charts/index.ts";

use([LineChart, ScatterChart, CustomChart, GridComponent, SVGRenderer]);

export interface SvgSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A drawing for inline use: sized by its view box, free of styles and of ids that could clash.
 * `name` must be unique in the page.
 */
export function drawSvg(option: ChartOption, { width, height }: SvgSize, name: string): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({ ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg
    .replace(/<style\s*>[\s\S]*?<\/style>/, "")
    .replace(/ (?:class|ecmeta_\w+|xmlns:xlink|baseProfile|version|pointer-events)="[^"]*"/g, "")
    .replace(/zr\d+-/g, `${name}-`)
    .replace(/font-family:[^;"]*;?/g, "")
    .replace(/^<svg /, '<svg aria-hidden="true" focusable="false" ')
    .replace(/\n/g, "");
}
