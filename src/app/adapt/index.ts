/** Doorway of `adapt`. */
export { adapt } from "./adapt.ts";
export { judgedFacts } from "./facts.ts";
export { type AdaptOptions, type AdaptResult, adaptDefaults, type Counted } from "./options.ts";
export { frozenSplit, shelfOf, splitName } from "./shelf.ts";
