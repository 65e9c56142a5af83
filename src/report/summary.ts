/** Page one: the verdict as a shelf tag, up to three numbers, warnings, what it means, what to do. */

import { type Html, html, trusted } from "../html/index.ts";
import { columns, tiles, warnings } from "./front.ts";
import { mark, subjects } from "./marks.ts";
import type { Measured, Report } from "./model.ts";
import { measured } from "./select.ts";
import {
  kindOf,
  lowerIsBetter,
  measureName,
  measureTerm,
  name,
  number,
  range,
  say,
  subjectName,
  subjectTerm,
  term,
} from "./text.ts";

export function summary(report: Report): Html {
  const { verdict } = report;
  const beside = tiles(report);
  const gauges = [
    ...verdict.headlineMeasures.slice(0, 3 - beside.length).map((of) => gauge(report, of)),
    ...beside,
  ];
  return html`<section id="summary" class="summary" aria-labelledby="headline">
<div class="tag tag-${verdict.outcome}">
  <p class="stamp" aria-hidden="true"><svg viewBox="0 0 100 100">${trusted(stamps[verdict.outcome])}</svg></p>
  <div class="tag-text">
    <p class="away">${say(`report/outcome-${verdict.outcome}`)}</p>
    <h2 id="headline">${say(verdict.headline.id, verdict.headline.values)}</h2>
    <p class="facts">${say("report/summary-facts", {
      items: report.data.items,
      evaluation: report.data.evaluation,
      dataset: report.data.dataset,
    })}</p>
    ${timeLeft(report)}
  </div>
</div>
${gauges.length > 0 ? html`<div class="gauges">${gauges}</div>` : null}
${warnings(report)}
${columns(report)}
</section>`;
}

function timeLeft({ stage, timeLeft: seconds }: Report): Html | null {
  if (stage === "measured") return null;
  return html`<p class="facts">${
    seconds === undefined
      ? say("report/reload")
      : say("report/time-left", { minutes: Math.round(seconds / 60) })
  }</p>`;
}

/** Round for yes, triangle for partly, cross for no: the marks of Japanese inspection sheets. */
const stamps: Readonly<Record<Report["verdict"]["outcome"], string>> = {
  works: '<circle cx="50" cy="50" r="41"/>',
  partly: '<path d="M50 12L92 86H8Z"/>',
  failed: '<path d="M16 16L84 84M84 16L16 84"/>',
  unknown: '<path d="M29 33C29 8 71 8 71 33C71 52 50 50 50 68M50 86V87"/>',
  unlabelled: '<path d="M14 50H86"/>',
  pending: '<path d="M22 50H22.1M50 50H50.1M78 50H78.1"/>',
};

function gauge(report: Report, of: Report["verdict"]["headlineMeasures"][number]): Html {
  const rows = subjects.flatMap((subject) => measured(report, subject, of) ?? []);
  const trained = rows.find(({ subject }) => subject === "trained");
  if (!trained) return html``;
  const difference = report.differences.find(
    ({ from, to, labelSet, measure, statistic }) =>
      from === "untrained" &&
      to === "trained" &&
      labelSet === of.labelSet &&
      measure === of.measure &&
      statistic === of.statistic,
  );
  const kind = kindOf(of.statistic);
  return html`<article class="gauge">
<h3>${term(measureTerm[of.measure], measureName(trained))}${of.labelSet === null ? null : html` <span class="of">${name(of.labelSet)}</span>`}</h3>
<p class="big"><span class="value">${number(trained.value, kind)}</span>${
    trained.low !== undefined && trained.high !== undefined
      ? html`<span class="range-line">${term("interval", say("report/interval-of"))} ${range(trained.low, trained.high, kind)}</span>`
      : null
  }</p>
${strip(rows, of)}
<dl class="beside">${rows.map(
    ({ subject, value }) =>
      html`<div><dt>${mark(subject)}${term(subjectTerm[subject], subjectName(subject))}</dt><dd>${number(value, kind)}</dd></div>`,
  )}</dl>
${
  difference
    ? html`<p class="gain">${
        kind === "percent"
          ? say("report/gain-points", gainOf(difference))
          : say("report/gain-value", gainOf(difference))
      }</p>`
    : null
}
${lowerIsBetter.has(of.measure) ? html`<p class="hint">${say("report/lower-is-better")}</p>` : null}
</article>`;
}

function gainOf({ value, low, high }: { value: number; low: number; high: number }) {
  return { value, low, high };
}

/** All subjects on one axis from zero; the band is the trained one's interval. */
function strip(
  rows: readonly Measured[],
  { statistic }: Report["verdict"]["headlineMeasures"][number],
): Html {
  const most = Math.max(...rows.map(({ value, high }) => high ?? value));
  const end = statistic === "value" ? most * 1.05 : most > 0.5 ? 1 : 0.5;
  const at = (value: number) => `${((100 * Math.max(0, value)) / end).toFixed(2)}%`;
  const trained = rows.find(({ subject }) => subject === "trained");
  const band =
    trained?.low !== undefined && trained.high !== undefined
      ? html`<span class="band" style="left:${at(trained.low)};width:${at(trained.high - trained.low)}"></span>`
      : null;
  return html`<div class="strip" aria-hidden="true"><span class="axis"></span>${band}${[...rows]
    .reverse()
    .map(
      ({ subject, value }) =>
        html`<span class="at ${subject}" style="left:${at(value)}">${mark(subject)}</span>`,
    )}<span class="end end-0">0</span><span class="end end-1">${statistic === "value" ? number(end, "plain") : `${100 * end}%`}</span></div>`;
}
