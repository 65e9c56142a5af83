/** One file to its decoded pictures (a TIFF may hold several) or to the reason why not. */
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { digestBytes, exitCodes, Problem } from "../../base/index.ts";
import {
  type Decoded,
  type Decoding,
  dayTaken,
  decodePicture,
  endsLikePicture,
  kindBytes,
  pictureKind,
  pictureLimits,
  tiffPages,
} from "../../formats/image/index.ts";
import { type FoundFile, type Rejected, unreadable } from "./scan.ts";

export interface ReadFile {
  readonly pictures: readonly ReadPicture[];
  readonly rejected: readonly Rejected[];
}

export interface ReadPicture {
  /** The file's, or `FILE#2` and so on for further pages. */
  readonly path: string;
  readonly digest: string;
  /** The day, as the camera wrote it into the file. */
  readonly taken?: string | undefined;
  readonly decoded?: Omit<Decoded, "scaledBy"> & {
    /** Its fingerprint, where a thread has taken it already. */
    readonly grid?: Uint8Array;
  };
}

export interface ReadOptions {
  readonly resolution: number;
  readonly decoding: Decoding;
  /** Pictures whose bytes are known are not decoded again. */
  readonly isKnown: (digest: string) => boolean;
}

/** Files above this are looked into before they are read whole. */
const readAtOnce = 1 << 24;

export async function readPicture(
  root: string,
  file: FoundFile,
  options: ReadOptions,
): Promise<ReadFile> {
  const { path, bytes: size } = file;
  const refuse = (code: Rejected["code"], values: Rejected["values"] = {}): ReadFile => ({
    pictures: [],
    rejected: [rejection(file, path, { code, values })],
  });
  if (size === 0) return refuse("data/empty-file");
  let bytes: Buffer;
  try {
    if (size > readAtOnce || !endsLikePicture(path)) {
      const { kind, unsupported } = pictureKind(await readHead(join(root, path)));
      if (!kind && !unsupported && !endsLikePicture(path)) return refuse("data/not-a-picture");
      if (size > pictureLimits.bytes) {
        return refuse("data/file-too-large", { limit: pictureLimits.bytes });
      }
    }
    bytes = await readFile(join(root, path));
  } catch (cause) {
    return { pictures: [], rejected: [unreadable(path, cause)] };
  }
  return await readPages(file, bytes, options);
}

async function readPages(
  file: FoundFile,
  bytes: Buffer,
  { resolution, decoding, isKnown }: ReadOptions,
): Promise<ReadFile> {
  const pages = pictureKind(bytes).kind === "tiff" ? tiffPages(bytes) : [];
  const own = digestBytes(bytes);
  const taken = dayTaken(bytes);
  const pictures: ReadPicture[] = [];
  const rejected: Rejected[] = [];
  for (let n = 0; n < Math.max(1, pages.length); n++) {
    const path = n === 0 ? file.path : `${file.path}#${n + 1}`;
    const digest = n === 0 ? own : digestBytes(`${own}#${n + 1}`);
    try {
      const page = pages[n]?.page ?? 0;
      if (isKnown(digest)) pictures.push({ path, digest, taken });
      else {
        const decoded = await decodePicture(bytes, resolution, { ...decoding, page });
        pictures.push({ path, digest, taken, decoded });
      }
    } catch (cause) {
      // What the machine lacks is no fault of the file.
      if (!(cause instanceof Problem) || cause.exit === exitCodes.resource) throw cause;
      rejected.push(rejection(file, path, cause));
    }
  }
  return { pictures, rejected };
}

/** With size and time, so that an untouched file need not be read again. */
function rejection(
  { bytes, modified }: FoundFile,
  path: string,
  { code, values }: Pick<Rejected, "code" | "values">,
): Rejected {
  return { path, code, values: { ...values, path, bytes, modified } };
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(kindBytes), 0, kindBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
