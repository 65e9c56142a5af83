/**
 * Applying a draw: `Ay · X · Axᵀ` (crop, resize, flips and blur in one banded product a side), then the
 * colours' operations one after the other, solarisation and normalisation; a view that is turned
 * is written with rows and columns in each other's places.
 *
 * Deviations from torchvision: blur comes before the colours instead of behind them, which is the same but
 * for hue and for what is clamped; and nothing is rounded to whole bytes.
 */
import { Problem } from "../../base/index.ts";
import { blurBand, columnShares, product, resizeBand, sideBand } from "./banded.ts";
import { type ColourMap, type ColourPass, colourPasses, mapOf, unchanged } from "./colour.ts";
import { type Extent, orientationOf, type ViewDraw } from "./draw.ts";
import type { Normalize, Recipe, Rgb } from "./recipe.ts";
import { type Bounds, resample, type Stages } from "./resample/index.ts";

/** What finishing a view needs to know of a recipe. */
export type ViewForm = Pick<Recipe, "size" | "normalize">;

/** Writes one view, [3, size, size], normalised, into `out` from `offset` on. */
export function applyView(
  pixels: Uint8Array,
  picture: Extent,
  draw: ViewDraw,
  recipe: Recipe,
  out: Float32Array,
  offset: number,
): void {
  checkPixels(pixels, picture);
  const { size, normalize } = recipe;
  const { rowsMirrored, columnsMirrored, transposed } = orientationOf(draw);
  const ofRows = sideBand(draw.crop.height, size, rowsMirrored);
  const ofColumns = sideBand(draw.crop.width, size, columnsMirrored);
  const blur = draw.blur > 0 ? blurBand(size, draw.blur) : undefined;
  const threshold = draw.solarize ? recipe.solarize?.threshold : undefined;
  const y = blur ? product(blur, ofRows.band) : ofRows.band;
  const x = blur ? product(blur, ofColumns.band) : ofColumns.band;
  const bands = {
    y,
    x,
    rowShares: blur ? columnShares(y) : ofRows.shares,
    columnShares: blur ? columnShares(x) : ofColumns.shares,
  };
  const stages = stagesOf(colourPasses(draw), normalize, threshold);
  const to = { stages, out, offset, transposed };
  const { top, left, height, width } = draw.crop;
  resample({ pixels, stride: picture.width, top, left, height, width }, bands, to);
}

/** For evaluation: the shorter side resized to `size` with antialiasing, the centre, normalised. */
export function centreView(
  pixels: Uint8Array,
  picture: Extent,
  form: ViewForm,
  out: Float32Array,
  offset: number,
): void {
  checkPixels(pixels, picture);
  const { size, normalize } = form;
  const shorter = Math.min(picture.height, picture.width);
  const band = (side: number) => {
    const resized = Math.floor((side * size) / shorter);
    return resizeBand(side, resized, { start: Math.floor((resized - size) / 2), rows: size });
  };
  const [y, x] = [band(picture.height), band(picture.width)];
  const bands = { y, x, rowShares: columnShares(y), columnShares: columnShares(x) };
  const box = { pixels, stride: picture.width, top: 0, left: 0, ...picture };
  resample(box, bands, { stages: stagesOf([], normalize), out, offset });
}

/** The inverse for people's eyes: RGB bytes, interleaved, of the view that starts at `offset`. */
export function viewToPixels(view: Float32Array, form: ViewForm, offset = 0): Uint8Array {
  const { mean, deviation } = form.normalize;
  const plane = form.size * form.size;
  const pixels = new Uint8Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++) {
      const value = view[offset + c * plane + i] * deviation[c] + mean[c];
      pixels[3 * i + c] = Math.max(0, Math.min(255, Math.round(255 * value)));
    }
  }
  return pixels;
}

/** The first pass takes bytes, the last one normalises; between them, and behind each, colours are on [0, 1]. */
function stagesOf(passes: readonly ColourPass[], normalize: Normalize, threshold?: number): Stages {
  const [one] = passes;
  const first = one?.kind === "blend" ? one : unchanged;
  const others = one?.kind === "blend" ? passes.slice(1) : passes;
  const bounds = boundsOf(normalize, threshold);
  const byte = 1 / 255;
  const firstMap = (mean: Rgb) => mapOf(first, [byte * mean[0], byte * mean[1], byte * mean[2]]);
  if (others.length === 0) {
    return {
      first: (mean) => ({ map: scaled(firstMap(mean), byte, normalize), bounds }),
      between: [],
    };
  }
  const end = others.at(-1);
  const last = end?.kind === "blend" ? end : unchanged;
  return {
    first: (mean) => ({ map: scaled(firstMap(mean), byte, plain), bounds: plainBounds }),
    between: end === last ? others.slice(0, -1) : others,
    last: {
      looksAtMean: last.mean !== 0,
      finish: (mean) => ({ map: scaled(mapOf(last, mean), 1, normalize), bounds }),
    },
  };
}

/** The map from colours that are 1 / `scale` times as large to normalised ones. */
function scaled(map: ColourMap, scale: number, { mean, deviation }: Normalize): ColourMap {
  return map.map((value, i) => {
    const c = i >> 2;
    return i % 4 < 3 ? (scale * value) / deviation[c] : (value - mean[c]) / deviation[c];
  });
}

/** 0, 1 and the threshold as normalised colours. */
function boundsOf({ mean, deviation }: Normalize, threshold?: number): Bounds {
  const at = (level: number): Rgb => [
    (level - mean[0]) / deviation[0],
    (level - mean[1]) / deviation[1],
    (level - mean[2]) / deviation[2],
  ];
  const [low, high] = [at(0), at(1)];
  return threshold === undefined ? { low, high } : { low, high, turn: at(threshold) };
}

const plain: Normalize = { mean: [0, 0, 0], deviation: [1, 1, 1] };
const plainBounds = boundsOf(plain);

/** Held also where pixels are copied for workers, so that the problem names its picture's size. */
export function checkPixels(pixels: Uint8Array, { height, width }: Extent): void {
  const expected = 3 * height * width;
  if (expected > 0 && pixels.length === expected) return;
  throw new Problem("augment/pixels-do-not-fit", { height, width, expected, found: pixels.length });
}
