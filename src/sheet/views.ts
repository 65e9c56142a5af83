/** Pictures beside the views that training draws of them, with what was drawn: one HTML file to look at. */
import type { Evidence } from "../base/index.ts";
import {
  documentHead,
  type Html,
  html,
  imageSource,
  languageSwitch,
  oneLine,
  trusted,
} from "../html/index.ts";
import { type Language, languages, type SentenceId, sentence } from "../words/index.ts";
import { style, tones } from "./views-style.ts";

export interface ViewsSheet {
  readonly product: { readonly version: string };
  readonly dataset: string;
  /** Of each view, in its notation; one where both are alike. */
  readonly recipes: readonly string[];
  readonly seed: number;
  /** Pictures to train on. */
  readonly total: number;
  readonly pictures: readonly ShownPicture[];
}

export interface ShownPicture {
  readonly path: string;
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly pairs: readonly (readonly ShownView[])[];
}

export interface ShownView {
  /** `data:image/...;base64,...` */
  readonly image: string;
  /** In pixels of the picture. */
  readonly crop: {
    readonly top: number;
    readonly left: number;
    readonly height: number;
    readonly width: number;
  };
  readonly drawn: readonly Said[];
}

export interface Said {
  readonly id: SentenceId;
  readonly values?: Evidence;
}

/** Equal sheets give equal bytes. */
export function renderViews(
  { product, dataset, recipes, seed, total, pictures }: ViewsSheet,
  { language = "en" }: { readonly language?: Language } = {},
): string {
  const epochs = pictures[0]?.pairs.length ?? 0;
  return html`${documentHead({ language, title: dataset, version: product.version, style })}
<header><p class="brand"><span lang="ja" aria-hidden="true">棚札</span> ${oneLine(dataset)}</p>${languageSwitch("views/language")}</header>
<main>
<h1>${say("views/title")}</h1>
<p class="lead">${say("views/lead")}</p>
<p class="hint">${say("views/cure")}</p>
<dl>${recipes.map((recipe, i) => html`<div><dt>${recipes.length === 1 ? say("views/recipe") : say("views/recipe-of", { view: i + 1 })}</dt><dd>${recipe}</dd></div>`)}</dl>
<p class="hint">${say("views/pictures", { shown: pictures.length, total, seed, epochs })}</p>
${pictures.map(pictureOf)}
<footer><p>${say("views/offline")}</p><p>Tanafuda ${product.version}</p></footer>
</main>
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

function pictureOf({ path, image, width, height, pairs }: ShownPicture): Html {
  const crops = pairs.flat().map(({ crop }) => crop);
  return html`<section><figure class="kept"><div class="frame"><img src="${imageSource(image)}" alt=""><svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">${crops.map((crop, i) => html`<rect x="${crop.left}" y="${crop.top}" width="${crop.width}" height="${crop.height}" stroke="${tones[i % tones.length]}"/>`)}</svg></div><figcaption><span class="path">${oneLine(path)}</span> ${say("views/kept", { width, height })}</figcaption></figure>
<div class="pairs">${pairs.map((pair, p) => html`<div class="pair"><h2>${say("views/pair", { pair: p + 1 })}</h2>${pair.map((view, v) => viewOf(view, pair.length * p + v))}</div>`)}</div></section>
`;
}

function viewOf({ image, drawn }: ShownView, at: number): Html {
  const said = drawn.map((one, i) => [i > 0 && " · ", say(one.id, one.values)]);
  return html`<figure class="view"><img src="${imageSource(image)}" alt=""><figcaption><b style="--tone:${tones[at % tones.length]}">${at + 1}</b> ${said}</figcaption></figure>`;
}

/** A sentence in every language; the page shows one of them. */
function say(id: SentenceId, values: Evidence = {}): Html {
  return html`${languages.map((one) => html`<span class="${one}" lang="${one}">${sentence(id, values, one)}</span>`)}`;
}

const script = `
"use strict";
const root = document.documentElement;
const radios = [...document.querySelectorAll("input[name=language]")];
const speak = (language) => {
  root.lang = language;
  for (const radio of radios) radio.checked = radio.value === language;
};
const remembered = (() => { try { return localStorage.getItem("tanafuda-language"); } catch { return null; } })();
for (const radio of radios) radio.addEventListener("change", () => {
  try { localStorage.setItem("tanafuda-language", radio.value); } catch {}
  speak(radio.value);
});
document.querySelector("legend").textContent = ${JSON.stringify(`${sentence("views/language", {}, "en")} / ${sentence("views/language", {}, "ja")}`)};
speak(remembered === "en" || remembered === "ja" ? remembered : root.lang);
`;
