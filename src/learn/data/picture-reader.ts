/** The thread behind `openPictureReaders`: files' names in, small plain JPEG pictures out. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { digestBytes } from "../../base/index.ts";
import { decodeSmallJpeg, smallJpeg } from "../../formats/image/index.ts";
import { fingerprint } from "./fingerprint.ts";
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
    readonly pixels: Uint8Array<ArrayBuffer>;
    readonly height: number;
    readonly width: number;
    readonly enlarged: boolean;
    readonly grid: Uint8Array;
  };
}

const { root, resolution }: ReaderSetting = workerData;

parentPort?.on("message", ({ id, files }: ReadJob) => {
  const pictures = files.map(read);
  const moved = pictures.flatMap((picture) => picture?.decoded.pixels.buffer ?? []);
  parentPort?.postMessage({ id, pictures } satisfies ReadAnswer, moved);
});

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
