/** `report.json` → one HTML file that needs nothing else: no network, no fonts, no scripts of others. */
import type { Language } from "../words/index.ts";
import { details, glossary, meaning, next, popovers } from "./closing.ts";
import { data } from "./data.ts";
import { type Html, html, oneLine, trusted } from "./markup.ts";
import { type Report, reportLimits, type Stage, stages } from "./model.ts";
import { script } from "./script.ts";
import { seen } from "./seen.ts";
import { map, neighbours } from "./shelf.ts";
import { sorting } from "./sorting.ts";
import { style } from "./style.ts";
import { summary } from "./summary.ts";
import { name, say } from "./text.ts";
import { training } from "./training.ts";

export interface RenderOptions {
  /** What the page opens in; readers can switch, and their choice is remembered. */
  readonly language?: Language;
  /** Thumbnail sheets are dropped from the end, then pictures, until the page fits. */
  readonly bytes?: number;
}

/** The page of a report. Equal reports give equal bytes. */
export function renderReport(
  report: Report,
  { language = "en", bytes = reportLimits.bytes }: RenderOptions = {},
): string {
  let fitting = report;
  for (;;) {
    const page = render(fitting, language);
    if (Buffer.byteLength(page) <= bytes) return page;
    const smaller = withLess(fitting);
    if (!smaller) return page;
    fitting = smaller;
  }
}

/** The next smaller report: half the thumbnail sheets, else no pictures and neighbours, else no map. */
function withLess(report: Report): Report | undefined {
  const { map: shelf } = report;
  if (shelf && shelf.sheets.length > 0) {
    const sheets = shelf.sheets.slice(0, Math.floor(shelf.sheets.length / 2));
    return { ...report, map: { ...shelf, sheets } };
  }
  if (report.pictures.length + report.neighbours.length > 0) {
    return { ...report, pictures: [], neighbours: [] };
  }
  return shelf ? { ...report, map: null } : undefined;
}

interface Section {
  readonly id:
    | "meaning"
    | "next"
    | "data"
    | "seen"
    | "training"
    | "sorting"
    | "map"
    | "neighbours"
    | "details"
    | "glossary";
  /** The stage from which it can be there; where that is not reached yet, the page says so. */
  readonly from: Stage;
  readonly content: Html | null;
}

function render(report: Report, language: Language): string {
  const all: readonly Section[] = [
    { id: "meaning", from: "measured", content: meaning(report) },
    { id: "next", from: "measured", content: next(report) },
    { id: "data", from: "data", content: data(report) },
    { id: "seen", from: "data", content: report.pictures.length > 0 ? seen(report) : null },
    { id: "training", from: "trained", content: training(report) },
    {
      id: "sorting",
      from: "measured",
      content: report.measures.length > 0 ? sorting(report) : null,
    },
    { id: "map", from: "untrained", content: map(report) },
    { id: "neighbours", from: "untrained", content: neighbours(report) },
    { id: "details", from: "data", content: details(report) },
    { id: "glossary", from: "data", content: glossary() },
  ];
  const due = (stage: Stage) => stages.indexOf(stage) > stages.indexOf(report.stage);
  const sections = all
    .map(({ content, ...rest }) => ({
      ...rest,
      content: content ?? (due(rest.from) ? toCome(rest.from) : null),
    }))
    .filter(({ content }) => content !== null);
  const day = report.created.slice(0, 10);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Tanafuda ${report.product.version}">
<title>${oneLine(report.title)} – Tanafuda</title>
<style>${trusted(style)}</style>
</head>
<body>
<header class="top">
  <p class="brand"><span lang="ja" aria-hidden="true">棚札</span> Tanafuda</p>
  <fieldset class="languages screen"><legend class="away">${say("report/language")}</legend>${choice("ja", "日本語", language)}${choice("en", "English", language)}</fieldset>
</header>
<div class="page">
<nav class="contents screen" aria-labelledby="contents-label"><p id="contents-label" class="away">${say("report/contents")}</p><ol>
<li><a href="#summary">${say("report/section-summary")}</a></li>${sections.map(({ id }) => html`<li><a href="#${id}">${say(`report/section-${id}`)}</a></li>`)}</ol></nav>
<main>
<div class="title"><h1>${name(report.title)}</h1><p>${say("report/document")} · ${say("report/made", { date: day })}</p></div>
${summary(report)}
${sections.map(({ id, content }) => html`<section id="${id}" aria-labelledby="h-${id}"><h2 id="h-${id}">${say(`report/section-${id}`)}</h2>${content}</section>`)}
<footer><p>${say("report/offline")} <span class="quiet">Tanafuda ${report.product.version}</span></p></footer>
</main>
</div>
${popovers()}
<div id="phrases" hidden>${(["report/other-classes", "report/no-label", "report/copied"] as const).map((id) => html`<span data-phrase="${id}">${say(id)}</span>`)}</div>
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

function toCome(stage: Stage): Html {
  return html`<p class="to-come">${say("report/to-come", { stage })}</p>`;
}

function choice(value: Language, label: string, initial: Language): Html {
  return html`<label lang="${value}"><input type="radio" name="language" id="language-${value}" value="${value}"${value === initial ? trusted(" checked") : null}><span>${label}</span></label>`;
}
