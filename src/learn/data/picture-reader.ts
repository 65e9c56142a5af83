/** The thread behind `openPictureReaders`: files' names in, small plain JPEG pictures out. */
import { closeSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { startDigest } from "../../base/index.ts";
import { decodeSmallJpeg, smallJpeg } from "../../formats/image/index.ts";
import { fingerprint } from "../looks/index.ts";
import { type AnswerWriter, writeAnswer } from "./read-answer.ts";

export interface ReaderSetting {
  readonly root: string;
  readonly resolution: number;
}

export interface ReadJob {
  readonly id: number;
  /** Relative to the root; none holds a zero byte, which stands between them. */
  readonly paths: string;
  /** Of an earlier answer, to be written over. */
  readonly memory?: ArrayBuffer | undefined;
}

const { root, resolution }: ReaderSetting = workerData;
/** For one file after another: room for the largest that is taken, and a byte to see that it grew. */
const room = Buffer.alloc(smallJpeg.bytes + 1);

parentPort?.on("message", ({ id, paths: joined, memory }: ReadJob) => {
  const paths = joined.split("\0");
  const writer = writeAnswer({ id, files: paths.length, resolution, memory, fingerprint });
  for (const path of paths) read(path, writer);
  const answer = writer.finish();
  parentPort?.postMessage(answer, [answer.memory]);
});

function read(path: string, writer: AnswerWriter): void {
  try {
    const bytes = readWhole(`${root}/${path}`);
    const decoded = bytes && decodeSmallJpeg(bytes, resolution);
    if (decoded) writer.add(startDigest().update(bytes).digest(), decoded);
    else writer.skip();
  } catch {
    // Whoever reads it next says why it cannot be taken.
    writer.skip();
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
