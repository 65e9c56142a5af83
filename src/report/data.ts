/** What the data is: counts, the frozen split, label sets with their classes, files left out. */
import { type Html, html } from "../html/index.ts";
import type { Report } from "./model.ts";
import { pictureRow } from "./picture-row.ts";
import { labelSetsByLevel } from "./select.ts";
import { name, number, say, sayOrId, term, written } from "./text.ts";

const classesShown = 12;

export function data(report: Report): Html {
  const { data: facts } = report;
  const labelSets = labelSetsByLevel(report);
  return html`
<dl class="numbers">
  <div><dt>${say("report/items")}</dt><dd>${number(facts.items, "count")}</dd></div>
  <div><dt>${say("report/groups", { by: groupBy(facts.groups.by) })}</dt><dd>${number(facts.groups.count, "count")}</dd></div>
  <div><dt>${say("report/resolution")}</dt><dd>${number(facts.resolution, "count")}<small> px</small></dd></div>
  <div><dt>${say("report/left-out")}</dt><dd>${number(sum(facts.rejected.map(({ count }) => count)), "count")}</dd></div>
</dl>
<figure class="split">
  <div class="split-bar" aria-hidden="true"><span style="flex:${facts.train}"></span><span class="held" style="flex:${facts.evaluation}"></span></div>
  <figcaption><span>${say("report/split-train", { count: facts.train })}</span><span>${term("evaluation-split", say("report/split-evaluation", { count: facts.evaluation }))}</span></figcaption>
</figure>
${labelSets.length > 0 ? html`<h3>${say("report/label-sets")}</h3><div class="label-sets">${labelSets.map(labelSet)}</div>` : html`<p>${say("report/no-label-sets")}</p>`}
${facts.rejected.length > 0 ? rejected(facts.rejected) : null}
${doubtful(report)}`;
}

function labelSet(set: Report["data"]["labelSets"][number]): Html {
  const order = set.classes
    .map((label, i) => ({ label, count: set.counts[i] ?? 0 }))
    .sort((a, b) => b.count - a.count);
  const most = Math.max(1, order[0]?.count ?? 1);
  const total = sum(set.counts);
  const row = ({ label, count }: (typeof order)[number]) => html`<tr>
<th scope="row">${name(label)}</th><td class="bar" aria-hidden="true"><span style="width:${((100 * count) / most).toFixed(1)}%"></span></td><td>${number(count, "count")}</td><td class="share">${total > 0 ? written(count / total, "percent") : ""}</td></tr>`;
  const rest = order.slice(classesShown);
  return html`<section class="label-set"><h4>${name(set.name)} <span class="quiet">${say("report/classes", { count: set.classes.length })}${set.parent === undefined ? null : html` · ${say("report/refines", { parent: set.parent })}`}</span></h4>
<table class="classes">${order.slice(0, classesShown).map(row)}</table>
${rest.length > 0 ? html`<details><summary>${say("report/more-classes", { count: rest.length })}</summary><table class="classes">${rest.map(row)}</table></details>` : null}
${set.unlabelled > 0 ? html`<p class="hint">${say("report/unlabelled", { count: set.unlabelled })}</p>` : null}</section>`;
}

function rejected(reasons: Report["data"]["rejected"]): Html {
  return html`<details class="rejected"><summary>${say("report/left-out-why")}</summary><ul>${reasons.map(
    ({ code, count, examples }) =>
      html`<li><b>${number(count, "count")}</b> ${
        examples[0]
          ? sayOrId(code, { path: examples[0].path, ...examples[0].values })
          : html`<code>${code}</code>`
      }${
        examples.length > 0
          ? html`<ul class="paths">${examples.map(({ path }) => html`<li>${name(path)}</li>`)}</ul>`
          : null
      }</li>`,
  )}</ul></details>`;
}

function doubtful({ doubtful: found }: Report): Html | null {
  if (found.length === 0) return null;
  return html`<h3>${say("report/doubtful")}</h3><div class="doubtful">${found.map(
    ({ code, count, values, pictures }) =>
      html`<section class="doubt"><p>${sayOrId(code, { ...values, count })}</p>${pictureRow(pictures)}</section>`,
  )}</div>`;
}

function groupBy(by: string): string {
  return by.startsWith("column:") ? "column" : by.replace("-", "_");
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
