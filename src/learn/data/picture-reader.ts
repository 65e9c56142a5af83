/** The thread behind `openPictureReaders`: files' names in, small plain JPEG pictures out. */
import { closeSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { digestBytes } from "../../base/index.ts";
import { decodeSmallJpeg, smallJpeg } from "../../formats/image/index.ts";
import { fingerprint } from "../looks/index.ts";
import { packAnswer, type SmallPicture } from "./read-answer.ts";
import type { FoundFile } from "./scan.ts";

export interface ReaderSetting {
  readonly root: string;
  readonly resolution: number;
}

export interface ReadJob {
  readonly id: number;
  readonly files: readonly FoundFile[];
}

const { root, resolution }: ReaderSetting = workerData;
/** For one file after another: room for the largest that is taken, and a byte to see that it grew. */
const room = Buffer.alloc(smallJpeg.bytes + 1);

parentPort?.on("message", ({ id, files }: ReadJob) => {
  const answer = packAnswer(id, files.map(read));
  parentPort?.postMessage(answer, [answer.memory]);
});

function read({ path, bytes: size }: FoundFile): SmallPicture | undefined {
  if (size === 0 || size > smallJpeg.bytes || !/\.jpe?g$/i.test(path)) return undefined;
  try {
    const bytes = readWhole(`${root}/${path}`);
    if (bytes === undefined) return undefined;
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

/** Undefined where the file fills the room; valid until the next file. */
function readWhole(path: string): Buffer | undefined {
  const file = openSync(path, "r");
  try {
    for (let length = 0; length < room.length; ) {
      const got = readSync(file, room, length, room.length - length, null);
      if (got === 0) return room.subarray(0, length);
      length += got;
    }
    return undefined;
  } finally {
    closeSync(file);
  }
}
