/** Doorway of `adapt`. */
export { adapt } from "./adapt.ts";
export type { AdaptOptions, AdaptResult, Bounded, Counted, JudgedFacts } from "./options.ts";
