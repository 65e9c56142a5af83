/** The same mathematics written the slow way, pixel by pixel in float64, to hold the fast way against. */
import type {
  Box,
  ColourStep,
  Extent,
  Recipe,
  ViewDraw,
} from "../../../src/learn/augment/index.ts";

/** picture[y][x] = [r, g, b], on 0–1. */
export type Picture = number[][][];

export function toPicture(pixels: Uint8Array, { height, width }: Extent): Picture {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) =>
      [0, 1, 2].map((c) => pixels[3 * (y * width + x) + c] / 255),
    ),
  );
}

export function cropOf(picture: Picture, { top, left, height, width }: Box): Picture {
  return picture.slice(top, top + height).map((row) => row.slice(left, left + width));
}

/** Pillow's Resample.c, precompute_coeffs with the bilinear filter, for one output position. */
function pillowWeights(inSize: number, outSize: number, xx: number): number[] {
  const scale = inSize / outSize;
  const filterscale = Math.max(scale, 1);
  const support = 1 * filterscale;
  const center = (xx + 0.5) * scale;
  const xmin = Math.max(0, Math.trunc(center - support + 0.5));
  const xmax = Math.min(inSize, Math.trunc(center + support + 0.5));
  const weights = new Array<number>(inSize).fill(0);
  for (let x = xmin; x < xmax; x++) {
    const distance = Math.abs((x - center + 0.5) / filterscale);
    weights[x] = distance < 1 ? 1 - distance : 0;
  }
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / sum);
}

export function resizeTo(picture: Picture, height: number, width: number): Picture {
  return Array.from({ length: height }, (_, y) => {
    const rows = pillowWeights(picture.length, height, y);
    return Array.from({ length: width }, (_, x) => {
      const columns = pillowWeights(picture[0].length, width, x);
      const colour = [0, 0, 0];
      for (const [sy, row] of picture.entries())
        for (const [sx, source] of row.entries())
          for (const c of [0, 1, 2]) colour[c] += rows[sy] * columns[sx] * source[c];
      return colour;
    });
  });
}

export function mirrored(picture: Picture): Picture {
  return picture.map((row) => row.toReversed());
}

export function upsideDown(picture: Picture): Picture {
  return picture.toReversed();
}

/** A quarter counterclockwise: what was the right column becomes the top row. */
export function turned(picture: Picture): Picture {
  const last = picture[0].length - 1;
  return Array.from({ length: last + 1 }, (_, y) => picture.map((row) => row[last - y]));
}

export function grayOf([r, g, b]: readonly number[]): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

/** One step on the whole picture, the mean taken from the picture as it is now, and clamped. */
export function stepOn(picture: Picture, { kind, amount }: ColourStep): Picture {
  const grays = picture.flat().map(grayOf);
  const mean = grays.reduce((a, b) => a + b, 0) / grays.length;
  const blend = (a: number, b: number) => Math.max(0, Math.min(1, amount * a + (1 - amount) * b));
  return everyColour(picture, (colour) => {
    switch (kind) {
      case "brightness":
        return colour.map((v) => blend(v, 0));
      case "contrast":
        return colour.map((v) => blend(v, mean));
      case "saturation":
        return colour.map((v) => blend(v, grayOf(colour)));
      case "hue":
        return hueShifted(colour, amount);
    }
  });
}

/** Through hue, saturation and value and back by cases, as textbooks have it. */
export function hueShifted([r, g, b]: readonly number[], turns: number): number[] {
  const value = Math.max(r, g, b);
  const chroma = value - Math.min(r, g, b);
  if (chroma === 0) return [r, g, b];
  const saturation = chroma / value;
  let degrees: number;
  if (value === r) degrees = 60 * ((g - b) / chroma);
  else if (value === g) degrees = 60 * ((b - r) / chroma + 2);
  else degrees = 60 * ((r - g) / chroma + 4);
  degrees += 360 * turns;
  while (degrees < 0) degrees += 360;
  while (degrees >= 360) degrees -= 360;
  const sector = Math.floor(degrees / 60);
  const rest = degrees / 60 - sector;
  const p = value * (1 - saturation);
  const q = value * (1 - saturation * rest);
  const t = value * (1 - saturation * (1 - rest));
  return [
    [value, t, p],
    [q, value, p],
    [p, value, t],
    [p, q, value],
    [t, p, value],
    [value, p, q],
  ][sector];
}

/** Gaussian densities at whole pixels up to ⌈3σ⌉ in a square, borders reflected without repeating. */
export function blurred(picture: Picture, sigma: number): Picture {
  const size = picture.length;
  const radius = Math.min(size - 1, Math.ceil(3 * sigma));
  const reflect = (i: number) => (i < 0 ? -i : i >= size ? 2 * (size - 1) - i : i);
  return picture.map((row, y) =>
    row.map((_, x) => {
      const colour = [0, 0, 0];
      let total = 0;
      for (let dy = -radius; dy <= radius; dy++) {
        for (let dx = -radius; dx <= radius; dx++) {
          const weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
          const source = picture[reflect(y + dy)][reflect(x + dx)];
          for (const c of [0, 1, 2]) colour[c] += weight * source[c];
          total += weight;
        }
      }
      return colour.map((v) => v / total);
    }),
  );
}

export function everyColour(picture: Picture, change: (colour: number[]) => number[]): Picture {
  return picture.map((row) => row.map(change));
}

/** Every stage after the other: crop, resize, flips, turns, blur, jitter, grayscale, solarise. */
export function literalView(picture: Picture, draw: ViewDraw, recipe: Recipe): Picture {
  let view = resizeTo(cropOf(picture, draw.crop), recipe.size, recipe.size);
  if (draw.flip) view = mirrored(view);
  if (draw.verticalFlip) view = upsideDown(view);
  for (let i = 0; i < draw.turns; i++) view = turned(view);
  if (draw.blur > 0) view = blurred(view, draw.blur);
  for (const step of draw.colour) view = stepOn(view, step);
  if (draw.grayscale) view = everyColour(view, (c) => [grayOf(c), grayOf(c), grayOf(c)]);
  const threshold = draw.solarize ? recipe.solarize?.threshold : undefined;
  if (threshold === undefined) return view;
  return everyColour(view, (colour) => colour.map((v) => (v >= threshold ? 1 - v : v)));
}

/** [3, size, size], normalised. */
export function planes(picture: Picture, { mean, deviation }: Recipe["normalize"]): number[] {
  return [0, 1, 2].flatMap((c) =>
    picture.flat().map((colour) => (colour[c] - mean[c]) / deviation[c]),
  );
}
