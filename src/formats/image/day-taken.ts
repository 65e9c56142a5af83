/** The day a picture was taken, as its camera wrote it: DateTimeOriginal (Exif 3.0, 4.6.6) of JPEG and TIFF. */
import { openTiff, readDirectory, textEntry } from "./tiff.ts";

const tags = { exif: 0x8769, taken: 0x9003 } as const;
const exifHead = "Exif\0\0";

/** `2026-03-14`; undefined where nothing is said, or no day that can be. */
export function dayTaken(bytes: Buffer): string | undefined {
  const block = exifBlock(bytes);
  if (block === undefined) return undefined;
  try {
    const file = openTiff(block);
    const at = readDirectory(file, file.first).values.get(tags.exif);
    return at === undefined ? undefined : dayOf(textEntry(file, at, tags.taken) ?? "");
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

/** A TIFF is one itself; a JPEG has one in a segment before its picture. */
function exifBlock(bytes: Buffer): Buffer | undefined {
  const mark = bytes.toString("latin1", 0, 4);
  if (/^(II[*+]\0|MM\0[*+])/.test(mark)) return bytes;
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    const length = bytes.readUInt16BE(at + 2);
    if (marker === 0xda) return undefined;
    if (
      marker === 0xe1 &&
      bytes.toString("latin1", at + 4, at + 4 + exifHead.length) === exifHead
    ) {
      return bytes.subarray(at + 4 + exifHead.length, at + 2 + length);
    }
    at += 2 + length;
  }
  return undefined;
}

/** Cameras whose clock was never set write zeros, or the year they were made for. */
function dayOf(text: string): string | undefined {
  const found = /^((?:199|20\d)\d):(\d\d):(\d\d) /.exec(text);
  if (!found) return undefined;
  const day = found.slice(1).join("-");
  const time = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return new Date(time).toISOString().startsWith(day) ? day : undefined;
}
