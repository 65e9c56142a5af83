/** Doorway of `learn/augment`: draw, then apply. */

export { checkRecipe } from "./check-recipe.ts";
export { describeRecipe } from "./describe-recipe.ts";
export {
  type Box,
  type ColourKind,
  type ColourStep,
  drawView,
  type Extent,
  type ViewDraw,
} from "./draw.ts";
export {
  imagenetNormalize,
  type Normalize,
  type Recipe,
  type RecipePair,
  type Rgb,
  simclrRecipe,
  vicregRecipe,
} from "./recipe.ts";
