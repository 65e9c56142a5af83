/** 16-bit pictures to 8 bits by a white that is the same for all of a dataset. */
import type { Sharp } from "sharp";
import type { Decoding } from "./decoding.ts";

export const deepest = 65_535;

/** Resizing sharpens edges to somewhat beyond what was there; a deeper camera goes much further. */
const overshoot = 1.25;

interface Finished {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  /** Values well above the white. */
  readonly isClipped: boolean;
}

/** `picture` has its final size; transparency is laid on the background after the scaling. */
export async function finishDeep(
  picture: Sharp,
  { white = deepest, background = "#ffffff" }: Decoding,
): Promise<Finished> {
  const { data, info } = await picture
    .toColourspace("rgb16")
    .raw({ depth: "ushort" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const values = new Uint16Array(data.buffer, data.byteOffset, data.byteLength >> 1);
  const paper = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16));
  const pixels = new Uint8Array(width * height * 3);
  let isClipped = false;
  for (let i = 0; i < width * height; i++) {
    const alpha = channels === 4 ? values[4 * i + 3] / deepest : 1;
    for (let c = 0; c < 3; c++) {
      const value = values[channels * i + (channels < 3 ? 0 : c)];
      if (value > overshoot * white && alpha > 0) isClipped = true;
      const shown = Math.min(255, (255 * value) / white);
      pixels[3 * i + c] = Math.round(alpha * shown + (1 - alpha) * paper[c]);
    }
  }
  return { pixels, width, height, isClipped };
}

/** The highest value of any colour of a picture as it lies in its file. */
export async function highestOf(picture: Sharp): Promise<number> {
  const { hasAlpha } = await picture.metadata();
  const { channels } = await picture.stats();
  const colours = hasAlpha ? channels.slice(0, -1) : channels;
  return colours.reduce((highest, { max }) => Math.max(highest, max), 0);
}
