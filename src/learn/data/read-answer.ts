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
  /** SHA-256 of each picture's file, behind one another. */
  readonly digests: string;
  /** Of each picture its fingerprint, then its pixels. */
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
/** Letters of a digest in hexadecimal. */
const digestLength = 64;

export interface AnswerWriter {
  /** The next file's picture: H·W·3 bytes, copied; its fingerprint is taken of the copy. */
  add(digest: string, picture: Omit<SmallPicture["decoded"], "enlarged" | "grid">): void;
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
  memory = new ArrayBuffer(expected * (gridBytes + 3 * resolution ** 2)),
  fingerprint,
}: AnswerOptions): AnswerWriter {
  const sizes = new Uint32Array(2 * files);
  let bytes = new Uint8Array(memory);
  let digests = "";
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
      const room = place(gridBytes + pixels.length);
      const copy = room.subarray(gridBytes);
      copy.set(pixels);
      room.set(fingerprint(copy, { height, width }));
      digests += digest;
      sizes[2 * file] = height;
      sizes[2 * file + 1] = width;
      file++;
    },
    skip: () => file++,
    finish: () => ({ id, sizes, digests, memory: bytes.buffer }),
  };
}

/** Pictures are views into the answer's memory. */
export function unpackAnswer(answer: ReadAnswer): (SmallPicture | undefined)[] {
  const { sizes, digests } = answer;
  const bytes = new Uint8Array(answer.memory);
  const pictures: (SmallPicture | undefined)[] = [];
  let [at, count] = [0, 0];
  for (let i = 0; i < sizes.length; i += 2) {
    const [height, width] = [sizes[i], sizes[i + 1]];
    if (height === 0) {
      pictures.push(undefined);
      continue;
    }
    const digest = digests.slice(digestLength * count, digestLength * ++count);
    const grid = bytes.subarray(at, at + gridBytes);
    const end = at + gridBytes + 3 * height * width;
    const pixels = bytes.subarray(at + gridBytes, end);
    at = end;
    // A small JPEG that has to be enlarged is no reader's.
    pictures.push({ digest, decoded: { pixels, height, width, enlarged: false, grid } });
  }
  return pictures;
}
