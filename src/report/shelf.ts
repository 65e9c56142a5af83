/** The map of the shelf and some of its neighbourhoods. */
import { type Html, html, imageSource, oneLine, scriptJson } from "../html/index.ts";
import type { Report, ShelfMap } from "./model.ts";
import { name, number, say } from "./text.ts";

export function map({ map: shelf, data }: Report): Html | null {
  if (!shelf || shelf.x.length === 0) return null;
  const classes = new Map(data.labelSets.map((set) => [set.name, set.classes]));
  const sets = shelf.labels.map(({ labelSet }) => labelSet);
  const content = {
    x: spread(shelf.x),
    y: spread(shelf.y),
    path: shelf.path.map(oneLine),
    sets: [
      ...shelf.labels.map(({ labelSet, codes }) => ({
        classes: (classes.get(labelSet) ?? []).map(oneLine),
        codes,
      })),
      ...(shelf.groups
        ? [{ groups: true, classes: groupNumbers(shelf.groups), codes: shelf.groups }]
        : []),
    ],
    sheets: shelf.sheets.map((sheet) => ({ ...sheet, image: imageSource(sheet.image) })),
  };
  const choices = [
    ...sets.map((set, i) => html`<option value="${i}">${set}</option>`),
    ...(shelf.groups
      ? [html`<option value="${sets.length}" data-say="report/groups-found"></option>`]
      : []),
  ];
  return html`<p class="lead">${say("report/map-lead")}${shelf.encoder === "untrained" ? html` ${say("report/map-untrained")}` : null}</p>
<div class="map" id="shelf-map">
<div class="map-bar">
${choices.length > 0 ? html`<label class="choose">${say("report/colour-by")} <select id="map-set">${choices}</select></label>` : null}
<div class="zoom" role="group"><button type="button" id="map-out" aria-labelledby="zoom-out">−</button><button type="button" id="map-in" aria-labelledby="zoom-in">+</button><button type="button" id="map-reset">${say("report/map-reset")}</button><span hidden id="zoom-in">${say("report/zoom-in")}</span><span hidden id="zoom-out">${say("report/zoom-out")}</span></div>
</div>
<div class="map-view"><canvas id="map-canvas" tabindex="0" role="img" aria-labelledby="map-label"></canvas><div id="map-card" class="card" hidden></div></div>
<ul id="map-legend" class="map-legend"></ul>
<p class="hint" id="map-label">${say("report/map-caption", { shown: shelf.x.length, of: shelf.of, method: shelf.method })} ${thumbnailsMissing(shelf)}</p>
<p class="hint screen">${say("report/map-keys")}</p>
</div>
<script type="application/json" id="map-data">${scriptJson(content)}</script>`;
}

export function neighbours({ neighbours: rows }: Report): Html | null {
  if (rows.length === 0) return null;
  return html`<p class="lead">${say("report/neighbours-lead")}</p>
<div class="neighbours">${rows.map(
    ({ query, nearest }) => html`<div class="row">
<figure class="query"><img src="${imageSource(query.image)}" alt="${query.path}"><figcaption>${query.label === undefined ? name(query.path) : name(query.label)}</figcaption></figure>
<ol>${nearest.map(
      (found) =>
        html`<li><figure${found.label !== undefined && query.label !== undefined ? html` class="${found.label === query.label ? "same" : "other"}"` : null}><img src="${imageSource(found.image)}" alt="${found.path}"><figcaption>${found.label === undefined ? null : html`${name(found.label)}<br>`}${number(found.similarity, "plain")}</figcaption></figure></li>`,
    )}</ol></div>`,
  )}</div>`;
}

function groupNumbers(groups: readonly number[]): string[] {
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  return Array.from({ length: count }, (_, i) => String(i + 1));
}

function thumbnailsMissing({ x, sheets }: ShelfMap): Html | null {
  const pictured = sheets.reduce((count, sheet) => count + sheet.count, 0);
  return pictured < x.length
    ? say("report/map-thumbnails", { pictured: Math.min(pictured, x.length) })
    : null;
}

/** To 0 … 10,000: the page needs no more digits than pixels. */
function spread(values: readonly number[]): number[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const width = high - low || 1;
  return values.map((value) => Math.round((10_000 * (value - low)) / width));
}
