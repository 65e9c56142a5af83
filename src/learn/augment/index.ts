/** Doorway of `learn/augment`: draw, then apply. */
export {
  type Adjustments,
  type AugmentPreset,
  adjustPair,
  adjustRecipe,
  augmentPresets,
} from "./adjust.ts";
export { type FillOptions, fillViews, type PictureReader, viewKey } from "./batch.ts";
export { checkRecipe } from "./check-recipe.ts";
export { colourOperations, luma } from "./colour.ts";
export { describeRecipe } from "./describe-recipe.ts";
export {
  type Box,
  type ColourKind,
  type ColourStep,
  drawView,
  type Extent,
  type ViewDraw,
} from "./draw.ts";
export { measureNormalize } from "./normalization.ts";
export { drawNumbers, sideSteps, stepNumbers, writeDraw } from "./numbers.ts";
export {
  imagenetNormalize,
  type Normalize,
  type Range,
  type Recipe,
  type RecipePair,
  type Rgb,
  simclrRecipe,
  vicregRecipe,
} from "./recipe.ts";
export { applyView, centreView, type ViewForm, viewToPixels } from "./view.ts";
export {
  createViewWorkers,
  defaultViewWorkers,
  type ViewWorkers,
  type ViewWorkersOptions,
} from "./view-workers.ts";
