/**
 * Applying a draw: `Ay · X · Axᵀ` (crop, resize, flip), blur as a second such product, then one
 * affine colour map, clamp, solarisation and normalisation in a single pass.
 *
 * Deviations from torchvision, beside those in colour.ts: colours are clamped to [0, 1] once, after
 * grayscale and blur. Once, because clamping between steps would not compose; and not never, because
 * a network is later shown pictures that lie in [0, 1], because what is shown to people should be
 * what it saw, and because solarisation means nothing outside. Nothing is rounded to whole bytes.
 */
import { Problem } from "../../base/index.ts";
import { blurBand, resizeBand } from "./banded.ts";
import { type ColourMap, composeColour, unchanged } from "./colour.ts";
import type { Extent, ViewDraw } from "./draw.ts";
import type { Recipe, Rgb } from "./recipe.ts";
import { sandwich } from "./sandwich.ts";

/** What finishing a view needs to know of a recipe. */
export type ViewForm = Pick<Recipe, "size" | "normalize">;

/** The view before its colours, [size, size, 3] on 0–255; grows, and is overwritten by each call. */
let scratch = new Float32Array(0);

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
  const { size } = recipe;
  const { top, left, height, width } = draw.crop;
  const view = room(size);
  const placed = {
    values: pixels,
    start: 3 * (top * picture.width + left),
    stride: 3 * picture.width,
  };
  const ax = resizeBand(width, size, { mirror: draw.flip });
  sandwich(placed, resizeBand(height, size), ax, view);
  // Blur keeps colours' order of operations: it and the affine map commute, but for the border's
  // share in the mean, which is therefore taken first.
  const map = composeColour(draw, meanColour(view, size * size));
  if (draw.blur > 0) {
    const band = blurBand(size, draw.blur);
    sandwich({ values: view, start: 0, stride: 3 * size }, band, band, view);
  }
  const threshold = draw.solarize ? recipe.solarize?.threshold : undefined;
  finish(view, recipe, { map, threshold, out, offset });
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
  const { size } = form;
  const shorter = Math.min(picture.height, picture.width);
  const band = (side: number) => {
    const resized = Math.floor((side * size) / shorter);
    return resizeBand(side, resized, { start: Math.floor((resized - size) / 2), rows: size });
  };
  const view = room(size);
  const placed = { values: pixels, start: 0, stride: 3 * picture.width };
  sandwich(placed, band(picture.height), band(picture.width), view);
  finish(view, form, { map: unchanged, out, offset });
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

/** Colour map, clamp and solarisation, all carried over to normalised colours, into three planes. */
function finish(
  view: Float32Array,
  { size, normalize }: ViewForm,
  stage: { map: ColourMap; threshold?: number; out: Float32Array; offset: number },
): void {
  const { map, threshold, out, offset } = stage;
  const plane = size * size;
  for (let c = 0; c < 3; c++) {
    const [mean, deviation] = [normalize.mean[c], normalize.deviation[c]];
    const scale = 1 / (255 * deviation);
    const red = map[4 * c] * scale;
    const green = map[4 * c + 1] * scale;
    const blue = map[4 * c + 2] * scale;
    const constant = map[4 * c + 3] * scale - mean / deviation;
    const low = -mean / deviation;
    const high = (1 - mean) / deviation;
    const start = offset + c * plane;
    for (let i = 0, p = 0; i < plane; i++, p += 3) {
      const value = red * view[p] + green * view[p + 1] + blue * view[p + 2] + constant;
      out[start + i] = Math.max(low, Math.min(high, value));
    }
    if (threshold === undefined) continue;
    const turn = (threshold - mean) / deviation;
    for (let i = start; i < start + plane; i++) if (out[i] >= turn) out[i] = low + high - out[i];
  }
}

function meanColour(view: Float32Array, count: number): Rgb {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let i = 0; i < 3 * count; i += 3) {
    red += view[i];
    green += view[i + 1];
    blue += view[i + 2];
  }
  return [red / count, green / count, blue / count];
}

function room(size: number): Float32Array {
  const length = 3 * size * size;
  if (scratch.length < length) scratch = new Float32Array(length);
  return scratch;
}

/** Held also where pixels are copied for workers, so that the problem names its picture's size. */
export function checkPixels(pixels: Uint8Array, { height, width }: Extent): void {
  const expected = 3 * height * width;
  if (expected > 0 && pixels.length === expected) return;
  throw new Problem("augment/pixels-do-not-fit", { height, width, expected, found: pixels.length });
}
