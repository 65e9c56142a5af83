/** A draw as plain numbers: all that a graph needs to make the view where the picture already is. */
import { composeColour } from "./colour.ts";
import { orientationOf, type ViewDraw } from "./draw.ts";
import type { Recipe, Rgb } from "./recipe.ts";

/** Where each number lies, in order; `linear` and `ofMean` are 3×3, row by row. */
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
  /** colour → linear · colour + ofMean · mean colour, on [0, 1]. */
  linear: 8,
  ofMean: 17,
  /** 1 or 0. */
  rowsMirrored: 26,
  transposed: 27,
  count: 28,
} as const;

const noBlur = { sharpness: 1e4, radius: 0 } as const;
const noThreshold = 2;
const basis: readonly Rgb[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

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
  // The constant of the map is linear in the mean: what each channel of it adds is a column.
  for (const [column, mean] of basis.entries()) {
    const map = composeColour(draw, mean);
    for (let row = 0; row < 3; row++) {
      out[offset + at.linear + 3 * row + column] = map[4 * row + column];
      out[offset + at.ofMean + 3 * row + column] = map[4 * row + 3];
    }
  }
}
