/**
 * Applying a draw: `Ay · X · Axᵀ` (crop, resize, flips and blur in one banded product a side), then
 * one affine colour map, clamp, solarisation and normalisation in a single pass; a view that is turned
 * is written with rows and columns in each other's places.
 *
 * Deviations from torchvision, beside those in colour.ts: colours are clamped to [0, 1] once, after
 * grayscale and blur. Once, because clamping between steps would not compose; and not never, because
 * a network is later shown pictures that lie in [0, 1], because what is shown to people should be
 * what it saw, and because solarisation means nothing outside. Nothing is rounded to whole bytes.
 */
import { Problem } from "../../base/index.ts";
import { blurBand, columnShares, product, resizeBand, sideBand } from "./banded.ts";
import { type ColourMap, composeColour, unchanged } from "./colour.ts";
import { type Extent, orientationOf, type ViewDraw } from "./draw.ts";
import type { Normalize, Recipe, Rgb } from "./recipe.ts";
import { type Finish, resample } from "./resample/index.ts";

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
  const bands = {
    y: blur ? product(blur, ofRows.band) : ofRows.band,
    x: blur ? product(blur, ofColumns.band) : ofColumns.band,
    // Blur keeps colours' order of operations: it and the affine map commute, but for the border's
    // share in the mean, which is therefore the mean without blur.
    rowShares: ofRows.shares,
    columnShares: ofColumns.shares,
  };
  const finish = (mean: Rgb) => finishOf(composeColour(draw, mean), normalize, threshold);
  const to = { finish, out, offset, transposed };
  resample({ pixels, stride: picture.width, ...draw.crop }, bands, to);
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
  const finish = () => finishOf(unchanged, normalize);
  const box = { pixels, stride: picture.width, top: 0, left: 0, ...picture };
  resample(box, bands, { finish, out, offset });
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

/** Map, clamp and threshold carried over from [0, 1] to normalised colours. */
function finishOf(map: ColourMap, { mean, deviation }: Normalize, threshold?: number): Finish {
  const scaled = map.map((value, i) => {
    const c = i >> 2;
    if (i % 4 < 3) return value / (255 * deviation[c]);
    return value / (255 * deviation[c]) - mean[c] / deviation[c];
  });
  const at = (level: number): Rgb => [
    (level - mean[0]) / deviation[0],
    (level - mean[1]) / deviation[1],
    (level - mean[2]) / deviation[2],
  ];
  return {
    map: scaled,
    low: at(0),
    high: at(1),
    ...(threshold !== undefined && { turn: at(threshold) }),
  };
}

/** Held also where pixels are copied for workers, so that the problem names its picture's size. */
export function checkPixels(pixels: Uint8Array, { height, width }: Extent): void {
  const expected = 3 * height * width;
  if (expected > 0 && pixels.length === expected) return;
  throw new Problem("augment/pixels-do-not-fit", { height, width, expected, found: pixels.length });
}
