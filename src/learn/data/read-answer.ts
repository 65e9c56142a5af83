/**
 * What a reading thread hands over for a batch of files: one piece of memory, since objects and memory
 * for each picture cost more to hand over than their pixels do. It is given back when the pictures
 * have been stored, so that a large ingest needs no more of it than a small one.
 */
import { gridBytes } from "../looks/index.ts";

/** Places are those of the files that were asked for. */
export interface ReadAnswer {
  readonly id: number;
  /** Height and width of each; 0 where there is no picture. */
  readonly sizes: Uint32Array;
  /** Of each picture SHA-256 of its file (32 bytes), its fingerprint, then its pixels. */
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

/** The first piece of memory, in pictures of the working resolution squared; it grows as needed. */
const expected = 32;
const digestBytes = 32;

export interface AnswerWriter {
  /** The next file's picture: H·W·3 bytes, copied; its fingerprint is taken of the copy. */
  add(digest: Uint8Array, picture: Omit<SmallPicture["decoded"], "enlarged" | "grid">): void;
  /** The next file has no picture here. */
  skip(): void;
  finish(): ReadAnswer;
}

export interface AnswerOptions {
  readonly id: number;
  readonly files: number;
  readonly resolution: number;
  /** Of an earlier answer. */
  readonly memory?: ArrayBuffer | undefined;
  readonly fingerprint: (pixels: Uint8Array, size: { height: number; width: number }) => Uint8Array;
}

export function writeAnswer({
  id,
  files,
  resolution,
  memory = new ArrayBuffer(expected * (digestBytes + gridBytes + 3 * resolution ** 2)),
  fingerprint,
}: AnswerOptions): AnswerWriter {
  const sizes = new Uint32Array(2 * files);
  let bytes = new Uint8Array(memory);
  let [file, end] = [0, 0];
  const place = (length: number): Uint8Array => {
    if (end + length > bytes.length) {
      const larger = new Uint8Array(Math.ceil(1.5 * (end + length)));
      larger.set(bytes.subarray(0, end));
      bytes = larger;
    }
    end += length;
    return bytes.subarray(end - length, end);
  };
  return {
    add(digest, { pixels, height, width }) {
      const room = place(digestBytes + gridBytes + pixels.length);
      const copy = room.subarray(digestBytes + gridBytes);
      copy.set(pixels);
      room.set(digest);
      room.set(fingerprint(copy, { height, width }), digestBytes);
      sizes.set([height, width], 2 * file++);
    },
    skip: () => file++,
    finish: () => ({ id, sizes, memory: bytes.buffer }),
  };
}

/** Pictures are views into the answer's memory. */
export function unpackAnswer({ sizes, memory }: ReadAnswer): (SmallPicture | undefined)[] {
  const bytes = Buffer.from(memory);
  let at = 0;
  return Array.from({ length: sizes.length / 2 }, (_, i) => {
    const [height, width] = [sizes[2 * i], sizes[2 * i + 1]];
    if (height === 0) return undefined;
    const digest = bytes.toString("hex", at, at + digestBytes);
    const grid = bytes.subarray(at + digestBytes, at + digestBytes + gridBytes);
    at += digestBytes + gridBytes;
    const pixels = bytes.subarray(at, at + 3 * height * width);
    at += pixels.length;
    // A small JPEG that has to be enlarged is no reader's.
    return { digest, decoded: { pixels, height, width, enlarged: false, grid } };
  });
}
