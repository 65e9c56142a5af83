/** What a manager needs beside the verdict: counts, a new day, a day's cost, warnings, the next step. */

import { type Html, html } from "../html/index.ts";
import { tally } from "./errors.ts";
import type { NextStep, Report } from "./model.ts";
import { pictureRow } from "./picture-row.ts";
import { resolutionWarnings } from "./resolution.ts";
import { splitSentence } from "./splits.ts";
import { number, say, sayOrId, term } from "./text.ts";

const shown = { warnings: 3, findings: 3, steps: 2 } as const;

/** Findings that tell a person not to rely on the numbers yet. */
const alarming: ReadonlySet<string> = new Set([
  "verdict/finding-control-fails",
  "verdict/finding-control-equal",
  "verdict/finding-outlines-better",
  "verdict/finding-luck",
  "verdict/finding-low-rank",
]);

/** Up to three tiles beside the first gauge. */
export function tiles({ errors, cost, splits, clusters }: Report): Html[] {
  const { inspection, wrong } = errors ?? {};
  const mistakes = inspection
    ? html`${tally("missed", inspection.missed)}<p class="also">${say("report/alarms-of", { count: inspection.falseAlarms.count, of: inspection.falseAlarms.of })}</p>`
    : wrong && tally("wrong", wrong);
  const daily = cost && dailyTile(cost);
  const [first] = splits;
  const pictures = errors?.confusions.flatMap((one) => one.pictures.slice(0, 3)).slice(0, 3) ?? [];
  const groups = errors ? null : clusters;
  return [
    ...(groups ? [tile("clusters", groupsTile(groups))] : []),
    ...(mistakes ? [tile("errors", html`${mistakes}${pictureRow(pictures)}`)] : []),
    ...(daily ? [tile("cost", daily)] : []),
    ...(first && !daily
      ? [
          tile(
            "splits",
            html`<p class="big"><span class="value">${number(first.byFacet.value, "percent")}</span></p><p>${splitSentence(first)}</p>`,
          ),
        ]
      : []),
  ];
}

/** Where nothing can be counted, what was found without labels is the thing to look at. */
function groupsTile({ groups, items }: NonNullable<Report["clusters"]>): Html {
  const pictures = groups.flatMap(({ typical }) => typical.slice(0, 1)).slice(0, 6);
  return html`<div class="tally"><p class="big"><span class="value">${number(groups.length, "count")}</span></p><p>${say("report/group-size", { count: items })} <a href="#clusters" class="screen">${say("report/see")}</a></p></div>${pictureRow(pictures)}`;
}

function tile(id: "errors" | "cost" | "splits" | "clusters", content: Html): Html {
  return html`<article class="gauge tile"><h3>${say(`report/section-${id}`)}</h3>${content}</article>`;
}

function dailyTile({ volume, missed, falseAlarms, wrong, yen }: NonNullable<Report["cost"]>): Html {
  const [main, label] = yen
    ? [yen, say("report/cost-yen")]
    : missed
      ? [missed, say("report/cost-missed")]
      : [wrong, say("report/cost-wrong")];
  const kind = main.high < 10 ? "tenth" : "count";
  return html`<div class="tally"><p class="big"><span class="value">${number(main.value, kind)}</span></p><p>${label}</p>
<p class="range-line">${number(main.low, kind)} – ${number(main.high, kind)}</p>${
    yen && missed
      ? html`<p class="also">${number(missed.value, missed.high < 10 ? "tenth" : "count")} ${say("report/cost-missed")}</p>`
      : null
  }${falseAlarms ? html`<p class="also">${number(falseAlarms.value, "count")} ${say("report/cost-alarms")}</p>` : null}
<p class="range-line">${say("report/group-size", { count: volume })}</p></div>`;
}

export function warnings(report: Report): Html | null {
  const { verdict, doubtful, splits } = report;
  const found = [
    ...verdict.findings
      .filter(({ id }) => alarming.has(id))
      .map(({ id, values }) => html`${say(id, values)}`),
    ...resolutionWarnings(report).map(
      (line) => html`${line} <a href="#seen" class="screen">${say("report/see")}</a>`,
    ),
    ...splits
      .filter(
        ({ head, difference }) => head === "knn" && difference.high < 0 && difference.value < -0.02,
      )
      .slice(0, 1)
      .map(
        (facts) =>
          html`${splitSentence(facts)} <a href="#splits" class="screen">${say("report/see")}</a>`,
      ),
    ...doubts(
      "report/doubtful-warning",
      doubtful.filter(({ code }) => code !== guessed),
    ),
    ...doubts(
      "report/guessed-warning",
      doubtful.filter(({ code }) => code === guessed),
    ),
  ];
  if (found.length === 0) return null;
  return html`<div class="warnings"><h3>${say("report/warnings")}</h3><ul>${found.slice(0, shown.warnings).map((line) => html`<li>${line}</li>`)}</ul></div>`;
}

/** The finding that is no fact about pictures, but what their neighbours suggest. */
const guessed = "data/found-doubtful-labels";

function doubts(
  id: "report/doubtful-warning" | "report/guessed-warning",
  found: Report["doubtful"],
): readonly Html[] {
  const count = found.reduce((sum, { count }) => sum + count, 0);
  return count > 0 ? [say(id, { count })] : [];
}

/** What it means, and what to do next, side by side. */
export function columns({ verdict, next }: Report): Html | null {
  const findings = firstFindings(verdict);
  if (findings.length + next.length === 0) return null;
  return html`<div class="columns">
${findings.length > 0 ? html`<div><h3>${say("report/means")}</h3><ul class="findings">${findings.map(({ id, values }) => html`<li>${say(id, values)}</li>`)}</ul></div>` : null}
${next.length > 0 ? html`<div><h3>${say("report/next-step")}</h3><ol class="steps">${next.slice(0, shown.steps).map(step)}</ol></div>` : null}
</div>
${
  verdict.change.length > 0
    ? html`<div class="change"><h3>${say("report/would-change")}</h3><ul>${verdict.change.map(({ id, values }) => html`<li>${say(id, values)}</li>`)}</ul></div>`
    : null
}`;
}

/** The findings that page one has no room for. */
export function otherFindings({ findings }: Report["verdict"]): Report["verdict"]["findings"] {
  const first = new Set(firstFindings({ findings }));
  return findings.filter((one) => !first.has(one));
}

export function otherSteps({ next }: Report): readonly NextStep[] {
  return next.slice(shown.steps);
}

function firstFindings({ findings }: Pick<Report["verdict"], "findings">) {
  return findings.filter(({ id }) => !alarming.has(id)).slice(0, shown.findings);
}

export function step({ id, values, command, hours }: NextStep): Html {
  return html`<li><p>${sayOrId(id, values)}${
    hours
      ? html` <span class="hours">${term("person-hours", say("report/hours", { ...hours }))}</span>`
      : null
  }</p>${
    command === undefined
      ? null
      : html`<div class="command"><code>${command}</code><button type="button" class="copy screen">${say("report/copy")}</button></div>`
  }</li>`;
}
