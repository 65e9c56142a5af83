/** Doorway of `learn/optim`. */
export { adamw } from "./adamw.ts";
export { globalNorm, optimiserStep, type Step, slotSpecs } from "./apply.ts";
export { lars } from "./lars.ts";
export { optimisers } from "./list.ts";
export type { Optimiser } from "./optimiser.ts";
export {
  cautions,
  defaultBatch,
  defaultClip,
  defaultOptimiser,
  defaultRate,
} from "./rules.ts";
export { cosineSchedule, rateAt, type Schedule } from "./schedule.ts";
export { sgd } from "./sgd.ts";
