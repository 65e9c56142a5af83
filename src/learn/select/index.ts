/** Doorway of `learn/select`: what to label first, and why. */
export { kCentre } from "./k-centre.ts";
export { strategies } from "./list.ts";
export { maxHerding } from "./max-herding.ts";
export { probCover } from "./prob-cover.ts";
export { randomChoice } from "./random.ts";
export type { Pick, Selection, Sizes, Strategy, StrategyName, Why } from "./selection.ts";
export { type Limits, type SelectOptions, type Shelf, selectLimits } from "./shelf.ts";
export { typiclust } from "./typiclust.ts";
