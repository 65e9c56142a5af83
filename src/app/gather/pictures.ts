/** Pictures for the report: as the model sees them, with two drawn views, and as small tiles. */
import { fork, type Key, permutation } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import { encodePicture, pictureUri } from "../../formats/image/index.ts";
import {
  applyView,
  centreView,
  drawView,
  type Recipe,
  type RecipePair,
  viewKey,
  viewToPixels,
} from "../../learn/augment/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import type { StoredDataset } from "../../registry/index.ts";
import { type Picture, reportLimits, type SeenPicture, type ShelfMap } from "../../report/index.ts";

/** A stored picture at its working resolution. */
export async function storedPicture(pictures: Pictures, index: number): Promise<string> {
  return await pictureUri(pictures.read(index), pictures.size(index));
}

/** The same with its path. */
export async function namedPicture(
  { document, pictures }: { readonly document: DatasetVersion; readonly pictures: Pictures },
  index: number,
): Promise<Picture> {
  return { path: document.items.path[index], image: await storedPicture(pictures, index) };
}

/** Some pictures as they are kept, as the network is given them, and as training draws two views. */
export async function seenPictures(
  { dataset, pictures }: { readonly dataset: StoredDataset; readonly pictures: Pictures },
  recipes: RecipePair,
  key: Key,
): Promise<SeenPicture[]> {
  const { document } = dataset;
  const chosen = permutation(fork(key, "seen"), pictures.count)
    .subarray(0, reportLimits.pictures)
    .sort();
  const seen: SeenPicture[] = [];
  for (const index of chosen) {
    const views = recipes.views.map((recipe, v) =>
      drawnView(pictures, index, { recipe, key: viewKey(fork(key, "seen"), index, v) }),
    );
    const [first, second] = await Promise.all(views);
    const { size } = recipes.views[0];
    const input = await pictureUri(thumbnail(pictures, index, size), { width: size, height: size });
    seen.push({
      ...(await namedPicture({ document, pictures }, index)),
      input,
      views: [first, second],
    });
  }
  return seen;
}

async function drawnView(
  pictures: Pictures,
  index: number,
  { recipe, key }: { readonly recipe: Recipe; readonly key: Key },
): Promise<string> {
  const { size } = recipe;
  const extent = pictures.size(index);
  const view = new Float32Array(3 * size * size);
  const draw = drawView(recipe, key, extent);
  applyView(pictures.read(index), extent, draw, recipe, view, 0);
  return await pictureUri(viewToPixels(view, recipe), { width: size, height: size });
}

/** Tiles of the pictures named, row by row in sheets. */
export async function sheetsOf(
  pictures: Pictures,
  indexes: readonly number[],
  { tile, perSheet }: { readonly tile: number; readonly perSheet: number },
): Promise<ShelfMap["sheets"]> {
  const sheets: ShelfMap["sheets"][number][] = [];
  for (let from = 0; from < indexes.length; from += perSheet) {
    const part = indexes.slice(from, from + perSheet);
    const columns = Math.ceil(Math.sqrt(part.length));
    const rows = Math.ceil(part.length / columns);
    const size = { width: columns * tile, height: rows * tile };
    const pixels = new Uint8Array(3 * size.width * size.height).fill(255);
    for (const [i, index] of part.entries()) {
      const corner = { left: (i % columns) * tile, top: Math.floor(i / columns) * tile };
      paste(thumbnail(pictures, index, tile), tile, { pixels, width: size.width, ...corner });
    }
    const image = await encodePicture(pixels, size, { kind: "webp", quality: 70 });
    const uri = `data:image/webp;base64,${image.toString("base64")}`;
    sheets.push({ image: uri, tile, columns, count: part.length });
  }
  return sheets;
}

const plain = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;

function thumbnail(pictures: Pictures, index: number, size: number): Uint8Array {
  const form = { size, normalize: plain };
  const view = new Float32Array(3 * size * size);
  centreView(pictures.read(index), pictures.size(index), form, view, 0);
  return viewToPixels(view, form);
}

interface Canvas {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly left: number;
  readonly top: number;
}

function paste(from: Uint8Array, side: number, { pixels, width, left, top }: Canvas): void {
  for (let y = 0; y < side; y++) {
    const row = from.subarray(3 * side * y, 3 * side * (y + 1));
    pixels.set(row, 3 * ((top + y) * width + left));
  }
}
