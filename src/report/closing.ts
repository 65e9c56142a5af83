/** What follows from the numbers, what to do next, the engineers' details and the glossary. */
import type { Json } from "../base/index.ts";
import { type Html, html } from "../html/index.ts";
import { type TermId, terms } from "../words/index.ts";
import { otherFindings, otherSteps, step } from "./front.ts";
import type { Report } from "./model.ts";
import { estimate, measureName, name, say, subjectName, wording } from "./text.ts";
import { learningRate } from "./training.ts";

export function meaning({ verdict }: Report): Html | null {
  const rest = otherFindings(verdict);
  if (rest.length === 0) return null;
  return html`<ul class="findings">${rest.map(({ id, values }) => html`<li>${say(id, values)}</li>`)}</ul>`;
}

export function next(report: Report): Html | null {
  const rest = otherSteps(report);
  return rest.length === 0 ? null : html`<ol class="steps">${rest.map(step)}</ol>`;
}

export function details(report: Report): Html {
  const { run, data } = report;
  const facts: [Html, Html][] = [
    [say("report/run"), html`<code>${run.id}</code>`],
    ...trainedFacts(run),
    [say("report/dataset-version"), html`<code>${data.dataset}@${data.version}</code>`],
    ...(data.source === ""
      ? []
      : [[say("report/source"), name(data.source)] satisfies [Html, Html]]),
    [say("report/seeds"), html`${run.seeds.join(", ")}`],
    ...(run.host === ""
      ? []
      : [[say("report/machine"), html`${run.host} · ${run.executor}`] satisfies [Html, Html]]),
    ...(run.peakMemory === undefined
      ? []
      : [
          [
            say("report/memory"),
            say("report/memory-of", { gigabytes: run.peakMemory / 1e9 }),
          ] satisfies [Html, Html],
        ]),
  ];
  return html`<dl class="run">${facts.map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl>
<div class="small-multiples">${learningRate(report)}</div>
<details><summary id="every-number">${say("report/every-number", { count: report.measures.length })}</summary><div class="scroll" tabindex="0" role="group" aria-labelledby="every-number"><table class="plain"><thead><tr><th scope="col">${say("report/subject")}</th><th scope="col">${say("report/label-set")}</th><th scope="col">${say("report/measure")}</th><th scope="col">${say("report/statistic")}</th><th scope="col">${say("report/value")}</th><th scope="col">${say("report/protocol")}</th></tr></thead><tbody>${report.measures.map(
    (row) =>
      html`<tr><td>${subjectName(row.subject)}</td><td>${row.labelSet === null ? "–" : name(row.labelSet)}</td><td>${measureName(row)}</td><td>${row.statistic === "value" ? "–" : wording(terms[row.statistic].name)}</td><td class="figures">${estimate(row, row.statistic)}</td><td><code>${row.features} · ${row.split} · ${row.protocol}</code></td></tr>`,
  )}</tbody></table></div></details>
${run.configuration === null ? null : html`<details><summary>${say("report/configuration")}</summary><pre tabindex="0">${pretty(run.configuration)}</pre></details>`}`;
}

function trainedFacts({ method, backbone, trained }: Report["run"]): [Html, Html][] {
  if (!trained) return [[say("report/method"), html`${method} · ${backbone}`]];
  const { dimensions, batch, steps, epochs, seconds } = trained;
  return [
    [say("report/representation"), html`<code>${trained.representation}</code>`],
    [
      say("report/method"),
      html`${method} · ${backbone} · ${say("report/dimensions", { count: dimensions })}`,
    ],
    [say("report/amount"), say("report/amount-of", { batch, steps, epochs })],
    [say("report/time"), say("report/time-of", { minutes: seconds / 60 })],
  ];
}

export function glossary(): Html {
  return html`<dl class="glossary">${termIds.map(
    (id) =>
      html`<div><dt>${wording(terms[id].name)}</dt><dd>${wording(terms[id].meaning)}</dd></div>`,
  )}</dl>`;
}

/** The explanations that the terms in the text open. */
export function popovers(): Html {
  return html`${termIds.map(
    (id) =>
      html`<div popover id="term-${id}" class="popover"><b>${wording(terms[id].name)}</b><p>${wording(terms[id].meaning)}</p></div>`,
  )}`;
}

const termIds = Object.keys(terms).filter(isTerm);

function isTerm(id: string): id is TermId {
  return id in terms;
}

function pretty(value: Json): string {
  return JSON.stringify(value, null, 2);
}
