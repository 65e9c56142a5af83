/** A picture large enough for a person to judge: from its file where that is still there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../base/index.ts";
import type { DatasetVersion } from "../formats/documents/index.ts";
import { decodePicture, pictureUri } from "../formats/image/index.ts";
import type { Pictures } from "../learn/data/index.ts";
import { readFileBytes } from "./read-file.ts";

/** Pixels of the shorter side. */
const side = 480;

/** The stored picture, at its working resolution, where the file is gone or has changed its kind. */
export async function legiblePicture(
  { source, items }: DatasetVersion,
  pictures: Pictures,
  index: number,
): Promise<string> {
  const stored = () => pictureUri(pictures.read(index), pictures.size(index));
  if (source.kind !== "folder") return await stored();
  const file = join(source.path, items.path[index]);
  if (!existsSync(file)) return await stored();
  try {
    const { pixels, ...size } = await decodePicture(readFileBytes(file), side);
    return await pictureUri(pixels, size, { kind: "jpeg", quality: 80 });
  } catch (thrown) {
    if (thrown instanceof Problem) return await stored();
    throw thrown;
  }
}
