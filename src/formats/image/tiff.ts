/** The directories of a TIFF (TIFF 6.0, section 2; BigTIFF too): which are pages, how deep they are. */

export interface TiffPage {
  /** Its position among all directories, as decoders count them. */
  readonly page: number;
  /** Of a sample; 1 where nothing is said. */
  readonly bits: number;
}

/** More are hardly a scan, and a chain that bites its tail has to end. */
const mostDirectories = 10_000;
const tags = { newSubfileType: 254, subfileType: 255, bitsPerSample: 258 } as const;

/** Full pictures in their order; reduced copies and masks are left out. Empty if it is broken. */
export function tiffPages(bytes: Buffer): TiffPage[] {
  const pages: TiffPage[] = [];
  try {
    const file = openTiff(bytes);
    const seen = new Set<number>();
    for (let at = file.first; at !== 0 && !seen.has(at); ) {
      seen.add(at);
      if (seen.size > mostDirectories) break;
      const { values, next } = readDirectory(file, at);
      const isCopy = ((values.get(tags.newSubfileType) ?? 0) & 0b101) !== 0;
      const isOldCopy = values.get(tags.subfileType) === 2;
      const bits = values.get(tags.bitsPerSample) ?? 1;
      if (!isCopy && !isOldCopy) pages.push({ page: seen.size - 1, bits });
      at = next;
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
  }
  return pages;
}

/** The text of entry `tag` in the directory at `at`; undefined where there is none, or a long one. */
export function textEntry(file: Tiff, at: number, tag: number): string | undefined {
  const { isBig, short, wide } = file;
  const [head, size, room] = isBig ? [8, 20, 8] : [2, 12, 4];
  const count = Math.min(isBig ? wide(at) : short(at), mostEntries);
  for (let i = 0; i < count; i++) {
    const entry = at + head + i * size;
    if (short(entry) !== tag || short(entry + 2) !== 2) continue;
    const length = wide(entry + 4);
    if (length > longestText) return undefined;
    const inline = entry + size - room;
    const place = length <= room ? inline : wide(inline);
    return file.text(place, length);
  }
  return undefined;
}

const mostEntries = 10_000;
const longestText = 256;

export interface Tiff {
  readonly first: number;
  readonly isBig: boolean;
  short(at: number): number;
  long(at: number): number;
  /** An offset or a number of entries: 8 bytes in BigTIFF. */
  wide(at: number): number;
  text(at: number, length: number): string;
}

export function openTiff(bytes: Buffer): Tiff {
  const isLittle = bytes[0] === 0x49;
  const short = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const big = (at: number) =>
    Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  const isBig = short(2) === 43;
  const wide = isBig ? big : long;
  const text = (at: number, length: number) => bytes.toString("latin1", at, at + length);
  return { first: wide(isBig ? 8 : 4), isBig, short, long, wide, text };
}

/** The first value of each entry, as far as it is a short or a long. */
export function readDirectory(file: Tiff, at: number) {
  const { isBig, short, long, wide } = file;
  const [head, size, room] = isBig ? [8, 20, 8] : [2, 12, 4];
  const count = Math.min(isBig ? wide(at) : short(at), mostEntries);
  const values = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const entry = at + head + i * size;
    const type = short(entry + 2);
    const length = wide(entry + 4);
    const bytes = type === 3 ? 2 : type === 4 ? 4 : undefined;
    if (bytes === undefined || length === 0) continue;
    const inline = entry + size - room;
    const place = bytes * length <= room ? inline : wide(inline);
    values.set(short(entry), bytes === 2 ? short(place) : long(place));
  }
  return { values, next: wide(at + head + count * size) };
}
