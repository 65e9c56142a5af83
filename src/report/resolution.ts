/** Whether the labelled classes can be told apart at the model's resolution, and at which they could. */

import { type Html, html } from "../html/index.ts";
import type { ResolutionFacts } from "./chapters.ts";
import type { Report } from "./model.ts";
import { bar } from "./splits.ts";
import { say, written } from "./text.ts";

export function resolution({ resolution: facts }: Report): Html | null {
  if (facts.length === 0) return null;
  return html`<h3 id="resolution">${say("report/resolution-title")}</h3>${facts.map(
    (one) => html`<ul class="findings">${sentences(one).map((line) => html`<li>${line}</li>`)}</ul>
<p class="hint">${say("report/resolution-how", { items: one.items, labelSet: one.labelSet })}</p>
<div class="meters">${one.sides.map((side) =>
      bar(
        side,
        html`${written(side.side, "count")} px${side.side === one.working ? html` <span class="of">${say("report/resolution-working")}</span>` : null}`,
        side.side === one.working ? "working" : "random",
      ),
    )}</div>
<p class="hint"><code>${one.protocol}</code></p>`,
  )}`;
}

/** What must be told before the numbers are relied on: classes that these pixels do not show. */
export function resolutionWarnings({ resolution: facts }: Report): Html[] {
  return facts.flatMap((one) => warnings(one));
}

function sentences(facts: ResolutionFacts): Html[] {
  const found = warnings(facts);
  if (found.length > 0) {
    const side = Math.max(facts.better ?? 0, ...facts.pairs.map(({ enough }) => enough?.side ?? 0));
    const command = `tanafuda pilot … --resolution ${side} --size ${side}`;
    return side > 0 ? [...found, say("report/resolution-cure", { command })] : found;
  }
  const { labelSet, working, sides } = facts;
  const largest = sides.reduce((most, { side }) => Math.max(most, side), working);
  return [say("report/resolution-fine", { labelSet, working, largest })];
}

function warnings({ labelSet, working, pairs, better }: ResolutionFacts): Html[] {
  const told = pairs.map(({ classes: [a, b], atWorking, enough }) => {
    const values = { a, b, working, value: atWorking.value };
    return enough
      ? say("report/pair-enough", { ...values, side: enough.side, enough: enough.value })
      : say("report/pair-never", values);
  });
  return better === undefined
    ? told
    : [say("report/resolution-better", { labelSet, better, working }), ...told];
}
