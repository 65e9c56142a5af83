/** One file to a decoded picture or to the reason why not. */
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { digestBytes, Problem } from "../../base/index.ts";
import {
  type Decoded,
  decodePicture,
  endsLikePicture,
  kindBytes,
  pictureKind,
  pictureLimits,
} from "../../formats/image/index.ts";
import { type FoundFile, type Rejected, unreadable } from "./scan.ts";

export type Picture =
  | { readonly digest: string; readonly decoded?: Decoded }
  | { readonly rejected: Rejected };

export interface ReadOptions {
  readonly resolution: number;
  /** Pictures whose bytes are known are not decoded again. */
  readonly isKnown: (digest: string) => boolean;
}

/** Files above this are looked into before they are read whole. */
const readAtOnce = 1 << 24;

export async function readPicture(
  root: string,
  file: FoundFile,
  { resolution, isKnown }: ReadOptions,
): Promise<Picture> {
  const { path, bytes: size, modified } = file;
  const reject = (code: Rejected["code"], values: Rejected["values"] = {}): Picture => ({
    rejected: { path, code, values: { ...values, path, bytes: size, modified } },
  });
  if (size === 0) return reject("data/empty-file");
  let bytes: Buffer;
  try {
    if (size > readAtOnce || !endsLikePicture(path)) {
      const { kind, unsupported } = pictureKind(await readHead(join(root, path)));
      if (!kind && !unsupported && !endsLikePicture(path)) return reject("data/not-a-picture");
      if (size > pictureLimits.bytes) {
        return reject("data/file-too-large", { limit: pictureLimits.bytes });
      }
    }
    bytes = await readFile(join(root, path));
  } catch (cause) {
    return { rejected: unreadable(path, cause) };
  }
  const digest = digestBytes(bytes);
  if (isKnown(digest)) return { digest };
  try {
    return { digest, decoded: await decodePicture(bytes, resolution) };
  } catch (cause) {
    if (cause instanceof Problem) return reject(cause.code, cause.values);
    throw cause;
  }
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
