/** Doorway of fine-tuning: an encoder moved by few labels, where that helps. */
export { type FineTuned, type FineTuneTask, fineTune } from "./fine-tune.ts";
export { type FineTuneShape, fineTuneProgram, movingParameters } from "./program.ts";
export {
  type FineTuneRecipe,
  fineTuneDefaults,
  fineTuneViews,
  type Orientation,
  type Scope,
  scopes,
} from "./recipe.ts";
export {
  type SupervisedTask,
  supervisedEpochs,
  supervisedPace,
  supervisedScores,
} from "./supervised.ts";
export { type Lesson, scoresOf, type TunedHead, type Tuning, trainOnce } from "./train-once.ts";
