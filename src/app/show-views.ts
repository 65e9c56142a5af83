/** The views that training would draw, shown to a person before anything is trained. */
import { existsSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { fork, type Key, keyFromSeed, Problem, permutation } from "../base/index.ts";
import { writeFileAtomically } from "../formats/atomic-file/index.ts";
import { pictureUri } from "../formats/image/index.ts";
import {
  applyView,
  describeRecipe,
  drawView,
  type Extent,
  type Recipe,
  type ViewDraw,
  viewKey,
  viewToPixels,
} from "../learn/augment/index.ts";
import type { Pictures } from "../learn/data/index.ts";
import { keysOf } from "../learn/train/index.ts";
import type { Store, StoredDataset } from "../registry/index.ts";
import { renderViews, type Said, type ShownPicture, type ShownView } from "../sheet/index.ts";
import type { Language } from "../words/index.ts";
import { itemsOf, openStoredPictures, picturesAt } from "./dataset.ts";
import { codeFacts } from "./host.ts";
import { prepareFolder } from "./output-folder.ts";
import { type FilledOptions, recipesAsked } from "./training-choices.ts";

/** Pictures on the page, and epochs from each of which they show a pair. */
const shown = { pictures: 8, epochs: 3 } as const;

export interface ViewsPlace {
  readonly file: string;
  readonly cwd: string;
  readonly overwrite?: boolean;
}

/** Refused before pictures are read. */
export function viewsPlace({ file, cwd, overwrite = false }: ViewsPlace): string {
  const path = resolve(cwd, file);
  if (extname(path).toLowerCase() !== ".html") throw new Problem("app/views-need-html", { path });
  if (existsSync(path) && !overwrite) throw new Problem("app/views-exist", { path });
  prepareFolder(dirname(path));
  return path;
}

interface Showing {
  readonly options: FilledOptions;
  readonly dataset: StoredDataset;
  readonly store: Store;
  readonly language: Language;
}

/** Writes the page; the views are those of the first epochs, number by number. */
export async function showViews(
  path: string,
  { options, dataset, store, language }: Showing,
): Promise<{ readonly pictures: number }> {
  const { document } = dataset;
  using all = openStoredPictures(store, document);
  const items = itemsOf(document, "train");
  const pictures = picturesAt(all, items);
  const { seed } = options;
  const key = fork(keyFromSeed(seed), "show-views");
  const chosen = permutation(key, pictures.count).subarray(0, shown.pictures).sort();
  const recipes = recipesAsked(options).views;
  const drawn = [...chosen].map(async (index): Promise<ShownPicture> => {
    const size = pictures.size(index);
    const image = await pictureUri(pictures.read(index), size);
    const pairs = await pairsOf(pictures, index, { recipes, seed });
    return { path: document.items.path[items[index]], image, ...size, pairs };
  });
  const page = renderViews(
    {
      product: codeFacts(),
      dataset: document.name,
      recipes: [...new Set(recipes.map(describeRecipe))],
      seed,
      total: pictures.count,
      pictures: await Promise.all(drawn),
    },
    { language },
  );
  writeFileAtomically(path, page, { existing: "replace" });
  return { pictures: chosen.length };
}

interface Drawing {
  readonly recipes: readonly Recipe[];
  readonly seed: number;
}

/** Keys as the trainer's: of the epoch, the picture's place among those to train on, the view. */
function pairsOf(pictures: Pictures, index: number, { recipes, seed }: Drawing) {
  const { views } = keysOf(seed);
  const picture = { pixels: pictures.read(index), ...pictures.size(index) };
  const pairs = Array.from({ length: shown.epochs }, (_, epoch) =>
    recipes.map((recipe, v) => viewOf(picture, recipe, viewKey(fork(views, epoch), index, v))),
  );
  return Promise.all(pairs.map((pair) => Promise.all(pair)));
}

async function viewOf(
  { pixels, ...extent }: Extent & { readonly pixels: Uint8Array },
  recipe: Recipe,
  key: Key,
): Promise<ShownView> {
  const { size } = recipe;
  const draw = drawView(recipe, key, extent);
  const view = new Float32Array(3 * size * size);
  applyView(pixels, extent, draw, recipe, view, 0);
  const image = await pictureUri(viewToPixels(view, recipe), { width: size, height: size });
  return { image, crop: draw.crop, drawn: saidOf(draw, extent) };
}

/** In the order in which it happens. */
function saidOf(draw: ViewDraw, { height, width }: Extent): Said[] {
  const { crop, flip, verticalFlip, turns, colour, grayscale, blur, solarize } = draw;
  const share = (crop.height * crop.width) / (height * width);
  return [
    { id: "views/area", values: { share } },
    ...said(flip, "views/flip"),
    ...said(verticalFlip, "views/vertical-flip"),
    ...said(turns > 0, "views/turned", { degrees: 90 * turns }),
    ...colour.map(
      ({ kind, amount }): Said =>
        kind === "hue"
          ? { id: "views/hue", values: { degrees: Math.round(360 * amount) } }
          : { id: `views/${kind}`, values: { amount } },
    ),
    ...said(grayscale, "views/grayscale"),
    ...said(blur > 0, "views/blur", { sigma: blur }),
    ...said(solarize, "views/solarize"),
  ];
}

function said(happened: boolean, id: Said["id"], values: Said["values"] = {}): Said[] {
  return happened ? [{ id, values }] : [];
}
