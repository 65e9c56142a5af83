/** A picture as one small square of brightness and colour, whatever its size and proportions. */
import { type Bands, shrink } from "../../pixels/index.ts";

/** Pixels on a side; proportions are given up, which crops and enlargements do as well. */
export const thumbnailSide = 32;

/** Three planes of 32 × 32: luma, then Cb and Cr (ITU-R BT.601), each from 0 to 255 around 128. */
export type Thumbnail = Float32Array;

const area = thumbnailSide * thumbnailSide;

/** Each cell is the mean of the pixels it covers, those at its edges in part. */
export function thumbnail(
  pixels: Uint8Array,
  { height, width }: { readonly height: number; readonly width: number },
  into: Thumbnail = new Float32Array(3 * area),
): Thumbnail {
  const sides = { down: coverage(height), across: coverage(width) };
  const means = shrink({ pixels, height, width }, sides);
  // Colours of means are means of colours.
  for (let i = 0, at = 0; i < area; i++, at += 4) {
    const r = means[at];
    const b = means[at + 2];
    const luma = 0.299 * r + 0.587 * means[at + 1] + 0.114 * b;
    into[i] = luma;
    into[area + i] = 128 + 0.564 * (b - luma);
    into[2 * area + i] = 128 + 0.713 * (r - luma);
  }
  return into;
}

const coverages = new Map<number, Bands>();

/** For each cell of the side the share of each pixel in it. */
function coverage(length: number): Bands {
  const known = coverages.get(length);
  if (known) return known;
  const step = length / thumbnailSide;
  const taps = Math.min(length, Math.ceil(step) + 1);
  const firsts = new Int32Array(thumbnailSide);
  const weights = new Float32Array(thumbnailSide * taps);
  for (let cell = 0; cell < thumbnailSide; cell++) {
    const [from, to] = [cell * step, (cell + 1) * step];
    const first = Math.min(Math.floor(from), length - taps);
    firsts[cell] = first;
    for (let k = 0; k < taps; k++) {
      const part = Math.min(to, first + k + 1) - Math.max(from, first + k);
      weights[cell * taps + k] = part <= 1e-9 ? 0 : part / step;
    }
  }
  const made = { firsts, weights, taps };
  coverages.set(length, made);
  return made;
}
