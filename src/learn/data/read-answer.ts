/**
 * What a reading thread hands over for a batch of files: few large pieces, since objects and memory
 * for each picture cost more to hand over than their pixels do.
 */
import { gridBytes } from "../looks/index.ts";

/** Places are those of the files that were asked for. */
export interface ReadAnswer {
  readonly id: number;
  /** Digests of the files, one after another; blanks where there is no picture. */
  readonly digests: string;
  /** Height and width of each; 0 where there is no picture. */
  readonly sizes: Uint32Array;
  /** Of each picture its pixels, then its fingerprint. */
  readonly memory: ArrayBuffer;
}

export interface SmallPicture {
  readonly digest: string;
  readonly decoded: {
    readonly pixels: Uint8Array;
    readonly height: number;
    readonly width: number;
    readonly enlarged: boolean;
    readonly grid: Uint8Array;
  };
}

const digestLength = 64;
const noDigest = " ".repeat(digestLength);

export function packAnswer(
  id: number,
  pictures: readonly (SmallPicture | undefined)[],
): ReadAnswer {
  const bytes = pictures.reduce(
    (sum, picture) => sum + (picture ? picture.decoded.pixels.length + gridBytes : 0),
    0,
  );
  const memory = new Uint8Array(bytes);
  const sizes = new Uint32Array(2 * pictures.length);
  let at = 0;
  for (const [i, picture] of pictures.entries()) {
    if (picture === undefined) continue;
    const { pixels, grid, height, width } = picture.decoded;
    sizes[2 * i] = height;
    sizes[2 * i + 1] = width;
    memory.set(pixels, at);
    memory.set(grid, at + pixels.length);
    at += pixels.length + gridBytes;
  }
  const digests = pictures.map((picture) => picture?.digest ?? noDigest).join("");
  return { id, digests, sizes, memory: memory.buffer };
}

/** Pictures are views into the answer's memory. */
export function unpackAnswer({ digests, sizes, memory }: ReadAnswer): (SmallPicture | undefined)[] {
  let at = 0;
  return Array.from({ length: sizes.length / 2 }, (_, i) => {
    const [height, width] = [sizes[2 * i], sizes[2 * i + 1]];
    if (height === 0) return undefined;
    const pixels = new Uint8Array(memory, at, 3 * height * width);
    const grid = new Uint8Array(memory, at + pixels.length, gridBytes);
    at += pixels.length + gridBytes;
    const digest = digests.slice(i * digestLength, (i + 1) * digestLength);
    // A small JPEG that has to be enlarged is no reader's.
    return { digest, decoded: { pixels, height, width, enlarged: false, grid } };
  });
}
