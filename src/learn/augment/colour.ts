/**
 * Colour operations as affine maps of one colour, and their composition.
 *
 * Brightness, contrast, saturation and grayscale are torchvision's blends (factor · picture +
 * (1 - factor) · other) with Rec. 601 luma .299/.587/.114. Deviations: nothing is clamped between
 * operations, so that they compose; hue turns the chroma plane of YIQ, which keeps luma, where
 * torchvision shifts HSV's hue, which keeps the maximum and minimum of the channels.
 */
import type { ColourKind, ViewDraw } from "./draw.ts";
import type { Rgb } from "./recipe.ts";

/** 3×4, row by row: colour → M · colour + t, with t in the last column. */
export type ColourMap = readonly number[];

export const luma: Rgb = [0.299, 0.587, 0.114];

export const unchanged: ColourMap = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];

/** Every colour becomes its luma. */
export const toGray: ColourMap = [...luma, 0, ...luma, 0, ...luma, 0];

/** `mean` is the mean colour of the picture that comes in; only contrast looks at it. */
export const colourMaps: Readonly<Record<ColourKind, (amount: number, mean: Rgb) => ColourMap>> = {
  brightness: (factor) => [factor, 0, 0, 0, 0, factor, 0, 0, 0, 0, factor, 0],
  contrast: (factor, mean) => {
    const t = (1 - factor) * (luma[0] * mean[0] + luma[1] * mean[1] + luma[2] * mean[2]);
    return [factor, 0, 0, t, 0, factor, 0, t, 0, 0, factor, t];
  },
  saturation: (factor) => mix([factor, unchanged], [1 - factor, toGray]),
  hue: (turns) => {
    const angle = -2 * Math.PI * turns;
    const cosine = Math.cos(angle);
    return mix([cosine, unchanged], [1 - cosine, toGray], [Math.sin(angle), quarterTurn]);
  },
};

/** First `inner`, then `outer`. */
export function compose(outer: ColourMap, inner: ColourMap): ColourMap {
  const map: number[] = [];
  for (let row = 0; row < 12; row += 4) {
    const [r, g, b, t] = [outer[row], outer[row + 1], outer[row + 2], outer[row + 3]];
    for (let column = 0; column < 4; column++) {
      const sum = r * inner[column] + g * inner[column + 4] + b * inner[column + 8];
      map.push(column === 3 ? sum + t : sum);
    }
  }
  return map;
}

export function applyColour(map: ColourMap, [red, green, blue]: Rgb): Rgb {
  return [
    map[0] * red + map[1] * green + map[2] * blue + map[3],
    map[4] * red + map[5] * green + map[6] * blue + map[7],
    map[8] * red + map[9] * green + map[10] * blue + map[11],
  ];
}

/**
 * The jitter in its drawn order, then grayscale, as one map. Each step's mean colour is the map so
 * far of the first mean, because maps are affine.
 */
export function composeColour(draw: Pick<ViewDraw, "colour" | "grayscale">, mean: Rgb): ColourMap {
  let map = unchanged;
  for (const { kind, amount } of draw.colour) {
    map = compose(colourMaps[kind](amount, applyColour(map, mean)), map);
  }
  return draw.grayscale ? compose(toGray, map) : map;
}

function mix(...parts: readonly (readonly [weight: number, map: ColourMap])[]): ColourMap {
  return unchanged.map((_, i) => parts.reduce((sum, [weight, map]) => sum + weight * map[i], 0));
}

/** The chroma plane turned by 90°, (I, Q) → (-Q, I), written in RGB; luma and grays go to 0. */
const quarterTurn: ColourMap = turnChroma();

function turnChroma(): ColourMap {
  // Rows I and Q of RGB → YIQ, and the columns of its inverse, exactly inverted from them.
  const i = [0.5959, -0.2746, -0.3213];
  const q = [0.2115, -0.5227, 0.3112];
  const fromChroma = invertChroma(i, q);
  return [0, 1, 2].flatMap((row) => [
    ...[0, 1, 2].map((c) => fromChroma[row][1] * i[c] - fromChroma[row][0] * q[c]),
    0,
  ]);
}

/** Columns I and Q of the inverse of [luma; i; q], per output channel. */
function invertChroma(i: readonly number[], q: readonly number[]): (readonly [number, number])[] {
  const cross = (a: readonly number[], b: readonly number[]) => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const iq = cross(i, q);
  const determinant = luma[0] * iq[0] + luma[1] * iq[1] + luma[2] * iq[2];
  const [columnI, columnQ] = [cross(q, luma), cross(luma, i)];
  return [0, 1, 2].map((row) => [columnI[row] / determinant, columnQ[row] / determinant] as const);
}
