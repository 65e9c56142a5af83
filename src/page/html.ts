/**
 * A classifier as one HTML file: model, ONNX Runtime and its WebAssembly are in it. It opens by a
 * double-click, needs no server and no network, and no picture leaves the browser.
 */
import { documentHead, html, languageSwitch, oneLine, scriptJson, trusted } from "../html/index.ts";
import { type Language, languages, type SentenceId, sentences } from "../words/index.ts";
import type { ClassifierPage } from "./model.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

export interface RenderPageOptions {
  /** What the page opens in; readers can switch, and their choice is remembered. */
  readonly language?: Language;
}

/** Equal pages give equal bytes. */
export function renderPage(
  page: ClassifierPage,
  { language = "en" }: RenderPageOptions = {},
): string {
  const { product, reference, labelSet, model, runtime } = page;
  return html`${documentHead({ language, title: `${labelSet} · ${reference}`, version: product.version, style, allowed: { images: "blob:", scripts: "'wasm-unsafe-eval'" } })}
<header>
  <p class="brand"><span lang="ja" aria-hidden="true">棚札</span> ${oneLine(reference)} · ${oneLine(labelSet)}</p>
  ${languageSwitch("page/language")}
</header>
<main>
<h1 data-say="page/title"></h1><p class="lead" data-say="page/lead"></p>
<label id="drop"><input id="file" type="file" accept="image/*" multiple disabled><strong data-say="page/drop"></strong><span class="hint" data-say="page/or-choose"></span></label>
<p id="state" role="status"></p>
<ol id="results" aria-live="polite"></ol>
<footer><p data-say="page/offline"></p><p>Tanafuda ${product.version}</p></footer>
</main>
<script type="application/json" id="data">${scriptJson(contentOf(page))}</script>
<script type="text/plain" id="model">${base64(model)}</script>
<script type="text/plain" id="wasm">${base64(runtime.wasm)}</script>
<script type="module">${trusted(runtime.script)}</script>
<script type="module">${trusted(script)}</script>
</body>
</html>
`.text;
}

function base64(bytes: Uint8Array) {
  return trusted(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"));
}

/** What the page's script works with. */
function contentOf({ classes, background, confidence, thresholds }: ClassifierPage) {
  return {
    ...{ classes, background },
    ...(confidence !== undefined && { confidence }),
    ...(thresholds !== undefined && { thresholds }),
    words: Object.fromEntries(
      languages.map((language) => [
        language,
        Object.fromEntries(spoken.map((id) => [id, sentences[id][language]])),
      ]),
    ),
  };
}

/** Sentences whose values the script puts in: they have plain places only. */
const spoken = [
  ...(["title", "lead", "drop", "or-choose", "language", "offline", "loading", "ready"] as const),
  ...(["working", "unreadable", "broken", "cannot-tell", "candidates", "no-candidate"] as const),
].map((name) => `page/${name}` as const) satisfies readonly SentenceId[];
