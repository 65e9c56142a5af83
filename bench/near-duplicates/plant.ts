/** Altered copies of pictures, as they turn up in folders: what a search for near-duplicates must find. */
import sharp, { type Sharp } from "sharp";
import { fork, type Key, uniform } from "../../src/base/index.ts";

export interface Alteration {
  readonly name: string;
  apply(picture: Buffer, key: Key): Promise<Buffer>;
}

/** Shares of the sides, JPEG qualities, factors of brightness, degrees. */
export const alterations: readonly Alteration[] = [
  ...[0.95, 0.9, 0.85, 0.8].map((share) => alteration(`crop ${percent(share)}`, crop(share))),
  ...[90, 60, 30].map((quality) =>
    alteration(`JPEG q${quality}`, (at) => sharp(at).jpeg({ quality })),
  ),
  ...[0.6, 0.8, 1.25, 1.5].map((factor) =>
    alteration(`brightness × ${factor}`, (at) => sharp(at).modulate({ brightness: factor })),
  ),
  alteration("half the size", async (at) => {
    const { width = 2 } = await sharp(at).metadata();
    return sharp(at).resize(Math.max(1, width >> 1));
  }),
  alteration("mirrored", (at) => sharp(at).flop()),
  alteration("mirrored, crop 90 %", async (at, key) => {
    const cropped = await crop(0.9)(at, key);
    return cropped.flop();
  }),
  ...[3, 5, 8].map((degrees) => alteration(`turned ${degrees}°`, turn(degrees))),
  alteration("crop 90 %, q50, darker", async (at, key) => {
    const cropped = await crop(0.9)(at, key);
    return cropped.modulate({ brightness: 0.8 }).jpeg({ quality: 50 });
  }),
];

type Change = (picture: Buffer, key: Key) => Sharp | Promise<Sharp>;

function alteration(name: string, change: Change): Alteration {
  return {
    name,
    async apply(picture, key) {
      const upright = await sharp(picture).autoOrient().png({ compressionLevel: 1 }).toBuffer();
      const changed = await change(upright, key);
      const { format } = await changed.clone().metadata();
      const isJpeg = name.includes("q") && format !== undefined;
      return await (isJpeg ? changed : changed.png({ compressionLevel: 1 })).toBuffer();
    },
  };
}

/** A part with this share of each side, from anywhere in the picture. */
function crop(share: number): Change {
  return async (picture, key) => {
    const { width = 1, height = 1 } = await sharp(picture).metadata();
    const [across, down] = uniform(fork(key, "crop"), 2);
    const part = { width: Math.round(share * width), height: Math.round(share * height) };
    const left = Math.floor(across * (width - part.width + 1));
    const top = Math.floor(down * (height - part.height + 1));
    return sharp(picture).extract({ ...part, left, top });
  };
}

/** Turned about its middle, and cut to what has no empty corners. */
function turn(degrees: number): Change {
  return async (picture) => {
    const { width = 1, height = 1 } = await sharp(picture).metadata();
    const angle = (degrees * Math.PI) / 180;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    // The largest upright rectangle of the same proportions.
    const share = 1 / Math.max(cos + (sin * height) / width, cos + (sin * width) / height);
    const turned = await sharp(picture).rotate(degrees).png({ compressionLevel: 1 }).toBuffer();
    const whole = await sharp(turned).metadata();
    const part = {
      width: Math.max(1, Math.floor(share * width) - 1),
      height: Math.max(1, Math.floor(share * height) - 1),
    };
    return sharp(turned).extract({
      ...part,
      left: Math.floor(((whole.width ?? part.width) - part.width) / 2),
      top: Math.floor(((whole.height ?? part.height) - part.height) / 2),
    });
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
