/**
 * Windows bitmaps (1, 4, 8, 16, 24, 32 bits; RLE4, RLE8, bit fields; either row order) to RGB.
 * The alpha byte of 32-bit bitmaps is ignored: most writers leave it at zero.
 */
import { pictureProblem, refuseBySize } from "./limits.ts";

export interface Bitmap {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

const compressions = { none: 0, rle8: 1, rle4: 2, fields: 3, alphaFields: 6 } as const;

interface Head {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly data: number;
  readonly palette: Uint8Array;
  readonly masks: readonly [number, number, number];
}

export function decodeBitmap(bytes: Buffer): Bitmap {
  try {
    const head = readHead(bytes);
    const { width, height, compression } = head;
    const pixels = new Uint8Array(width * height * 3);
    const put = (x: number, row: number, rgb: Uint8Array) => {
      const y = head.topDown ? row : height - 1 - row;
      pixels.set(rgb, (y * width + x) * 3);
    };
    const packed = compression === compressions.rle8 || compression === compressions.rle4;
    if (packed) readRuns(bytes, head, put);
    else if (head.bits === 8 || head.bits === 24) readBytes(bytes, head, pixels);
    else readRows(bytes, head, put);
    return { pixels, width, height };
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw pictureProblem("formats/picture-broken", { found: "bitmap cut short" }, cause);
    }
    throw cause;
  }
}

function readHead(bytes: Buffer): Head {
  const data = bytes.readUInt32LE(10);
  const size = bytes.readUInt32LE(14);
  const core = size === 12;
  const width = core ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const signed = core ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const bits = bytes.readUInt16LE(core ? 24 : 28);
  const compression = core ? 0 : bytes.readUInt32LE(30);
  const height = Math.abs(signed);
  if (width < 1 || height < 1) throw broken(`bitmap of ${width} × ${signed}`);
  refuseBySize(width, height);
  const supported =
    compression === compressions.none
      ? [1, 4, 8, 16, 24, 32]
      : compression === compressions.rle8
        ? [8]
        : compression === compressions.rle4
          ? [4]
          : compression === compressions.fields || compression === compressions.alphaFields
            ? [16, 32]
            : [];
  if (!supported.includes(bits)) {
    const kind = `BMP (${bits} bits, compression ${compression})`;
    throw pictureProblem("formats/picture-unsupported", { kind });
  }
  const fields = compression === compressions.fields || compression === compressions.alphaFields;
  const masks: [number, number, number] = fields
    ? [bytes.readUInt32LE(54), bytes.readUInt32LE(58), bytes.readUInt32LE(62)]
    : bits === 16
      ? [0x7c00, 0x03e0, 0x001f]
      : [0xff0000, 0x00ff00, 0x0000ff];
  const colours = core ? 0 : bytes.readUInt32LE(46);
  const extra = size === 40 && fields ? (compression === compressions.alphaFields ? 16 : 12) : 0;
  const start = 14 + size + extra;
  const palette = readPalette(bytes, {
    start,
    count: bits > 8 ? 0 : Math.min(colours || 1 << bits, 1 << bits),
    step: core ? 3 : 4,
  });
  return { width, height, topDown: signed < 0, bits, compression, data, palette, masks };
}

function readPalette(
  bytes: Buffer,
  { start, count, step }: { start: number; count: number; step: number },
): Uint8Array {
  const palette = new Uint8Array(256 * 3);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) palette[3 * i + c] = bytes.readUInt8(start + i * step + 2 - c);
  }
  return palette;
}

type Put = (x: number, row: number, rgb: Uint8Array) => void;

/** Where uncompressed rows begin, each padded to four bytes. */
function rowStarts(bytes: Buffer, { data, width, height, bits }: Head): (row: number) => number {
  const stride = Math.ceil((width * bits) / 32) * 4;
  const last = data + stride * (height - 1) + Math.ceil((width * bits) / 8);
  if (last > bytes.length) throw broken("bitmap cut short");
  return (row) => data + row * stride;
}

function readRows(bytes: Buffer, head: Head, put: Put): void {
  const { width, height, bits, palette } = head;
  const startOf = rowStarts(bytes, head);
  const fields = head.masks.map(fieldReader);
  const rgb = new Uint8Array(3);
  for (let row = 0; row < height; row++) {
    const start = startOf(row);
    for (let x = 0; x < width; x++) {
      if (bits <= 8) {
        const bit = x * bits;
        const shift = 8 - bits - (bit & 7);
        const colour = (bytes[start + (bit >> 3)] >> shift) & ((1 << bits) - 1);
        put(x, row, palette.subarray(3 * colour, 3 * colour + 3));
        continue;
      }
      const at = start + (x * bits) / 8;
      const value = bits === 16 ? bytes.readUInt16LE(at) : bytes.readUInt32LE(at);
      for (let c = 0; c < 3; c++) rgb[c] = fields[c](value);
      put(x, row, rgb);
    }
  }
}

/** Rows of 8 or 24 bits: what inspection cameras write, in millions of pixels. */
function readBytes(bytes: Buffer, head: Head, pixels: Uint8Array): void {
  const { topDown, width, height, bits, palette } = head;
  const startOf = rowStarts(bytes, head);
  for (let row = 0; row < height; row++) {
    let from = startOf(row);
    let into = 3 * width * (topDown ? row : height - 1 - row);
    for (let x = 0; x < width; x++, into += 3) {
      if (bits === 8) {
        const colour = 3 * bytes[from++];
        pixels[into] = palette[colour];
        pixels[into + 1] = palette[colour + 1];
        pixels[into + 2] = palette[colour + 2];
      } else {
        pixels[into + 2] = bytes[from++];
        pixels[into + 1] = bytes[from++];
        pixels[into] = bytes[from++];
      }
    }
  }
}

/** Takes one colour out of a word by its mask and stretches it to 0 … 255. */
function fieldReader(mask: number): (word: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (word) => Math.round((((word & mask) >>> shift) / most) * 255);
}

/** Run lengths; pixels that are skipped keep palette entry 0. */
function readRuns(bytes: Buffer, { width, height, bits, palette, data }: Head, put: Put): void {
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < width; x++) put(x, row, palette.subarray(0, 3));
  }
  let at = data;
  let x = 0;
  let row = 0;
  const colour = (byte: number, i: number) =>
    bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15;
  const set = (value: number) => {
    if (x < width && row < height) put(x, row, palette.subarray(3 * value, 3 * value + 3));
    x++;
  };
  while (row < height) {
    const count = bytes.readUInt8(at++);
    const value = bytes.readUInt8(at++);
    if (count > 0) {
      for (let i = 0; i < count; i++) set(colour(value, i));
    } else if (value === 0) {
      x = 0;
      row++;
    } else if (value === 1) {
      return;
    } else if (value === 2) {
      x += bytes.readUInt8(at++);
      row += bytes.readUInt8(at++);
    } else {
      const length = bits === 8 ? value : Math.ceil(value / 2);
      for (let i = 0; i < value; i++) {
        set(colour(bytes.readUInt8(at + (bits === 8 ? i : i >> 1)), i));
      }
      at += length + (length % 2);
    }
  }
}

function broken(found: string) {
  return pictureProblem("formats/picture-broken", { found });
}
