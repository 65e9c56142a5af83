/** `report.json` → one HTML file that needs nothing else: no network, no fonts, no scripts of others. */

import { documentHead, type Html, html, trusted } from "../html/index.ts";
import type { Language } from "../words/index.ts";
import { details, glossary, meaning, next, popovers } from "./closing.ts";
import { clusters } from "./clusters.ts";
import { curve } from "./curve.ts";
import { data } from "./data.ts";
import { cost, errors } from "./errors.ts";
import { head } from "./head.ts";
import { labelling } from "./labelling.ts";
import { type Report, reportLimits, type Stage, stages } from "./model.ts";
import { withoutPictures } from "./privacy.ts";
import { script } from "./script.ts";
import { seen } from "./seen.ts";
import { map, neighbours } from "./shelf.ts";
import { sorting } from "./sorting.ts";
import { splits } from "./splits.ts";
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
    const page = render(fitting, {
      language,
      bytes,
      leftOut: fitting.pictures.length < report.pictures.length,
    });
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
  const bare = withoutPictures(report);
  if (report.neighbours.length > 0) return { ...report, neighbours: [] };
  if (report.pictures.length > 0) {
    const { pictures, doubtful, errors: counted, head: fitted, clusters: groups } = bare;
    const lighter = { ...report, pictures, doubtful, errors: counted, clusters: groups };
    const { labelling: asked } = report;
    return {
      ...lighter,
      ...(fitted && { head: fitted }),
      ...(asked && { labelling: { ...asked, pictures: [] } }),
    };
  }
  return shelf ? { ...report, map: null } : undefined;
}

interface Section {
  readonly id: SectionId;
  /** The stage from which it can be there; where that is not reached yet, the page says so. */
  readonly from: Stage;
  readonly content: Html | null;
}

type SectionId =
  | "errors"
  | "head"
  | "labelling"
  | "curve"
  | "cost"
  | "splits"
  | "meaning"
  | "next"
  | "data"
  | "seen"
  | "training"
  | "sorting"
  | "clusters"
  | "map"
  | "neighbours"
  | "details"
  | "glossary";

interface Rendering {
  readonly language: Language;
  readonly bytes: number;
  /** Pictures had to go to keep within the limit. */
  readonly leftOut: boolean;
}

function render(report: Report, { language, bytes, leftOut }: Rendering): string {
  const all: readonly Section[] = [
    { id: "errors", from: "measured", content: errors(report) },
    { id: "head", from: "measured", content: head(report) },
    { id: "curve", from: "measured", content: curve(report) },
    { id: "labelling", from: "measured", content: labelling(report) },
    { id: "cost", from: "measured", content: cost(report) },
    { id: "splits", from: "measured", content: splits(report) },
    { id: "data", from: "data", content: data(report) },
    { id: "seen", from: "data", content: seen(report) },
    { id: "clusters", from: "untrained", content: clusters(report) },
    { id: "map", from: "untrained", content: map(report) },
    { id: "neighbours", from: "untrained", content: neighbours(report) },
    {
      id: "sorting",
      from: "measured",
      content: report.measures.length > 0 ? sorting(report) : null,
    },
    { id: "meaning", from: "data", content: meaning(report) },
    { id: "next", from: "data", content: next(report) },
    { id: "training", from: "trained", content: training(report) },
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
  return html`${documentHead({ language, title: report.title, version: report.product.version, style })}
<header class="top">
  <p class="brand"><span lang="ja" aria-hidden="true">棚札</span> Tanafuda</p>
  <div class="choices screen"><fieldset class="languages themes"><legend class="away">${say("report/theme")}</legend>${(["auto", "light", "dark"] as const).map((theme) => html`<label><input type="radio" name="theme" id="theme-${theme}" value="${theme}"${theme === "auto" ? trusted(" checked") : null}><span>${say(`report/theme-${theme}`)}</span></label>`)}</fieldset>
  <fieldset class="languages"><legend class="away">${say("report/language")}</legend>${choice("ja", "日本語", language)}${choice("en", "English", language)}</fieldset></div>
</header>
<div class="page">
<nav class="contents screen" aria-labelledby="contents-label"><p id="contents-label" class="away">${say("report/contents")}</p><ol>
<li><a href="#summary">${say("report/section-summary")}</a></li>${sections.map(({ id }) => html`<li><a href="#${id}">${say(`report/section-${id}`)}</a></li>`)}</ol></nav>
<main>
<div class="title"><h1>${name(report.title)}</h1><p>${say("report/document")} · ${say("report/made", { date: day })}</p>${report.privacy === "none" ? html`<p>${say("report/no-pictures")}</p>` : null}${leftOut ? html`<p>${say("report/left-out-for-size", { megabytes: Math.floor(bytes / 1e6) })}</p>` : null}</div>
${summary(report)}
<h2 class="part screen">${say("report/part-engineer")}</h2>
${sections.map(({ id, content }) => html`<section id="${id}" aria-labelledby="h-${id}"><h2 id="h-${id}">${say(`report/section-${id}`)}</h2>${content}</section>`)}
<footer><p>${say("report/offline")} <span class="quiet">Tanafuda ${report.product.version}</span></p></footer>
</main>
</div>
${popovers()}
<div id="phrases" hidden>${(["report/other-classes", "report/no-label", "report/copied", "report/groups-found", "report/group-placeholder"] as const).map((id) => html`<span data-phrase="${id}">${say(id)}</span>`)}</div>
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
