/** Folders of small generated pictures whose classes can be told apart, for tests from end to end. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { fork, keyFromSeed, uniform } from "../../src/base/index.ts";

/** Stripes (even classes) or rings in the class's colour, on noise: no two pictures are look-alikes. */
export async function writePicture(file: string, kind: number, seed: number): Promise<void> {
  const side = 16;
  const noise = uniform(fork(keyFromSeed(seed), "noise", kind), 3 * side * side + 4);
  const [turn, shift, ...grain] = noise;
  const pixels = new Uint8Array(3 * side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const along =
        kind % 2 === 0
          ? x * Math.cos(turn) + y * Math.sin(turn)
          : Math.hypot(x - side * turn, y - side * shift);
      const wave = Math.sin(along * (0.5 + 0.4 * kind) + 6 * shift);
      for (let c = 0; c < 3; c++) {
        const colour = 128 + 70 * Math.cos(2 * kind + 2.1 * c);
        const at = 3 * (y * side + x) + c;
        pixels[at] = Math.max(0, Math.min(255, colour + 60 * wave + 80 * (grain[at] - 0.5)));
      }
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toFile(file);
}

/** `count` pictures in a folder for each class: `kind-0/0.png`, …; returns their relative paths. */
export async function writePictures(
  folder: string,
  { count = 60, classes = 3 }: { readonly count?: number; readonly classes?: number } = {},
): Promise<string[]> {
  const paths: string[] = [];
  for (let i = 0; i < count; i++) {
    const kind = i % classes;
    const path = classes > 1 ? `kind-${kind}/${i}.png` : `${i}.png`;
    await writePicture(join(folder, path), kind, i);
    paths.push(path);
  }
  return paths;
}
