/** How it learnt: NCC over the steps first, then the loss and its two terms. */
import { curves } from "../charts/index.ts";
import { type Html, html } from "../html/index.ts";
import { chart, type Key, legend } from "./figure.ts";
import { marks } from "./marks.ts";
import type { Report, TrainingFacts, TrainingRow } from "./model.ts";
import { name, say, term } from "./text.ts";

const pointsDrawn = 240;

export function training({ training: facts, stage }: Report): Html | null {
  if (!facts) return stage === "measured" ? html`<p>${say("report/not-trained")}</p>` : null;
  const rows = thinned(facts.rows);
  return html`
${nccCurve(facts)}
<div class="small-multiples">
${termCurve("loss", rows, html`${say("report/loss")}`)}
${termCurve("invariance", rows, term("invariance"))}
${termCurve("regularisation", rows, term("regularisation"))}
</div>
<p class="hint">${say("report/steps-axis")}</p>`;
}

/** The learning rate over the steps: for engineers. */
export function learningRate({ training: facts }: Report): Html | null {
  return facts && termCurve("learningRate", thinned(facts.rows), term("learning-rate"));
}

function nccCurve({ rows, nccOf }: TrainingFacts): Html | null {
  const points = rows.flatMap(({ step, ncc }) => (ncc === undefined ? [] : [[step, ncc] as const]));
  if (points.length < 2) return null;
  const key: Key[] =
    nccOf.kind === "labels"
      ? [
          {
            colour: marks.trained.colour,
            label: html`${term("ncc", say("report/measure-ncc"))} · ${name(nccOf.labelSet)}`,
          },
        ]
      : [{ colour: marks.trained.colour, label: term("sample-ncc") }];
  const option = curves([{ colour: marks.trained.colour, points }], { y: { percent: true } });
  return html`<figure class="chart">${legend(key)}${chart("ncc-curve", option, { height: 220 })}</figure>`;
}

function termCurve(
  which: "loss" | "invariance" | "regularisation" | "learningRate",
  rows: readonly TrainingRow[],
  title: Html,
): Html {
  const points = rows.map((row) => [row.step, row[which]] as const);
  const option = curves([{ colour: "var(--ink)", points }]);
  return html`<figure class="chart"><figcaption>${title}</figcaption>${chart(`curve-${which}`, option, { height: 170, wide: 300, narrow: 340 })}</figure>`;
}

/** Every n-th row and the last: a drawing needs no more points than pixels. */
function thinned(rows: readonly TrainingRow[]): readonly TrainingRow[] {
  const every = Math.max(1, Math.ceil(rows.length / pointsDrawn));
  return rows.filter((_, i) => i % every === 0 || i === rows.length - 1);
}
