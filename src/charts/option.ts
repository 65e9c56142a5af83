/** What all charts share: the option type, axes and grid in the page's own colours. */

/** An ECharts option. Colours are CSS variables, so one drawing serves light and dark. */
export type ChartOption = Readonly<Record<string, unknown>>;

export const ink = "var(--ink)";
export const muted = "var(--muted)";
export const rule = "var(--rule)";

export const fontSize = 12;

export interface Axis {
  readonly min?: number;
  readonly max?: number;
  readonly percent?: boolean;
}

export function frame(grid: Readonly<Record<string, number>> = {}): ChartOption {
  return {
    animation: false,
    grid: { left: 46, right: 12, top: 10, bottom: 28, containLabel: false, ...grid },
  };
}

export function valueAxis({ min, max, percent }: Axis, quiet = false): ChartOption {
  return {
    type: "value",
    min,
    max,
    splitNumber: 4,
    axisLine: { show: quiet, lineStyle: { color: rule } },
    axisTick: { show: false },
    splitLine: { show: !quiet, lineStyle: { color: rule } },
    axisLabel: {
      color: muted,
      fontSize,
      hideOverlap: true,
      formatter: (value: number) => (percent ? `${round(100 * value)}%` : short(value)),
    },
  };
}

export function categoryAxis(names: readonly string[], inverse = false): ChartOption {
  return {
    type: "category",
    data: names,
    inverse,
    axisLine: { lineStyle: { color: rule } },
    axisTick: { show: false },
    axisLabel: inverse
      ? { color: ink, fontSize, interval: 0 }
      : {
          color: ink,
          fontSize: fontSize - 2,
          ...(names.length <= 6 ? { interval: 0 } : { hideOverlap: true }),
        },
  };
}

function short(value: number): string {
  if (Math.abs(value) >= 10_000) return `${round(value / 1000)}k`;
  if (value !== 0 && Math.abs(value) < 0.01) return value.toExponential(0);
  return String(round(value));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
