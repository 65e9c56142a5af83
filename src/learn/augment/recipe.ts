/** Recipes: what may happen to a picture before a network sees it, as printable JSON values. */
import { checkRecipe } from "./check-recipe.ts";

export type Rgb = readonly [red: number, green: number, blue: number];
export type Range = readonly [from: number, to: number];

/** Colours are measured on [0, 1]; what a network gets is `(colour - mean) / deviation`. */
export type Normalize = { readonly mean: Rgb; readonly deviation: Rgb };

/** Probabilities are of each view on its own. */
export type Recipe = {
  readonly name: string;
  /** Side of the square view, in pixels. */
  readonly size: number;
  /** Share of the picture's area, and width ÷ height (log-uniform). */
  readonly crop: { readonly scale: Range; readonly ratio: Range };
  /** Left and right change places. */
  readonly flip: number;
  /** Top and bottom change places; then turned by no, one, two or three quarters, all alike. */
  readonly verticalFlip?: number;
  readonly quarterTurns?: boolean;
  /** Factors are uniform on [max(0, 1 - b), 1 + b]; hue on [-h, h], in turns of the circle. */
  readonly jitter: {
    readonly probability: number;
    readonly brightness: number;
    readonly contrast: number;
    readonly saturation: number;
    readonly hue: number;
  };
  readonly grayscale: number;
  readonly blur?: { readonly probability: number; readonly sigma: Range };
  readonly solarize?: { readonly probability: number; readonly threshold: number };
  readonly normalize: Normalize;
};

export type RecipePair = { readonly views: readonly [Recipe, Recipe] };

/** ImageNet's channel statistics: the usual constants where a dataset's own were not measured. */
export const imagenetNormalize: Normalize = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};

/** Views up to this side get the CIFAR form of a recipe, which does not blur. */
export const smallSide = 64;

const ratio: Range = [3 / 4, 4 / 3];
/** In pixels of the view. */
export const blurSigma: Range = [0.1, 2];

/**
 * SimCLR (Chen et al. 2020, appendices A and B.9): crop .08–1, flip .5, jitter (.8, .8, .8, .2) ×
 * strength with probability .8, grayscale .2; above 64 pixels blur with probability .5. Strength
 * .5 is the paper's for CIFAR-10, 1 its value for ImageNet.
 */
export function simclrRecipe({
  size,
  strength = 0.5,
  normalize = imagenetNormalize,
}: {
  size: number;
  strength?: number;
  normalize?: Normalize;
}): RecipePair {
  const view: Recipe = {
    name: "simclr",
    size,
    crop: { scale: [0.08, 1], ratio },
    flip: 0.5,
    jitter: {
      probability: 0.8,
      brightness: 0.8 * strength,
      contrast: 0.8 * strength,
      saturation: 0.8 * strength,
      hue: 0.2 * strength,
    },
    grayscale: 0.2,
    ...(size > smallSide && { blur: { probability: 0.5, sigma: blurSigma } }),
    normalize,
  };
  return { views: [checkRecipe(view), checkRecipe(view)] };
}

/**
 * VICReg. By default solo-learn's constants (scripts/pretrain/{cifar,imagenet-100}/vicreg.yaml),
 * equal in both views: crop .2–1, jitter .4/.4/.2/.1 with probability .8, grayscale .2, solarise
 * .1; above 64 pixels blur .5. `asymmetric` is the official pair (facebookresearch/vicreg, after
 * BYOL): crop .08–1, solarise 0 and .2; above 64 pixels blur 1 and .1.
 */
export function vicregRecipe({
  size,
  asymmetric = false,
  normalize = imagenetNormalize,
}: {
  size: number;
  asymmetric?: boolean;
  normalize?: Normalize;
}): RecipePair {
  const view = (blur: number, solarize: number): Recipe => ({
    name: asymmetric ? "vicreg-asymmetric" : "vicreg",
    size,
    crop: { scale: [asymmetric ? 0.08 : 0.2, 1], ratio },
    flip: 0.5,
    jitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.2, hue: 0.1 },
    grayscale: 0.2,
    ...(size > smallSide && { blur: { probability: blur, sigma: blurSigma } }),
    ...(solarize > 0 && { solarize: { probability: solarize, threshold: 0.5 } }),
    normalize,
  });
  const views = asymmetric
    ? ([view(1, 0), view(0.1, 0.2)] as const)
    : ([view(0.5, 0.1), view(0.5, 0.1)] as const);
  return { views: [checkRecipe(views[0]), checkRecipe(views[1])] };
}
