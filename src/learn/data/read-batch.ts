/**
 * Small plain JPEG files of a batch to one answer, in whichever thread: read, decoded as `decodePicture`
 * would, with a digest and a fingerprint each.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { digestBytes } from "../../base/index.ts";
import { decodeSmallJpeg, openIfEqual, smallJpeg } from "../../formats/image/index.ts";
import { fingerprint } from "../looks/index.ts";
import { type AnswerWriter, type ReadAnswer, writeAnswer } from "./read-answer.ts";

export interface ReaderSetting {
  readonly root: string;
  readonly resolution: number;
  /** A native libjpeg-turbo to decode with, where it proves to give the same bytes. */
  readonly turbojpeg?: string | undefined;
}

export interface ReadJob {
  readonly id: number;
  /** Relative to the root; none holds a zero byte, which stands between them. */
  readonly paths: string;
  /** Of an earlier answer, to be written over. */
  readonly memory?: ArrayBuffer | undefined;
}

export interface BatchReader extends Disposable {
  read(job: ReadJob): ReadAnswer;
}

/** For one thread, which disposes of it. */
export function openBatchReader({ root, resolution, turbojpeg }: ReaderSetting): BatchReader {
  const native = turbojpeg === undefined ? undefined : openIfEqual(turbojpeg);
  /** For one file after another: room for the largest that is taken, and a byte to see that it grew. */
  const room = Buffer.alloc(smallJpeg.bytes + 1);
  const add = (path: string, writer: AnswerWriter) => {
    try {
      const bytes = readWhole(`${root}/${path}`, room);
      const decoded = bytes && decodeSmallJpeg(bytes, resolution, native?.decode);
      if (decoded) writer.add(digestBytes(bytes), decoded);
      else writer.skip();
    } catch {
      // Whoever reads it next says why it cannot be taken.
      writer.skip();
    }
  };
  return {
    read({ id, paths: joined, memory }) {
      const paths = joined.split("\0");
      const writer = writeAnswer({ id, files: paths.length, resolution, memory, fingerprint });
      for (const path of paths) add(path, writer);
      return writer.finish();
    },
    [Symbol.dispose]: () => native?.[Symbol.dispose](),
  };
}

/** Undefined where the file fills the room; valid until the next file. */
function readWhole(path: string, room: Buffer): Buffer | undefined {
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
