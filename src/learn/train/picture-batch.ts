/** What crosses to a device where views are made there: the batch's pictures, and numbers of draws. */
import type { Key } from "../../base/index.ts";
import { drawNumbers, drawView, viewKey, writeDraw } from "../augment/index.ts";
import type { Pictures, Settings } from "./settings.ts";

export interface PictureBatch {
  readonly pictures: Float32Array;
  readonly draws: Float32Array;
}

/** Of the largest picture: all of a batch lie in one array. */
export function largestSides({ count, size }: Pictures): { height: number; width: number } {
  let [height, width] = [0, 0];
  for (let i = 0; i < count; i++) {
    const sides = size(i);
    height = Math.max(height, sides.height);
    width = Math.max(width, sides.width);
  }
  return { height, width };
}

export function createPictureBatch({ pictures, recipes, batch }: Settings) {
  const { height, width } = largestSides(pictures);
  const length = 3 * height * width;
  const into: PictureBatch = {
    pictures: new Float32Array(batch * length),
    draws: new Float32Array(recipes.views.length * batch * drawNumbers.count),
  };
  /** The same arrays at each call. What a smaller picture leaves of its place weighs nothing. */
  return (indexes: ArrayLike<number>, key: Key): PictureBatch => {
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i];
      const size = pictures.size(index);
      const pixels = pictures.read(index);
      for (let y = 0; y < size.height; y++) {
        const row = pixels.subarray(3 * y * size.width, 3 * (y + 1) * size.width);
        into.pictures.set(row, i * length + 3 * y * width);
      }
      for (const [v, recipe] of recipes.views.entries()) {
        const draw = drawView(recipe, viewKey(key, index, v), size);
        writeDraw(draw, recipe, into.draws, (v * batch + i) * drawNumbers.count);
      }
    }
    return into;
  };
}
