/**
 * Which JPEG files libjpeg-turbo takes, by header alone: small, baseline, 8 bits, grey or
 * three colours at one of the usual samplings, and nothing in it that asks for more than decoding
 * (Exif may rotate, a profile or Adobe's marker may change colours). All others are sharp's, which
 * is the faster one for large pictures too.
 */
import type { Size } from "./header.ts";

/**
 * Above this many pixels, or bytes, what sharp costs to start no longer matters: `wholePixels` where
 * all of them have to be decoded, since the picture is less than twice the working resolution.
 */
export const smallJpeg = { pixels: 512 ** 2, wholePixels: 320 ** 2, bytes: 1 << 18 } as const;

const markers = {
  frame: 0xc0,
  tables: 0xdb,
  scan: 0xda,
  app1: 0xe1,
  app2: 0xe2,
  app14: 0xee,
} as const;
/** Horizontal and vertical factors of the first component; the others' are 1 × 1. */
const samplings = [0x11, 0x21, 0x12, 0x22];

/** The size of a picture that `decodeSmallJpeg` may take, else undefined. */
export function smallJpegSize(bytes: Buffer): Size | undefined {
  if (bytes.length > smallJpeg.bytes || bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8)
    return;
  let size: Size | undefined;
  for (let at = 2; at + 4 <= bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1];
    if (marker === markers.scan) return size;
    if (isAlone(marker)) return;
    if (marker === markers.tables && !hasBytes(bytes, at)) return;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4;
    if (isFrame) {
      size = marker === markers.frame ? frameSize(bytes, at) : undefined;
      if (size === undefined) return;
    }
    if (marker === markers.app14 || marker === 0xff) return;
    if (marker === markers.app1 && startsWith(bytes, at, "Exif")) return;
    if (marker === markers.app2 && startsWith(bytes, at, "ICC_PROFILE")) return;
  }
  return undefined;
}

/** Markers without a length have no place here, and decoders differ in how they go on. */
function isAlone(marker: number): boolean {
  return marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9);
}

/** Baseline has steps of one byte (T.81, B.2.4.1); of larger ones decoders make different pixels. */
function hasBytes(bytes: Buffer, at: number): boolean {
  const end = Math.min(bytes.length, at + 2 + bytes.readUInt16BE(at + 2));
  for (let table = at + 4; table < end; table += 65) if (bytes[table] >> 4 !== 0) return false;
  return true;
}

/** A baseline frame header (ITU T.81, B.2.2). */
function frameSize(bytes: Buffer, at: number): Size | undefined {
  if (at + 10 > bytes.length) return;
  const components = bytes[at + 9];
  const isUsual = components === 1 || components === 3;
  if (!isUsual || bytes[at + 4] !== 8 || at + 10 + 3 * components > bytes.length) return;
  const factors = at + 11;
  if (components === 3) {
    if (!samplings.includes(bytes[factors])) return;
    if (bytes[factors + 3] !== 0x11 || bytes[factors + 6] !== 0x11) return;
  }
  const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
  const fits = width > 0 && height > 0 && width * height <= smallJpeg.pixels;
  return fits ? { width, height } : undefined;
}

function startsWith(bytes: Buffer, at: number, text: string): boolean {
  return bytes.toString("latin1", at + 4, at + 4 + text.length) === text;
}
