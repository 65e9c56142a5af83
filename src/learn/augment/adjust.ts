/** What a person changes of a method's recipe: single stages, or what the pictures are like. */
import { checkRecipe } from "./check-recipe.ts";
import { blurSigma, type Range, type Recipe, type RecipePair } from "./recipe.ts";

type Flips = "horizontal" | "vertical" | "both" | "none";

/** What is left out stays as the method has it. */
export type Adjustments = {
  /** Share of the picture's area in a view. */
  readonly crop?: Range;
  /** Each with probability .5. */
  readonly flip?: Flips;
  readonly turns?: "quarter" | "none";
  /** Factor of all amounts of the colour jitter; 0 leaves colours alone. */
  readonly colour?: number;
  /** Largest turn of the hue, in turns of the circle, whatever `colour` says. */
  readonly hue?: number;
  /** Probabilities. */
  readonly grayscale?: number;
  readonly blur?: number;
  readonly solarize?: number;
};

/**
 * By what must stay visible. A defect on a small part of a part is still in a view of half of it, and
 * is not blurred away; where colour tells classes apart, views keep hue and stay coloured.
 */
export const augmentPresets = {
  "small-defects": { crop: [0.5, 1], blur: 0 },
  "colour-matters": { colour: 0.5, hue: 0, grayscale: 0, solarize: 0 },
  "fixed-orientation": { flip: "none", turns: "none" },
  "any-orientation": { flip: "both", turns: "quarter" },
} as const satisfies Readonly<Record<string, Adjustments>>;

export type AugmentPreset = keyof typeof augmentPresets;

const solarizeThreshold = 0.5;

export function adjustRecipe(recipe: Recipe, asked: Adjustments): Recipe {
  const { crop, flip, turns, colour = 1, grayscale = recipe.grayscale } = asked;
  const { jitter, blur, solarize, verticalFlip, quarterTurns, ...rest } = recipe;
  const blurred = asked.blur ?? blur?.probability ?? 0;
  const solarized = asked.solarize ?? solarize?.probability ?? 0;
  const isTurned = turns === undefined ? quarterTurns : turns === "quarter";
  const upsideDown = flip === undefined ? verticalFlip : flipsOf(flip).vertical;
  return checkRecipe({
    ...rest,
    ...(crop && { crop: { ...recipe.crop, scale: crop } }),
    ...(flip && { flip: flipsOf(flip).horizontal }),
    ...(upsideDown && { verticalFlip: upsideDown }),
    ...(isTurned && { quarterTurns: true }),
    jitter: {
      probability: jitter.probability,
      brightness: jitter.brightness * colour,
      contrast: jitter.contrast * colour,
      saturation: jitter.saturation * colour,
      hue: asked.hue ?? jitter.hue * colour,
    },
    grayscale,
    ...(blurred !== 0 && { blur: { sigma: blurSigma, ...blur, probability: blurred } }),
    ...(solarized !== 0 && {
      solarize: { threshold: solarizeThreshold, ...solarize, probability: solarized },
    }),
  });
}

function flipsOf(choice: Flips) {
  const half = (other: "horizontal" | "vertical") =>
    choice === other || choice === "both" ? 0.5 : 0;
  return { horizontal: half("horizontal"), vertical: half("vertical") };
}

/** Both views alike, then the second by itself: views may differ from each other. */
export function adjustPair({ views }: RecipePair, both: Adjustments, second?: Adjustments) {
  const [one, other] = views.map((recipe) => adjustRecipe(recipe, both));
  return { views: [one, adjustRecipe(other, second ?? {})] } satisfies RecipePair;
}
