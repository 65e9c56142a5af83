/** The white of a dataset's 16-bit pictures: one for all, so that equal light stays equal. */
import { open, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import { highestSample, tiffPages, whiteFor } from "../../formats/image/index.ts";
import type { FoundFile } from "./scan.ts";

/** How many files are looked into: depth is a property of cameras, not of pictures. */
const looked = 64;
/** Larger ones are not looked into. */
const mostBytes = 1 << 28;

/**
 * Undefined where no 16-bit picture was met. A version that has pictures of those kinds and no white
 * took 16 bits as they are; what is added to it has to look alike.
 */
export async function whiteOf(
  root: string,
  files: readonly FoundFile[],
  previous: DatasetVersion | undefined,
): Promise<number | undefined> {
  if (previous?.items.path.some(mayBeDeep)) return undefined;
  const candidates = files.filter(({ path, bytes }) => mayBeDeep(path) && bytes <= mostBytes);
  const step = Math.max(1, candidates.length / looked);
  let highest: number | undefined;
  for (let i = 0; i < candidates.length; i += step) {
    const found = await highestOf(join(root, candidates[Math.floor(i)].path));
    if (found !== undefined) highest = Math.max(highest ?? 0, found);
  }
  return highest === undefined ? undefined : whiteFor(highest);
}

function mayBeDeep(path: string): boolean {
  return [".png", ".tif", ".tiff"].includes(extname(path.replace(/#\d+$/, "")).toLowerCase());
}

/** Undefined for 8 bits; a file that cannot be read is told of when it is taken in. */
async function highestOf(path: string): Promise<number | undefined> {
  try {
    if (/png$/i.test(path) && !(await isDeepPng(path))) return undefined;
    const bytes = await readFile(path);
    if (/png$/i.test(path)) return await highestSample(bytes);
    const [first] = tiffPages(bytes);
    return first?.bits === 16 ? await highestSample(bytes, first.page) : undefined;
  } catch {
    return undefined;
  }
}

async function isDeepPng(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(32), 0, 32, 0);
    return bytesRead === 32 && buffer[24] === 16;
  } finally {
    await file.close();
  }
}
