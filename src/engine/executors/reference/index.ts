/** Doorway of the reference executor. */
export { erf } from "./erf.ts";
export { evaluate } from "./evaluate.ts";
export { referenceExecutor } from "./program.ts";
