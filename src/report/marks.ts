/** How each subject looks everywhere: a colour (Okabe–Ito) and a shape, so colour is never alone. */
import { type Html, html, trusted } from "../html/index.ts";
import type { Subject } from "./model.ts";

export const subjects = [
  "trained",
  "untrained",
  "raw-pixels",
  "pca",
  "permuted-labels",
  "majority",
] as const satisfies readonly Subject[];

interface Mark {
  /** The CSS variable that holds the colour, different in light and dark. */
  readonly colour: string;
  /** ECharts symbol; `path://` in a 10×10 box. */
  readonly symbol: string;
  readonly symbolSize: number | readonly [number, number];
  readonly shape: string;
}

export const marks: Readonly<Record<Subject, Mark>> = {
  trained: {
    colour: "var(--trained)",
    symbol: "circle",
    symbolSize: 11,
    shape: '<circle cx="6" cy="6" r="5"/>',
  },
  untrained: {
    colour: "var(--untrained)",
    symbol: "diamond",
    symbolSize: 12,
    shape: '<path d="M6 0L12 6L6 12L0 6Z"/>',
  },
  "raw-pixels": {
    colour: "var(--raw-pixels)",
    symbol: "rect",
    symbolSize: 9,
    shape: '<path d="M1.5 1.5H10.5V10.5H1.5Z"/>',
  },
  pca: {
    colour: "var(--pca)",
    symbol: "triangle",
    symbolSize: 11,
    shape: '<path d="M6 .5L12 11.5H0Z"/>',
  },
  "permuted-labels": {
    colour: "var(--permuted-labels)",
    symbol: "path://M3.5 0H6.5V3.5H10V6.5H6.5V10H3.5V6.5H0V3.5H3.5Z",
    symbolSize: 11,
    shape: '<path d="M4.2 0H7.8V4.2H12V7.8H7.8V12H4.2V7.8H0V4.2H4.2Z"/>',
  },
  majority: {
    colour: "var(--majority)",
    symbol: "rect",
    symbolSize: [2, 12],
    shape: '<path d="M5 0H7V12H5Z"/>',
  },
};

export function mark(subject: Subject): Html {
  const { colour, shape } = marks[subject];
  return html`<svg class="mark" viewBox="0 0 12 12" aria-hidden="true" style="fill:${colour}">${trusted(shape)}</svg>`;
}
