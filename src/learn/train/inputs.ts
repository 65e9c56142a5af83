/** What an encoder is shown: pictures as they are, centred, or drawn views of them. */
import type { Key } from "../../base/index.ts";
import { applyView, centreView, drawView, type Recipe, viewKey } from "../augment/index.ts";
import type { Pictures } from "./settings.ts";

export interface Inputs {
  readonly count: number;
  /** Writes input `index`, [3, size, size], into `out` from `offset` on. */
  fill(index: number, out: Float32Array, offset: number): void;
}

/** For evaluation: each picture once, its shorter side resized, its centre. */
export function centred(
  pictures: Pictures,
  form: Pick<Recipe, "size" | "normalize">,
  indexes?: ArrayLike<number>,
): Inputs {
  return {
    count: indexes?.length ?? pictures.count,
    fill(i, out, offset) {
      const index = indexes ? indexes[i] : i;
      centreView(pictures.read(index), pictures.size(index), form, out, offset);
    },
  };
}

/** `views` drawn views of each picture in `indexes`, one picture after another. */
export function drawn(
  pictures: Pictures,
  recipe: Recipe,
  { indexes, views, key }: { indexes: ArrayLike<number>; views: number; key: Key },
): Inputs {
  return {
    count: indexes.length * views,
    fill(i, out, offset) {
      const index = indexes[Math.floor(i / views)];
      const size = pictures.size(index);
      const draw = drawView(recipe, viewKey(key, index, i % views), size);
      applyView(pictures.read(index), size, draw, recipe, out, offset);
    },
  };
}
