/** Reads a pack by offset: the index is held, pixels are read when asked for. */
import { closeSync, createReadStream, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { basename, join } from "node:path";
import { Problem, startDigest } from "../../base/index.ts";
import { headBytes, indexFile, magic, pixelsFile, rowBytes } from "./layout.ts";

export interface PackItem {
  readonly offset: number;
  readonly height: number;
  readonly width: number;
  /** Of the source file's bytes. */
  readonly digest: string;
}

export interface Pack extends Disposable {
  readonly digest: string;
  readonly resolution: number;
  readonly count: number;
  item(index: number): PackItem;
  size(index: number): { height: number; width: number };
  /** The picture, H·W·3 bytes, in memory of its own. */
  read(index: number): Uint8Array;
  close(): void;
}

/** Opens the pack that lies in `folder` (named by its digest). Sizes are checked, pixels are not. */
export function openPack(folder: string): Pack {
  const digest = basename(folder);
  const index = readIndex(folder);
  const count = index.readUInt32LE(12);
  const offsets = new Float64Array(count + 1);
  const sizes = new Uint32Array(2 * count);
  for (let i = 0; i < count; i++) {
    sizes[2 * i] = index.readUInt32LE(headBytes + i * rowBytes);
    sizes[2 * i + 1] = index.readUInt32LE(headBytes + i * rowBytes + 4);
    offsets[i + 1] = offsets[i] + sizes[2 * i] * sizes[2 * i + 1] * 3;
  }
  const file = openFile(join(folder, pixelsFile));
  const bytes = fstatSync(file).size;
  if (bytes !== offsets[count]) {
    closeSync(file);
    throw damaged(join(folder, pixelsFile), { bytes, expected: offsets[count] });
  }
  let open = true;
  const close = () => {
    if (open) closeSync(file);
    open = false;
  };

  return {
    digest,
    resolution: index.readUInt32LE(8),
    count,
    item: (at) => ({
      offset: offsets[at],
      height: sizes[2 * at],
      width: sizes[2 * at + 1],
      digest: index.toString("hex", headBytes + at * rowBytes + 8, headBytes + (at + 1) * rowBytes),
    }),
    size: (at) => ({ height: sizes[2 * at], width: sizes[2 * at + 1] }),
    read(at) {
      if (!(at >= 0 && at < count)) throw new RangeError(`picture ${at} of ${count} in ${folder}`);
      const length = offsets[at + 1] - offsets[at];
      const pixels = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const got = readSync(file, pixels, done, length - done, offsets[at] + done);
        if (got === 0) throw damaged(join(folder, pixelsFile), { bytes: done, expected: length });
        done += got;
      }
      return pixels;
    },
    close,
    [Symbol.dispose]: close,
  };
}

/** Reads every byte and holds the digest against the folder's name. */
export async function verifyPack(folder: string): Promise<boolean> {
  const pixels = startDigest();
  for await (const part of createReadStream(join(folder, pixelsFile))) pixels.update(part);
  const found = startDigest().update(readIndex(folder)).update(pixels.digest()).digest("hex");
  return found === basename(folder);
}

function readIndex(folder: string): Buffer {
  const path = join(folder, indexFile);
  const file = openFile(path);
  try {
    const index = readFileSync(file);
    if (index.length < headBytes || index.toString("latin1", 0, magic.length) !== magic) {
      throw damaged(path, { bytes: index.length, expected: headBytes });
    }
    const expected = headBytes + index.readUInt32LE(12) * rowBytes;
    if (index.length !== expected) throw damaged(path, { bytes: index.length, expected });
    return index;
  } finally {
    closeSync(file);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new Problem("formats/pack-missing", { file: path }, { cause });
  }
}

function damaged(file: string, { bytes, expected }: { bytes: number; expected: number }): Problem {
  return new Problem("formats/pack-damaged", { file, bytes, expected });
}
