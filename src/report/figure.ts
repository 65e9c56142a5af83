/** Charts in the page: one drawing for a desk and one for a phone, and legends in both languages. */
import type { ChartOption } from "../charts/index.ts";
import { type Html, html, trusted } from "../html/index.ts";
import { drawSvg } from "./svg.ts";

export interface Key {
  readonly colour: string;
  readonly dash?: boolean;
  /** A mark in place of the line. */
  readonly mark?: Html;
  readonly label: Html;
}

export function legend(keys: readonly Key[]): Html {
  return html`<ul class="legend">${keys.map(
    ({ colour, dash, mark, label }) =>
      html`<li>${mark ?? html`<span class="line${dash ? " dash" : ""}" style="--colour:${colour}" aria-hidden="true"></span>`}${label}</li>`,
  )}</ul>`;
}

/** Text in a drawing must not shrink on a phone, so the drawing is made at both widths. */
export function chart(
  id: string,
  option: ChartOption | ((narrow: boolean) => ChartOption),
  { height, wide = 860, narrow = 340 }: { height: number; wide?: number; narrow?: number },
): Html {
  const at = (isNarrow: boolean) =>
    trusted(
      drawSvg(
        typeof option === "function" ? option(isNarrow) : option,
        { width: isNarrow ? narrow : wide, height },
        `${id}-${isNarrow ? "n" : "w"}`,
      ),
    );
  return wide === narrow
    ? html`<div class="drawing">${at(false)}</div>`
    : html`<div class="drawing wide">${at(false)}</div><div class="drawing narrow">${at(true)}</div>`;
}
