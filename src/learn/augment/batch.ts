/** Batches of views: for each picture one view per recipe, all first views before all second ones. */
import { fork, type Key, Problem } from "../../base/index.ts";
import { drawView, type Extent } from "./draw.ts";
import type { Recipe } from "./recipe.ts";
import { applyView } from "./view.ts";

/** Decoded pictures by number: RGB bytes, interleaved, height × width × 3. */
export type PictureReader = {
  size(index: number): Extent;
  read(index: number): Uint8Array;
};

export type FillOptions = {
  readonly recipes: readonly Recipe[];
  /** Of the run and the step; each item and view gets its own from it. */
  readonly key: Key;
  /** [recipes · indexes, 3, size, size]: row v · n + i is view v of picture `indexes[i]`. */
  readonly out: Float32Array;
  /** Fill only the pictures at these places of `indexes`. */
  readonly from?: number;
  readonly to?: number;
};

/** The key of one view: of the picture itself, not of its place in the batch. */
export function viewKey(key: Key, index: number, view: number): Key {
  return fork(key, index, view);
}

export function fillViews(
  pictures: PictureReader,
  indexes: ArrayLike<number>,
  { recipes, key, out, from = 0, to = indexes.length }: FillOptions,
): void {
  const length = viewLength(recipes);
  for (let i = from; i < to; i++) {
    const index = indexes[i];
    const picture = pictures.size(index);
    const pixels = pictures.read(index);
    for (let v = 0; v < recipes.length; v++) {
      const draw = drawView(recipes[v], viewKey(key, index, v), picture);
      applyView(pixels, picture, draw, recipes[v], out, (v * indexes.length + i) * length);
    }
  }
}

/** Numbers in one view; all recipes of a batch share their size. */
export function viewLength(recipes: readonly Recipe[]): number {
  const [first, ...rest] = recipes.map(({ size }) => size);
  for (const second of rest) {
    if (second !== first) throw new Problem("augment/sizes-differ", { first, second });
  }
  return 3 * first * first;
}
