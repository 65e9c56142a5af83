import { describe, expect, test } from "vitest";
import { digestBytes, fork, keyFromSeed, Problem, uniform } from "../../../src/base/index.ts";
import {
  applyView,
  drawView,
  fillViews,
  measureNormalize,
  simclrRecipe,
  vicregRecipe,
  viewKey,
} from "../../../src/learn/augment/index.ts";
import { noisePictures } from "./pictures.ts";

const pictures = noisePictures(12);
const recipes = vicregRecipe({ size: 8, asymmetric: true }).views;
const key = keyFromSeed(1);
const length = 3 * 8 * 8;
const filled = (indexes: readonly number[]) => {
  const out = new Float32Array(2 * indexes.length * length);
  fillViews(pictures, indexes, { recipes, key, out });
  return out;
};
const row = (views: Float32Array, i: number) => views.slice(i * length, (i + 1) * length);

describe("fillViews", () => {
  test.each([
    [
      simclrRecipe({ size: 16 }).views,
      "b32ea715aa6aa534301e46d804913d8ecc5c4fd3b6a7fc8df883535305a32112",
    ],
    [
      vicregRecipe({ size: 80, asymmetric: true }).views,
      "a94e1f782edcd97b06b183c1f5598b0823afb924d5dc6a01aec7d9a118ab8834",
    ],
  ])(
    "views of a key are these to the bit: a run goes on with them in a later release",
    (old, digest) => {
      const [{ size }] = old;
      const out = new Float32Array(2 * 6 * 3 * size * size);
      const oblong = {
        size: () => ({ height: 21, width: 17 }),
        read: (i: number) =>
          Uint8Array.from(uniform(fork(keyFromSeed(1), i), 1071), (u) => 256 * u),
      };
      fillViews(oblong, [0, 1, 2, 3, 4, 5], { recipes: old, key: keyFromSeed(2), out });
      expect(digestBytes(new Uint8Array(out.buffer))).toBe(digest);
    },
  );

  test("first views before second ones, each from its own key", () => {
    const views = filled([4, 9, 2]);
    const expected = new Float32Array(length);
    for (const [i, index] of [4, 9, 2].entries()) {
      for (const [v, recipe] of recipes.entries()) {
        const draw = drawView(recipe, viewKey(key, index, v), pictures.size(index));
        applyView(pictures.read(index), pictures.size(index), draw, recipe, expected, 0);
        expect(row(views, 3 * v + i)).toEqual(expected);
      }
    }
    expect(row(views, 0)).not.toEqual(row(views, 3));
  });

  test("a picture's views do not depend on its place or its neighbours", () => {
    const [here, there] = [filled([4, 9, 2]), filled([7, 4])];
    expect(row(here, 0)).toEqual(row(there, 1));
    expect(row(here, 3)).toEqual(row(there, 3));
  });

  test("stretches make the whole", () => {
    const out = new Float32Array(2 * 5 * length);
    for (const [from, to] of [
      [3, 5],
      [0, 1],
      [1, 3],
    ]) {
      fillViews(pictures, [0, 1, 2, 3, 4], { recipes, key, out, from, to });
    }
    expect(out).toEqual(filled([0, 1, 2, 3, 4]));
  });

  test("views of two sizes are refused", () => {
    const mixed = [recipes[0], simclrRecipe({ size: 16 }).views[0]];
    const out = new Float32Array(9999);
    expect(() => fillViews(pictures, [0], { recipes: mixed, key, out })).toThrow(
      new Problem("augment/sizes-differ", { first: 8, second: 16 }),
    );
  });
});

describe("measureNormalize", () => {
  /** One picture of two pixels, one of four: each counts once. */
  const two = {
    count: 2,
    size: (i: number) => ({ height: 1, width: [2, 4][i] }),
    read: (i: number) =>
      Uint8Array.from(
        [
          [0, 10, 20, 255, 10, 40],
          [51, 10, 0, 51, 10, 0, 51, 10, 0, 51, 10, 0],
        ][i],
      ),
  };

  test("weighs pictures, not pixels", () => {
    const { mean, deviation } = measureNormalize(two, key);
    expect(mean[0]).toBeCloseTo((0.5 + 0.2) / 2, 12);
    expect(mean[1]).toBeCloseTo(10 / 255, 12);
    expect(mean[2]).toBeCloseTo(15 / 255, 12);
    // Red: squares 0, 1 in one picture and .04 four times in the other; blue: 20², 40², 0.
    expect(deviation[0]).toBeCloseTo(Math.sqrt((0.5 + 0.04) / 2 - 0.35 ** 2), 12);
    expect(deviation[2]).toBeCloseTo(Math.sqrt(1000 / 2 - 15 ** 2) / 255, 12);
  });

  test("a channel that never changes gets one byte step", () => {
    expect(measureNormalize(two, key).deviation[1]).toBe(1 / 255);
  });

  test("samples by key", () => {
    const many = noisePictures(40);
    const some = measureNormalize(many, key, { sample: 5 });
    expect(some).toEqual(measureNormalize(many, key, { sample: 5 }));
    expect(some).not.toEqual(measureNormalize(many, keyFromSeed(2), { sample: 5 }));
    for (const c of [0, 1, 2]) {
      expect(Math.abs(some.mean[c] - 0.5)).toBeLessThan(0.05);
      expect(Math.abs(some.deviation[c] - Math.sqrt(1 / 12))).toBeLessThan(0.03);
    }
  });

  test("no picture is a problem", () => {
    expect(() => measureNormalize({ ...two, count: 0 }, key)).toThrow("augment/no-pictures");
  });
});
