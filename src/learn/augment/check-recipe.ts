/** Holds a recipe against what drawing and applying can do; says the first field that is wrong. */
import { Problem } from "../../base/index.ts";
import type { Range, Recipe } from "./recipe.ts";

/** Largest side of a view; beyond it a batch would not fit into memory anyway. */
const largestSize = 4096;

/** The recipe itself, if every field is in its range. */
export function checkRecipe(recipe: Recipe): Recipe {
  const { size, crop, flip, jitter, grayscale, blur, solarize, normalize } = recipe;
  if (!Number.isInteger(size)) {
    throw new Problem("augment/size-not-whole", { recipe: recipe.name, found: String(size) });
  }
  const within = (field: string, value: number, [from, to]: Range) => {
    if (value >= from && value <= to) return;
    const values = { recipe: recipe.name, field, found: String(value), from, to };
    throw new Problem("augment/out-of-range", values);
  };
  const range = (field: string, [low, high]: Range, bounds: Range) => {
    within(`${field}[0]`, low, bounds);
    within(`${field}[1]`, high, bounds);
    if (low <= high) return;
    throw new Problem("augment/range-reversed", {
      recipe: recipe.name,
      field,
      from: low,
      to: high,
    });
  };
  within("size", size, [1, largestSize]);
  range("crop.scale", crop.scale, [1e-6, 1]);
  range("crop.ratio", crop.ratio, [1e-3, 1e3]);
  within("flip", flip, [0, 1]);
  within("verticalFlip", recipe.verticalFlip ?? 0, [0, 1]);
  within("jitter.probability", jitter.probability, [0, 1]);
  within("jitter.brightness", jitter.brightness, [0, 10]);
  within("jitter.contrast", jitter.contrast, [0, 10]);
  within("jitter.saturation", jitter.saturation, [0, 10]);
  within("jitter.hue", jitter.hue, [0, 0.5]);
  within("grayscale", grayscale, [0, 1]);
  if (blur) {
    within("blur.probability", blur.probability, [0, 1]);
    range("blur.sigma", blur.sigma, [1e-3, 100]);
  }
  if (solarize) {
    within("solarize.probability", solarize.probability, [0, 1]);
    within("solarize.threshold", solarize.threshold, [0, 1]);
  }
  for (const c of [0, 1, 2] as const) {
    within(`normalize.mean[${c}]`, normalize.mean[c], [-1e3, 1e3]);
    within(`normalize.deviation[${c}]`, normalize.deviation[c], [1e-6, 1e3]);
  }
  return recipe;
}
