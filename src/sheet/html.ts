/**
 * The labelling tool: one HTML file with the pictures in it. It opens by a double-click, needs no
 * server and no network, keeps answers in the browser, and saves the list that `data labels` reads.
 */
import {
  documentHead,
  html,
  imageSource,
  languageSwitch,
  oneLine,
  scriptJson,
  trusted,
} from "../html/index.ts";
import { type Language, type SentenceId, sentence, sentences } from "../words/index.ts";
import type { Sheet } from "./model.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

export interface RenderSheetOptions {
  /** What the page opens in; readers can switch, and their choice is remembered. */
  readonly language?: Language;
}

/** Equal sheets give equal bytes. */
export function renderSheet(sheet: Sheet, { language = "en" }: RenderSheetOptions = {}): string {
  const { product, dataset, labelSet } = sheet;
  return html`${documentHead({ language, title: `${labelSet} · ${dataset}`, version: product.version, style })}
<header>
  <p class="brand"><span lang="ja" aria-hidden="true">棚札</span> ${oneLine(dataset)} · ${oneLine(labelSet)}</p>
  ${languageSwitch("sheet/language")}
</header>
<main>
<section class="intro"><h1 data-say="sheet/title"></h1><p data-say="sheet/lead"></p><p id="not-kept" class="warning" hidden data-say="sheet/not-kept"></p></section>
<section class="work">
  <figure>
    <div class="stage"><button type="button" id="previous" class="turn" data-label="sheet/previous">‹</button><img id="picture" alt=""><button type="button" id="next" class="turn" data-label="sheet/next">›</button></div>
    <figcaption><p id="position"></p><p id="path"></p><p id="reason"></p></figcaption>
  </figure>
  <div class="answers">
    <h2 data-say="sheet/classes"></h2>
    <p id="no-classes" class="hint" data-say="sheet/no-classes"></p>
    <div id="classes"></div>
    <form id="adding"><label class="away" for="class-name" data-say="sheet/new-class"></label><input id="class-name" autocomplete="off" maxlength="80" data-placeholder="sheet/new-class"><button data-say="sheet/add"></button></form>
    <p id="complaint" role="alert"></p>
    <div class="acts"><button type="button" id="undo" data-say="sheet/undo"></button><button type="button" id="clear" data-say="sheet/clear"></button></div>
    <p class="hint keys" data-say="sheet/keys"></p>
  </div>
</section>
<section class="standing">
  <p id="progress"></p><progress id="bar" max="1" value="0" aria-labelledby="progress"></progress><p id="covered" class="hint"></p>
  <div class="saving"><label for="by" data-say="sheet/by"></label><input id="by" autocomplete="name" maxlength="80"><button type="button" id="save" class="main" data-say="sheet/save"></button></div>
  <p id="message" role="status"></p>
</section>
<section><h2 data-say="sheet/all"></h2><ol id="all"></ol></section>
<footer><p data-say="sheet/offline"></p><p>Tanafuda ${product.version}</p></footer>
</main>
<script type="application/json" id="data">${scriptJson(contentOf(sheet))}</script>
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

/** What the page's script works with: the sheet, and its sentences in each language. */
function contentOf({ items, shelf, drawn = false, ...rest }: Sheet) {
  const values = { items: items.length, shelf };
  return {
    ...rest,
    file: savedName(rest.labelSet),
    items: items.map(({ path, image, why, covered, chosen, standsFor }, i) => ({
      path,
      chosen,
      standsFor,
      shown: oneLine(path),
      image: imageSource(image),
      why: inEach((language) => sentence(why.id, why.values, language)),
      gain: covered - (i === 0 ? 0 : items[i - 1].covered),
    })),
    words: inEach((language) => ({
      ...Object.fromEntries(spoken.map((id) => [id, sentences[id][language]])),
      "sheet/lead": sentence(leadOf(drawn), values, language),
    })),
  };
}

function leadOf(drawn: Sheet["drawn"]): SentenceId {
  if (drawn === "strata") return "sheet/lead-strata";
  return drawn === "random" ? "sheet/lead-drawn" : "sheet/lead";
}

/** What the list is called that the page saves. */
export function savedName(labelSet: string): string {
  return `labels-${labelSet.replace(/[^\p{L}\p{N}._-]+/gu, "-")}.csv`;
}

/** Sentences whose values the script puts in: they have plain places only. */
const spoken = [
  ...(["title", "progress", "covered", "position", "classes", "no-classes"] as const),
  ...(["cannot-tell", "new-class", "add", "remove-class", "undo", "clear"] as const),
  ...(["previous", "next", "save", "by", "all", "unanswered", "done", "saved"] as const),
  ...(["not-kept", "answered", "undone", "class-exists", "keys", "language", "offline"] as const),
].map((name) => `sheet/${name}` as const) satisfies readonly SentenceId[];

function inEach<T>(make: (language: Language) => T): Record<Language, T> {
  return { en: make("en"), ja: make("ja") };
}
