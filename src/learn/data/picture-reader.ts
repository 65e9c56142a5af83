/** The thread behind `openPictureReaders`: files' names in, small plain JPEG pictures out. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { digestBytes } from "../../base/index.ts";
import { decodeSmallJpeg, smallJpeg } from "../../formats/image/index.ts";
import { fingerprint } from "../looks/index.ts";
import type { FoundFile } from "./scan.ts";

export interface ReaderSetting {
  readonly root: string;
  readonly resolution: number;
}

export interface ReadJob {
  readonly id: number;
  readonly files: readonly FoundFile[];
}

/** A place for each file; what is not a small plain JPEG, or cannot be read, stays out. */
export interface ReadAnswer {
  readonly id: number;
  readonly pictures: readonly (SmallPicture | undefined)[];
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

const { root, resolution }: ReaderSetting = workerData;

parentPort?.on("message", ({ id, files }: ReadJob) => {
  const { pictures, memory } = together(files.map(read));
  parentPort?.postMessage({ id, pictures } satisfies ReadAnswer, [memory]);
});

/** All pixels in one piece of memory: handing over many pieces costs more than copying them. */
function together(pictures: ReadAnswer["pictures"]) {
  const bytes = pictures.reduce((sum, picture) => sum + (picture?.decoded.pixels.length ?? 0), 0);
  const memory = new ArrayBuffer(bytes);
  let at = 0;
  const moved = pictures.map((picture): SmallPicture | undefined => {
    if (picture === undefined) return undefined;
    const { digest, decoded } = picture;
    const pixels = new Uint8Array(memory, at, decoded.pixels.length);
    pixels.set(decoded.pixels);
    at += pixels.length;
    return { digest, decoded: { ...decoded, pixels } };
  });
  return { pictures: moved, memory };
}

function read({ path, bytes: size }: FoundFile): SmallPicture | undefined {
  if (size === 0 || size > smallJpeg.bytes || !/\.jpe?g$/i.test(path)) return undefined;
  try {
    const bytes = readFileSync(join(root, path));
    const decoded = decodeSmallJpeg(bytes, resolution);
    if (decoded === undefined) return undefined;
    const { pixels, height, width, enlarged } = decoded;
    const grid = fingerprint(pixels, { height, width });
    return { digest: digestBytes(bytes), decoded: { pixels, height, width, enlarged, grid } };
  } catch {
    // Whoever reads it next says why it cannot be taken.
    return undefined;
  }
}
