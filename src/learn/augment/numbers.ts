/** A draw as plain numbers: all that a graph needs to make the view where the picture already is. */
import { type Blend, type ColourPass, passOf, unchanged } from "./colour.ts";
import { orientationOf, type ViewDraw } from "./draw.ts";
import type { Recipe } from "./recipe.ts";

/** Most colour steps on one side of the hue's, and the numbers of each. */
export const sideSteps = 3;
export const stepNumbers = 3;

/** Where each number lies, in order. */
export const drawNumbers = {
  top: 0,
  height: 1,
  left: 2,
  width: 3,
  /** 1 or 0. */
  columnsMirrored: 4,
  /** 1 / (2 sigma²) and ⌈3 sigma⌉; without blur the first is so large that neighbours weigh 0. */
  sharpness: 5,
  radius: 6,
  /** Of solarisation; above 1 where there is none. */
  threshold: 7,
  /**
   * Steps before the hue's and behind it, three numbers each: the shares of a colour, of its luma and of the
   * view's mean luma. What is drawn fewer is 1, 0, 0 and changes nothing.
   */
  before: 8,
  after: 17,
  /** In sixths of the circle, from 0 to below 6. */
  hue: 26,
  /** 1 or 0. */
  grayscale: 27,
  rowsMirrored: 28,
  transposed: 29,
  count: 30,
} as const;

const noBlur = { sharpness: 1e4, radius: 0 } as const;
const noThreshold = 2;

export function writeDraw(draw: ViewDraw, recipe: Recipe, out: Float32Array, offset: number): void {
  const at = drawNumbers;
  const { top, left, height, width } = draw.crop;
  const blurred = draw.blur > 0;
  const threshold = draw.solarize ? recipe.solarize?.threshold : undefined;
  out[offset + at.top] = top;
  out[offset + at.height] = height;
  out[offset + at.left] = left;
  out[offset + at.width] = width;
  const { columnsMirrored, rowsMirrored, transposed } = orientationOf(draw);
  out[offset + at.columnsMirrored] = columnsMirrored ? 1 : 0;
  out[offset + at.rowsMirrored] = rowsMirrored ? 1 : 0;
  out[offset + at.transposed] = transposed ? 1 : 0;
  out[offset + at.sharpness] = blurred ? 1 / (2 * draw.blur ** 2) : noBlur.sharpness;
  const radius = blurred ? Math.ceil(3 * draw.blur) : noBlur.radius;
  out[offset + at.radius] = Math.min(recipe.size - 1, radius);
  out[offset + at.threshold] = threshold ?? noThreshold;
  const passes = draw.colour.map(passOf);
  const border = passes.findIndex(({ kind }) => kind === "hue");
  const turns = border < 0 ? 0 : draw.colour[border].amount;
  const blends = (list: readonly ColourPass[]) => list.filter((one) => one.kind === "blend");
  out[offset + at.hue] = 6 * (turns - Math.floor(turns));
  out[offset + at.grayscale] = draw.grayscale ? 1 : 0;
  const first = border < 0 ? passes : passes.slice(0, border);
  writeSteps(blends(first), out, offset + at.before);
  writeSteps(blends(passes.slice(first.length)), out, offset + at.after);
}

function writeSteps(steps: readonly Blend[], out: Float32Array, offset: number): void {
  for (let i = 0; i < sideSteps; i++) {
    const { own, gray, mean } = steps[i] ?? unchanged;
    out.set([own, gray, mean], offset + stepNumbers * i);
  }
}
