/** Doorway of differentiation: graph → graph. */
export { gradient } from "./gradient.ts";
