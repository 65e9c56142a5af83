/** Square pictures of the grocery store, as both sides of a bench read them: raw RGB in one file. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { decodePicture } from "../../src/formats/image/index.ts";
import { Stop } from "../harness/index.ts";

export function groceryFolder(): string {
  const root = process.env.TANAFUDA_DATA ?? join(homedir(), ".cache", "tanafuda-data");
  const folder = join(root, "grocery-store");
  if (existsSync(folder)) return folder;
  throw new Stop(
    "data-missing",
    `This bench looks for the pictures of grocery-store in ${folder}. Another place is named by TANAFUDA_DATA.`,
  );
}

/** JPEG files, in code unit order of their paths. */
export function jpegFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".jpg"))
    .sort()
    .map((name) => join(folder, name));
}

/** Writes `count` pictures of side² one behind another. */
export async function writeSquares(file: string, side: number, count: number): Promise<void> {
  const files = jpegFiles(groceryFolder());
  const step = Math.max(1, Math.floor(files.length / (2 * count)));
  const squares: Uint8Array[] = [];
  for (let i = 0; i < files.length && squares.length < count; i += step) {
    const { pixels, height, width } = await decodePicture(readFileSync(files[i]), side);
    if (height === width) squares.push(pixels);
  }
  if (squares.length < count) {
    throw new Stop("data-missing", `grocery-store holds ${squares.length} of ${count} squares.`);
  }
  writeFileSync(file, Buffer.concat(squares));
}
