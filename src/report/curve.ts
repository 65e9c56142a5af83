/** How many labels it takes: the learning curve of labels at random, continued, and round goals. */
import { learningCurveChart } from "../charts/index.ts";
import { type Html, html } from "../html/index.ts";
import type { CurveFacts } from "./chapters.ts";
import { chart } from "./figure.ts";
import { marks } from "./marks.ts";
import type { Report } from "./model.ts";
import { say } from "./text.ts";

export function curve({ curve: facts }: Report): Html | null {
  if (!facts) return null;
  const { labelSet, training, judged, guessedBeyond, points, band, goals, check } = facts;
  const last = points[points.length - 1];
  const option = learningCurveChart(points, band, {
    colour: marks.trained.colour,
    allowed: goals.map(({ target }) => 1 - target),
    format: (labels) => String(Math.round(labels)),
  });
  return html`<p class="lead">${say("report/curve-lead", { training, error: last.error, labelSet })}</p>
<p class="hint">${say("report/curve-how", { judged })}</p>
<figure class="chart">${chart("curve", option, { height: 280, wide: 640, narrow: 340 })}<figcaption>${say("report/curve-axes")}</figcaption></figure>
<table class="plain goals"><thead><tr><th scope="col">${say("report/curve-goal")}</th><th scope="col">${say("report/curve-labels")}</th></tr></thead><tbody>${goals.map((goal) => row(goal, guessedBeyond))}</tbody></table>
<p class="hint">${say("report/curve-check", check)}</p>
<p class="hint">${say("report/curve-command", { labelSet })}</p>`;
}

function row(
  { target, state, labels, low, high }: CurveFacts["goals"][number],
  guessedBeyond: number,
) {
  const said = say(`report/curve-${state}`, {
    ...{ hand: guessedBeyond, labels: Math.round(labels ?? 0) },
    ...{ low: Math.round(low ?? 0), high: Math.round(high ?? 0) },
    open: high === null ? "yes" : "no",
  });
  return html`<tr><th scope="row">${say("report/curve-target", { target })}</th><td>${said}</td></tr>`;
}
