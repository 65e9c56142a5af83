/** Small pictures that promise to become huge, written by hand from their formats' definitions. */
import { crc32, deflateSync } from "node:zlib";
import type { Seed } from "./seeds.ts";

/** `side` is that of the bombs which are decoded; the others cost nothing. */
export function pictureBombs(side = 16_000): Seed[] {
  return [
    { name: "50000-square.png", bytes: png(50_000, 50_000, { depth: 8, colour: 2 }) },
    { name: "2-billion.png", bytes: png(0x7fffffff, 0x7fffffff, { depth: 16, colour: 6 }) },
    { name: "empty-rows.png", bytes: png(side, side, { depth: 8, colour: 2 }) },
    { name: "inflating.png", bytes: png(side, side, { depth: 1, colour: 0, rows: side }) },
    { name: "interlaced.png", bytes: png(side, side, { depth: 16, colour: 6, interlaced: 1 }) },
    { name: "texts.png", bytes: inflatingText() },
    { name: "65535-square.gif", bytes: gif(65_535, 1) },
    { name: "16000-square.gif", bytes: gif(16_000, 1) },
    { name: "endless.gif", bytes: gif(2_000, 20_000) },
    { name: "runs.bmp", bytes: bitmap(side, side, 1) },
    { name: "rows.bmp", bytes: bitmap(60_000, 60_000, 0) },
    { name: "upside-down.bmp", bytes: bitmap(100, -0x80000000, 0) },
    { name: "circle.tif", bytes: tiff({ width: 64, height: 64, next: 8 }) },
    { name: "3-billion.tif", bytes: tiff({ width: 60_000, height: 60_000, next: 0 }) },
    { name: "scans.jpg", bytes: manyScans(16_000, 400) },
    { name: "65500-square.jpg", bytes: manyScans(65_500, 1) },
    { name: "16383-square.webp", bytes: webp(16_383) },
    { name: "boxes.avif", bytes: nestedBoxes() },
  ];
}

interface PngOptions {
  readonly depth: number;
  readonly colour: number;
  readonly interlaced?: 0 | 1;
  /** So many rows of zeros are really there. */
  readonly rows?: number;
}

function png(width: number, height: number, options: PngOptions): Buffer {
  const { depth, colour, interlaced = 0, rows = 4 } = options;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, interlaced], 8);
  const bytesOfRow = 1 + Math.ceil((Math.min(width, 1 << 16) * depth * (colour === 6 ? 4 : 1)) / 8);
  const data = deflateSync(Buffer.alloc(rows * bytesOfRow), { level: 9 });
  return pngOf([chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** Texts beside the picture that are compressed a thousand times. */
function inflatingText(): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(8, 0);
  head.writeUInt32BE(8, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const text = chunk(
    "zTXt",
    Buffer.concat([Buffer.from("Comment\0\0"), deflateSync(Buffer.alloc(1 << 26))]),
  );
  const data = deflateSync(Buffer.alloc(8 * 9));
  const texts = Array.from({ length: 8 }, () => text);
  return pngOf([
    chunk("IHDR", head),
    ...texts,
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngOf(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), out.length - 4);
  return out;
}

/** One pixel a frame on a huge canvas, for ever (NETSCAPE2.0, no count). */
function gif(side: number, frames: number): Buffer {
  const head = Buffer.from("GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  head.writeUInt16LE(side, 6);
  head.writeUInt16LE(side, 8);
  const forEver = Buffer.from("!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", "latin1");
  const frame = Buffer.from(",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0", "latin1");
  const all = Array.from({ length: frames }, () => frame);
  return Buffer.concat([head, forEver, ...all, Buffer.from(";")]);
}

function bitmap(width: number, height: number, compression: 0 | 1): Buffer {
  const out = Buffer.alloc(54 + 1024 + 2);
  out.write("BM");
  out.writeUInt32LE(out.length, 2);
  out.writeUInt32LE(54 + 1024, 10);
  out.writeUInt32LE(40, 14);
  out.writeInt32LE(width, 18);
  out.writeInt32LE(height, 22);
  out.writeUInt16LE(1, 26);
  out.writeUInt16LE(8, 28);
  out.writeUInt32LE(compression, 30);
  out.set([0, 1], 54 + 1024); // End of bitmap: every pixel was skipped.
  return out;
}

/** Little-endian, one strip that is not there; `next` is where the next directory lies. */
function tiff({ width, height, next }: { width: number; height: number; next: number }): Buffer {
  const entries = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, 1, 8],
    [277, 3, 1, 1],
    [278, 4, 1, height],
    [279, 4, 1, 0x7fffffff],
  ];
  const out = Buffer.alloc(8 + 2 + 12 * entries.length + 4);
  out.write("II*\0", "latin1");
  out.writeUInt32LE(8, 4);
  out.writeUInt16LE(entries.length, 8);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + 12 * i;
    out.writeUInt16LE(tag, at);
    out.writeUInt16LE(type, at + 2);
    out.writeUInt32LE(count, at + 4);
    if (type === 3) out.writeUInt16LE(value, at + 8);
    else out.writeUInt32LE(value, at + 8);
  }
  out.writeUInt32LE(next, out.length - 4);
  return out;
}

/** A progressive JPEG whose scans are almost empty, yet each goes over the whole picture. */
function manyScans(side: number, scans: number): Buffer {
  const table = Buffer.from(Array.from({ length: 64 }, () => 1));
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(side, 1);
  frame.writeUInt16BE(side, 3);
  // One code of one bit, 0: "no difference" for DC, and a run of 2^14 blocks (EOB14) for AC.
  const blocks = Math.ceil(side / 8) ** 2;
  const counts = [1, ...Array.from({ length: 15 }, () => 0)];
  const direct = segment(0xc4, Buffer.from([0x00, ...counts, 0x00]));
  const alternating = segment(0xc4, Buffer.from([0x10, ...counts, 0xe0]));
  const codes = [Buffer.alloc(blocks / 8 + 8), Buffer.alloc((blocks * 15) / 8 / 2 ** 14 + 8)];
  const first = [segment(0xda, Buffer.from([1, 1, 0x00, 0, 0, 0x00])), codes[0]];
  const other = [segment(0xda, Buffer.from([1, 1, 0x00, 1, 63, 0x00])), codes[1]];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, Buffer.concat([Buffer.from([0]), table])),
    segment(0xc2, frame),
    direct,
    alternating,
    ...first,
    ...Array.from({ length: scans - 1 }, () => other).flat(),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** A lossless bit stream of that side (VP8L), nothing after its header. */
function webp(side: number): Buffer {
  const data = Buffer.alloc(32);
  data[0] = 0x2f;
  data.writeUInt32LE((side - 1) | ((side - 1) << 14), 1);
  const out = Buffer.concat([Buffer.from("RIFF\0\0\0\0WEBPVP8L\0\0\0\0", "latin1"), data]);
  out.writeUInt32LE(out.length - 8, 4);
  out.writeUInt32LE(data.length, 16);
  return out;
}

/** Boxes within boxes, ten thousand deep. */
function nestedBoxes(): Buffer {
  const ftyp = Buffer.from("\0\0\0\x18ftypavif\0\0\0\0avifmif1", "latin1");
  const depth = 10_000;
  const boxes = Buffer.alloc(8 * depth);
  for (let i = 0; i < depth; i++) {
    boxes.writeUInt32BE(8 * (depth - i), 8 * i);
    boxes.write(i === 0 ? "meta" : "iprp", 8 * i + 4, "latin1");
  }
  return Buffer.concat([ftyp, boxes]);
}
