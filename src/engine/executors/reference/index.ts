/** Doorway of the reference executor. */
export { evaluate } from "./evaluate.ts";
export { referenceExecutor } from "./program.ts";
