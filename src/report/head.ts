/** What a classifier can do with the labels there are: how sure it is, what is promised, what it confuses. */
import { reliabilityDiagram } from "../charts/index.ts";
import { type Html, html } from "../html/index.ts";
import type { HeadFacts } from "./chapters.ts";
import { chart } from "./figure.ts";
import { marks } from "./marks.ts";
import type { Report } from "./model.ts";
import { pictureRow } from "./picture-row.ts";
import { bar } from "./splits.ts";
import { name, number, range, say, sayOrId, term } from "./text.ts";

export function head({ head: facts }: Report): Html | null {
  if (!facts) return null;
  const { labels, split, accuracy, commonest, kind, setting, labelSet } = facts;
  const { training, calibration, evaluation, of } = labels;
  return html`<p class="lead">${say("report/head-lead", { value: accuracy.value, labelSet })} <span class="range-line">${range(accuracy.low, accuracy.high, "percent")}</span></p>
<p class="hint">${say("report/head-labels", { training, calibration, evaluation, split, of, all: training + calibration >= of ? "yes" : "no" })} ${say("report/head-kind", { kind, setting, commonest })}</p>
${promises(facts)}
<h3>${say("report/head-reliability")}</h3>
<p>${say("report/head-reliability-how")} <span class="of">${term("calibration-error")} ${number(facts.calibrationError, "percent")}</span></p>
${reliability(facts)}
${coverage(facts)}
<h3>${say("report/head-confusions")}</h3>
<div class="mistakes">${facts.confusions.map(
    ({ truth, answer, count, of: all, pictures }) =>
      html`<section class="mistake"><h4>${say("report/taken-for", { truth, answer })} <span class="count">${say("report/count-of", { count, of: all })}</span></h4>
${pictureRow(pictures)}</section>`,
  )}</div>
<p class="hint">${say("report/head-command", { labelSet })}</p>`;
}

interface Row {
  readonly label: Html;
  readonly rate: NonNullable<HeadFacts["unlike"]>["flagged"];
  /** Whether what was promised came true. */
  readonly mark?: Html;
}

/** Promises beside what came of them on pictures that no promise was made from. */
function promises({ coverage: sets, answered, unlike, refused }: HeadFacts): Html {
  const rows: readonly Row[] = [
    ...(sets
      ? [
          {
            label: say("report/head-sets", { promised: sets.promised }),
            rate: sets.all,
            mark: kept(sets.all.high >= sets.promised),
          },
        ]
      : []),
    ...(answered ? [{ label: say("report/head-given"), rate: answered.given }] : []),
    ...(answered?.wrong
      ? [
          {
            label: say("report/head-wrong", { target: answered.target }),
            rate: answered.wrong,
            mark: kept(answered.wrong.low <= answered.target),
          },
        ]
      : []),
    ...(unlike
      ? [{ label: say("report/head-unlike", { alpha: unlike.alpha }), rate: unlike.flagged }]
      : []),
  ];
  return html`<dl class="numbers">${rows.map(
    ({ label, rate: { value, count, of, low, high }, mark }) =>
      html`<div><dt>${label}<br><small class="range-line">${say("report/count-of", { count, of })} · ${range(low, high, "percent")}${mark ? html` · ${mark}` : null}</small></dt><dd>${number(value, "percent")}</dd></div>`,
  )}</dl>
${sets ? html`<p class="hint">${say("report/head-set-size", { size: sets.meanSize })}</p>` : null}
${sets && sets.all.high < sets.promised ? html`<p><strong>${say("report/head-shifted", { promised: sets.promised, found: sets.all.value })}</strong></p>` : null}
${answered && answered.given.count === 0 ? html`<p>${say("head/verdict-silent", { target: answered.target })}</p>` : null}
${refused.map(({ code, values }) => html`<p class="hint">${sayOrId(code, values)}</p>`)}`;
}

function kept(is: boolean): Html {
  return say(is ? "report/head-kept" : "report/head-broken");
}

function reliability({ reliability: bins }: HeadFacts): Html {
  const total = bins.reduce((sum, { of }) => sum + of, 0);
  const points = bins.map(({ confidence, count, of, low, high }) => ({
    confidence,
    right: count / of,
    low,
    high,
    weight: of / total,
  }));
  const option = reliabilityDiagram(points, { colour: marks.trained.colour });
  return html`<figure class="chart square">${chart("reliability", option, { height: 300, wide: 420, narrow: 340 })}<figcaption>${say("report/head-reliability-axes")}</figcaption></figure>`;
}

function coverage({ coverage: sets }: HeadFacts): Html | null {
  if (!sets) return null;
  const rows = [...sets.slices, ...sets.classes];
  if (rows.length === 0) return null;
  return html`<h3>${say("report/head-coverage")}</h3>
<p class="hint">${say("report/head-coverage-how", { promised: sets.promised })}</p>
<div class="meters">${rows.map((row) => bar(row, name(row.name), "apart"))}</div>`;
}
