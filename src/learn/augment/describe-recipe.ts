/** A recipe in one line of notation, the same in every language: `32×32 · crop 0.08–1 · flip 0.5 …`. */
import type { Recipe } from "./recipe.ts";

/** `@p` is the probability of the stage before it. */
export function describeRecipe(recipe: Recipe): string {
  const { size, crop, flip, jitter, grayscale, blur, solarize } = recipe;
  const factors = [jitter.brightness, jitter.contrast, jitter.saturation, jitter.hue];
  const stages = [
    `${size}×${size}`,
    `crop ${short(crop.scale[0])}–${short(crop.scale[1])}`,
    `flip @${short(flip)}`,
    ...(recipe.verticalFlip ? [`vertical flip @${short(recipe.verticalFlip)}`] : []),
    ...(recipe.quarterTurns ? ["quarter turns"] : []),
    `jitter ${factors.map(short).join("/")} @${short(jitter.probability)}`,
    `grayscale @${short(grayscale)}`,
  ];
  if (blur) {
    const [low, high] = blur.sigma.map(short);
    stages.push(`blur σ ${low}–${high} @${short(blur.probability)}`);
  }
  if (solarize) stages.push(`solarize ≥${solarize.threshold} @${short(solarize.probability)}`);
  return `${recipe.name}: ${stages.join(" · ")}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
