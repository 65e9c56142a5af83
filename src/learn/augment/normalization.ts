/** Channel mean and deviation of a dataset, from a keyed sample of its pictures. */
import { type Key, Problem, permutation } from "../../base/index.ts";
import type { PictureReader } from "./batch.ts";
import type { Normalize, Rgb } from "./recipe.ts";

/** Grays of one byte step: below it, dividing would blow up the noise of near-constant channels. */
const leastDeviation = 1 / 255;

/**
 * Over up to `sample` pictures, each with equal weight whatever its size, since each becomes views
 * of one size. Deviation is about the dataset's mean, never less than one byte step.
 */
export function measureNormalize(
  pictures: PictureReader & { readonly count: number },
  key: Key,
  { sample = 2000 }: { sample?: number } = {},
): Normalize {
  const chosen = permutation(key, pictures.count).subarray(0, sample);
  if (chosen.length === 0) throw new Problem("augment/no-pictures");
  const mean = [0, 0, 0];
  const square = [0, 0, 0];
  for (const index of chosen) {
    const pixels = pictures.read(index);
    const weight = 3 / pixels.length / chosen.length;
    for (let c = 0; c < 3; c++) {
      let [sum, squares] = [0, 0];
      for (let i = c; i < pixels.length; i += 3) {
        sum += pixels[i];
        squares += pixels[i] * pixels[i];
      }
      mean[c] += (weight * sum) / 255;
      square[c] += (weight * squares) / 255 ** 2;
    }
  }
  const three = ([r, g, b]: readonly number[]): Rgb => [r, g, b];
  return {
    mean: three(mean),
    deviation: three(
      mean.map((m, c) => Math.max(leastDeviation, Math.sqrt(Math.max(0, square[c] - m * m)))),
    ),
  };
}
