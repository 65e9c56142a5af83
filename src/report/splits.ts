/** Accuracy under random splits beside splits by day, lot, line or camera. */

import { type Html, html } from "../html/index.ts";
import type { Bounded, SplitFacts } from "./chapters.ts";
import type { Report } from "./model.ts";
import { number, range, say } from "./text.ts";

export function splits({ splits: facts }: Report): Html | null {
  if (facts.length === 0) return null;
  const facets = [...new Set(facts.map(({ facet }) => facet))];
  return html`<p class="lead">${say("report/splits-lead", { labelSet: facts[0].labelSet })}</p>
${facets.map((facet) => {
  const rows = facts.filter((row) => row.facet === facet);
  const [{ items, values, unjudged, worst }] = rows;
  return html`<section class="split-facet"><h3>${say("report/split-row", { facet })} <span class="of">${say("report/split-counts", { items, values, unjudged })}</span></h3>
${rows.map(
  (row) => html`<div class="split-head"><p class="of">${say(`report/split-head-${row.head}`)}</p>
${bar(row.random, say("report/split-random"), "random")}${bar(row.byFacet, say("report/split-row", { facet }), "apart")}</div>`,
)}
<p class="hint">${splitSentence(rows[0])} ${worst ? say("report/split-worst", { value: worst.value, right: worst.right, of: worst.of }) : null}</p></section>`;
})}`;
}

/** One sentence: whether the figure holds where nothing was seen. */
export function splitSentence({ facet, random, byFacet, difference }: SplitFacts): Html {
  const values = { facet, apart: byFacet.value, random: random.value };
  return difference.high < 0 && difference.value < -0.02
    ? say("report/split-drop", values)
    : say("report/split-holds", values);
}

export function bar({ value, low, high }: Bounded, label: Html, kind: string): Html {
  const at = (share: number) => `${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%`;
  return html`<div class="meter"><span class="meter-label">${label}</span><span class="meter-bar ${kind}" aria-hidden="true"><span class="fill" style="width:${at(value)}"></span><span class="whisker" style="left:${at(low)};width:${at(high - low)}"></span></span><span class="meter-value">${number(value, "percent")} <small>${range(low, high, "percent")}</small></span></div>`;
}
