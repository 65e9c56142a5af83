/**
 * One file's bytes to uint8 RGB with the shorter side at R and the aspect kept. EXIF rotation is
 * applied, transparency lies on a colour, 16 bits are divided by their white, CMYK goes through its
 * profile to sRGB, palettes and grey become RGB. Smaller pictures are
 * enlarged (cubic), so that training sees one scale; `enlarged` says so. Small plain JPEG files (see
 * small-jpeg.ts) are made smaller while they are decoded, all others by sharp; `scaledBy` says which.
 */
import type { Sharp } from "sharp";
import { Problem } from "../../base/index.ts";
import { decodeBitmap } from "./bitmap.ts";
import type { Decoding } from "./decoding.ts";
import { finishDeep, highestOf } from "./deep.ts";
import { createGate } from "./gate.ts";
import { headerSize, type Size, scanCount } from "./header.ts";
import { type PictureKind, pictureKind } from "./kind.ts";
import { loadSharp, type SharpFactory } from "./library.ts";
import { pictureLimits, pictureProblem, refuseByScans, refuseBySize } from "./limits.ts";
import { type Reduction, reduce } from "./reduce.ts";
import { smallJpeg, smallJpegSize } from "./small-jpeg.ts";
import { type DecodeAtEighths, decodeByWasm, scaledSide } from "./turbojpeg/index.ts";

export interface Decoded {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  /** The shorter side was below R. */
  readonly enlarged: boolean;
  /** "none": the pixels were there at the working resolution. */
  readonly scaledBy: "turbojpeg" | "sharp" | "none";
  /** A 16-bit picture with values above its white. */
  readonly clipped?: true;
}

export interface DecodeOptions extends Decoding {
  /** The directory of a TIFF; the first unless told. */
  readonly page?: number;
}

/** Throws a Problem `formats/picture-…` for whatever cannot become a picture. */
export async function decodePicture(
  bytes: Buffer,
  resolution: number,
  { page = 0, ...decoding }: DecodeOptions = {},
): Promise<Decoded> {
  const found = pictureKind(bytes);
  if (found.unsupported === "HEIC") throw pictureProblem("formats/picture-heic", {});
  if (found.unsupported !== undefined) {
    throw pictureProblem("formats/picture-unsupported", { kind: found.unsupported });
  }
  if (found.kind === undefined) {
    throw pictureProblem("formats/picture-broken", { found: "no known beginning" });
  }
  const small = decodeSmallJpeg(bytes, resolution);
  if (small !== undefined) return { ...small, pixels: small.pixels.slice() };
  const { kind } = found;
  const work = () => decodeLarge(bytes, kind, { resolution, page, ...decoding });
  try {
    return await library.together(work);
  } catch (first) {
    if (first instanceof Problem) throw first;
    try {
      return await library.alone(work);
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      throw pictureProblem("formats/picture-broken", { found: reason(cause) }, cause);
    }
  }
}

/**
 * libvips has one error text for all threads: what it says of a picture while others are decoded may be
 * said of another, or gone. So a picture that it refuses is asked for again, alone.
 */
const library = createGate();

interface Large extends Decoding {
  readonly resolution: number;
  readonly page: number;
}

async function decodeLarge(
  bytes: Buffer,
  kind: PictureKind,
  { resolution, page, ...decoding }: Large,
): Promise<Decoded> {
  if (kind === "bmp") {
    return await inTurn(headerSize(bytes, kind), () => {
      const { pixels, ...size } = decodeBitmap(bytes);
      return resizePixels(pixels, size, resolution);
    });
  }
  const sharp = await loadSharp();
  const { isDeep, ...size } = headOf(bytes, kind) ?? (await headBySharp(sharp, bytes, page));
  refuseCostly(bytes, kind, size);
  const picture = openBySharp(sharp, bytes, page).autoOrient();
  return await inTurn(size, async () => {
    if (!isDeep) return await toPixels(picture, size, { resolution, ...decoding });
    const { isClipped, ...shown } = await finishDeep(resized(picture, resolution), decoding);
    const enlarged = isSmaller(size, resolution);
    return { ...shown, enlarged, scaledBy: "sharp", ...(isClipped && { clipped: true }) };
  });
}

/** The same at the file's own size: the shorter side as it is there. */
export async function decodeWhole(bytes: Buffer, options: DecodeOptions = {}): Promise<Decoded> {
  const { kind } = pictureKind(bytes);
  if (kind === undefined) return await decodePicture(bytes, 1, options);
  const { page = 0 } = options;
  const head = async () => headBySharp(await loadSharp(), bytes, page);
  const size = headerSize(bytes, kind) ?? (await library.together(head));
  return await decodePicture(bytes, Math.min(size.width, size.height), options);
}

/** Eighths of its size at which a JPEG decodes fast and well: whole halvings. */
const halvings = [1, 2, 4];

/**
 * A small plain JPEG that is at least at the working resolution, without waiting for anything;
 * undefined for every other file, and where the decoder has something against it. Its pixels are valid
 * until the next picture: whoever reads many copies them to where they belong.
 */
export function decodeSmallJpeg(
  bytes: Buffer,
  resolution: number,
  decode: DecodeAtEighths = decodeByWasm,
): Decoded | undefined {
  const size = smallJpegSize(bytes);
  const way = size && wayFor(size, resolution);
  if (way === undefined) return undefined;
  const { from, reduction } = way;
  const decoded = decode(bytes, from);
  if (decoded === undefined) return undefined;
  const pixels = reduce(decoded, from, reduction);
  const { width, height } = reduction.to;
  return { pixels, width, height, enlarged: false, scaledBy: "turbojpeg" };
}

/** At which of its eighths a small JPEG is decoded, and what is left to reduce. */
interface Way {
  readonly from: Size;
  readonly reduction: Reduction;
}

/** By resolution and size; undefined for sizes that are left to sharp. */
const known = new Map<number, Way | undefined>();
const mostKnown = 512;

/** Throws a Problem for a size that is not taken in. */
function wayFor(size: Size, resolution: number): Way | undefined {
  const name = (resolution * 2 ** 16 + size.width) * 2 ** 16 + size.height;
  const before = known.get(name);
  if (before !== undefined) return before;
  const way = chooseWay(size, resolution);
  if (known.size >= mostKnown) known.clear();
  known.set(name, way);
  return way;
}

function chooseWay(size: Size, resolution: number): Way | undefined {
  refuseBySize(size.width, size.height);
  const shorter = Math.min(size.width, size.height);
  const to = eachSide(size, (side) => Math.round((side * resolution) / shorter));
  const covers = ({ width, height }: Size) => width >= to.width && height >= to.height;
  const isWhole = shorter >= resolution && size.width * size.height <= smallJpeg.wholePixels;
  const n =
    shorter === resolution
      ? 8
      : (halvings.find((n) => covers(eachSide(size, (side) => scaledSide(side, n)))) ??
        (isWhole ? 8 : undefined));
  if (n === undefined) return undefined;
  const from = eachSide(size, (side) => scaledSide(side, n));
  return { from, reduction: { to, extent: eachSide(size, (side) => (side * n) / 8) } };
}

function eachSide({ width, height }: Size, work: (side: number) => number): Size {
  return { width: work(width), height: work(height) };
}

/** Pixels that are there already (H·W·3 bytes), brought to the working resolution. */
export async function resizePixels(
  pixels: Uint8Array,
  size: Size,
  resolution: number,
): Promise<Decoded> {
  const { width, height } = size;
  refuseBySize(width, height);
  if (Math.min(width, height) === resolution) {
    return { pixels, width, height, enlarged: false, scaledBy: "none" };
  }
  const sharp = await loadSharp();
  return toPixels(sharp(pixels, { raw: { width, height, channels: 3 } }), size, { resolution });
}

function refuseCostly(bytes: Buffer, kind: PictureKind, size: Size): void {
  const isWhole = kind === "avif" || kind === "gif";
  const { pixels, wholePixels } = pictureLimits;
  refuseBySize(size.width, size.height, isWhole ? wholePixels : pixels);
  if (kind === "jpeg") refuseByScans(scanCount(bytes), size);
}

let lastLarge: Promise<unknown> = Promise.resolve();

/** Large pictures wait for each other, so that memory is that of one, however many come at once. */
async function inTurn<T>(size: Size | undefined, work: () => Promise<T>): Promise<T> {
  if (size === undefined || size.width * size.height <= pictureLimits.together) return work();
  const turn = lastLarge.then(work);
  lastLarge = turn.catch(() => {});
  return await turn;
}

async function toPixels(
  picture: Sharp,
  size: Size,
  { resolution, background = "#ffffff" }: Decoding & { readonly resolution: number },
): Promise<Decoded> {
  const { data, info } = await resized(picture.flatten({ background }), resolution)
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) {
    throw pictureProblem("formats/picture-broken", { found: `${info.channels} channels` });
  }
  const { height, width } = info;
  const enlarged = isSmaller(size, resolution);
  return { pixels: data, height, width, enlarged, scaledBy: "sharp" };
}

function resized(picture: Sharp, resolution: number): Sharp {
  return picture.resize({ width: resolution, height: resolution, fit: "outside" });
}

function isSmaller({ width, height }: Size, resolution: number): boolean {
  return Math.min(width, height) < resolution;
}

/** "truncated" refuses pictures that are cut short and bears harmless warnings of cameras. */
function openBySharp(sharp: SharpFactory, bytes: Buffer, page: number): Sharp {
  const limits = { failOn: "truncated", limitInputPixels: pictureLimits.pixels } as const;
  return sharp(bytes, page === 0 ? limits : { ...limits, page });
}

/** The highest value of any colour of a 16-bit picture, transparency apart. */
export async function highestSample(bytes: Buffer, page = 0): Promise<number> {
  return await library.together(async () => highestOf(openBySharp(await loadSharp(), bytes, page)));
}

interface Head extends Size {
  /** 16 bits a sample. */
  readonly isDeep: boolean;
}

function headOf(bytes: Buffer, kind: PictureKind): Head | undefined {
  const size = headerSize(bytes, kind);
  return size && { ...size, isDeep: kind === "png" && bytes[pngDepth] === 16 };
}

/** Where a PNG says its bits a sample. */
const pngDepth = 24;

async function headBySharp(sharp: SharpFactory, bytes: Buffer, page: number): Promise<Head> {
  const picture = sharp(bytes, { limitInputPixels: false, page });
  const { width, height, depth, format } = await picture.metadata();
  // Floating point has no agreed range; guessing one would give black or white pictures.
  if (depth === "float" || depth === "double" || depth === "complex") {
    throw pictureProblem("formats/picture-unsupported", { kind: `${format} (${depth})` });
  }
  return { width, height, isDeep: depth === "ushort" };
}

function reason(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split("\n", 1)[0].slice(0, 200);
}
