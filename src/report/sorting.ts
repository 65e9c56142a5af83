/** How well it sorts: a table per label set, charts by level and by layer, spread over seeds. */
import { curves, intervals, intervalsHeight } from "../charts/index.ts";
import { type Html, html, oneLine } from "../html/index.ts";
import { chart, legend } from "./figure.ts";
import { mark, marks, subjects } from "./marks.ts";
import type { LayerFacts, Measured, Report, Subject } from "./model.ts";
import { labelSetsByLevel, measured } from "./select.ts";
import {
  estimate,
  kindOf,
  lowerIsBetter,
  measureName,
  measureTerm,
  name,
  number,
  say,
  subjectName,
  subjectTerm,
  term,
} from "./text.ts";

export function sorting(report: Report): Html {
  const sets = labelSetsByLevel(report).map(({ name: set }) => set);
  const leading = report.verdict.headlineMeasures.at(0)?.labelSet ?? sets.at(0) ?? null;
  const others = [...sets, null].filter((set) => set !== leading);
  return html`<p class="lead">${say("report/sorting-lead")}</p>
${table(report, leading)}
<div class="folded">${others.map((set) => {
    const content = table(report, set);
    return content && html`<details><summary>${caption(set)}</summary>${content}</details>`;
  })}
${seeds(report)}</div>
${byLevel(report, sets)}
${byLayer(report)}`;
}

function table(report: Report, labelSet: string | null): Html | null {
  const rows = report.measures.filter(
    (row) =>
      row.labelSet === labelSet &&
      row.split === "evaluation" &&
      measured(report, row.subject, row) === row,
  );
  if (rows.length === 0) return null;
  const columns = subjects.filter((subject) => rows.some((row) => row.subject === subject));
  const lineOf = ({ measure, statistic, count }: Measured) => `${measure} ${count} ${statistic}`;
  const lines = unique(rows.map(lineOf)).map((key) => rows.filter((row) => lineOf(row) === key));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${labelSet ?? "–"}"><table class="measures">
<caption>${caption(labelSet)}</caption>
<thead><tr><td></td>${columns.map((subject) => html`<th scope="col">${mark(subject)}${term(subjectTerm[subject], subjectName(subject))}</th>`)}</tr></thead>
<tbody>${lines.map((line) => tableLine(line, columns, rows))}</tbody></table></div>`;
}

function caption(labelSet: string | null): Html {
  return labelSet === null ? say("report/without-labels") : say("report/sorted-by", { labelSet });
}

function tableLine(
  line: readonly Measured[],
  columns: readonly Subject[],
  rows: readonly Measured[],
): Html {
  const [first] = line;
  const sub =
    first.statistic === "value"
      ? lowerIsBetter.has(first.measure) && say("report/lower-is-better")
      : term(first.statistic);
  return html`<tr><th scope="row">${term(measureTerm[first.measure], measureName(first))}<span class="sub">${sub}</span></th>${columns.map(
    (subject) => {
      const cell = line.find((row) => row.subject === subject) ?? majority(subject, line, rows);
      return html`<td class="${subject}">${cell ? estimate(cell, cell.statistic) : html`<span class="none">–</span>`}</td>`;
    },
  )}</tr>`;
}

/** Always naming one class scores the same whatever the measure: by statistic alone. */
function majority(
  subject: Subject,
  [{ statistic }]: readonly Measured[],
  rows: readonly Measured[],
): Measured | undefined {
  if (subject !== "majority" || statistic === "value") return undefined;
  return rows.find((row) => row.subject === "majority" && row.statistic === statistic);
}

function seeds({ seeds: rows }: Report): Html | null {
  if (rows.length === 0) return null;
  return html`<details class="seeds"><summary id="over-seeds">${say("report/over-seeds", { count: rows[0].values.length })}</summary>
<div class="scroll" tabindex="0" role="group" aria-labelledby="over-seeds"><table class="plain"><thead><tr><th scope="col">${say("report/measure")}</th><th scope="col">${say("report/label-set")}</th><th scope="col">${say("report/subject")}</th><th scope="col">${say("report/mean-deviation")}</th><th scope="col">${term("seed", say("report/each-seed"))}</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><td>${measureName(row)}</td><td>${row.labelSet === null ? "–" : name(row.labelSet)}</td><td>${subjectName(row.subject)}</td><td>${number(row.mean, kindOf(row.statistic))} ± ${number(row.deviation, kindOf(row.statistic))}</td><td>${row.values.map((value, i) => html`${i > 0 ? " · " : null}${number(value, kindOf(row.statistic))}`)}</td></tr>`,
  )}</tbody></table></div></details>`;
}

function byLevel(report: Report, sets: readonly string[]): Html | null {
  const of = (labelSet: string) =>
    ({ labelSet, measure: "ncc", statistic: "balanced-accuracy" }) as const;
  const shown = subjects.filter((subject) =>
    sets.some((set) => measured(report, subject, of(set))),
  );
  const groups = sets.flatMap((set) => {
    const found = shown.flatMap((subject) => {
      const row = measured(report, subject, of(set));
      return row ? [{ ...marks[subject], value: row.value, low: row.low, high: row.high }] : [];
    });
    return found.length > 0 ? [{ name: set, marks: found }] : [];
  });
  if (groups.length < 2) return null;
  return html`<h3>${say("report/by-level")}</h3><p class="hint">${say("report/by-level-lead")}</p>
<figure class="chart">${legend(shown.map((subject) => ({ colour: "", mark: mark(subject), label: subjectName(subject) })))}
${chart(
  "levels",
  (narrow) =>
    intervals(
      groups.map((group) => ({ ...group, name: shortened(group.name, narrow ? 11 : 22) })),
      { x: { percent: true, min: 0 }, left: narrow ? 84 : 150 },
    ),
  { height: intervalsHeight(groups) },
)}</figure>`;
}

function byLayer({ layers }: Report): Html | null {
  const drawn = layers.filter(({ taps }) => taps.length > 1);
  if (drawn.length === 0) return null;
  return html`<h3>${say("report/by-layer")}</h3><p class="hint">${say("report/by-layer-lead")}</p>
${legend([
  { colour: marks.trained.colour, label: subjectName("trained") },
  { colour: marks.untrained.colour, dash: true, label: subjectName("untrained") },
])}
<div class="small-multiples">${drawn.map(layerChart)}</div>`;
}

function layerChart({ labelSet, measure, statistic, taps }: LayerFacts, index: number): Html {
  const option = curves(
    [
      {
        colour: marks.untrained.colour,
        dash: "dashed",
        points: taps.map(({ untrained }) => untrained ?? null),
      },
      { colour: marks.trained.colour, points: taps.map(({ value }) => value) },
    ],
    {
      categories: taps.map(({ tap }) => shortened(tap, 9)),
      y: { percent: statistic !== "value", min: 0 },
    },
  );
  return html`<figure class="chart"><figcaption>${labelSet === null ? measureName({ measure }) : html`${name(labelSet)} <span class="of">${measureName({ measure })}</span>`}</figcaption>${chart(`layer-${index}`, option, { height: 190, wide: 300, narrow: 340 })}</figure>`;
}

function shortened(text: string, length: number): string {
  const line = oneLine(text);
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
