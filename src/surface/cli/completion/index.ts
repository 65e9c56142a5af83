/** Doorway of completion. */
export { asLines, candidates } from "./candidates.ts";
export { lasting, type Shell, script, shells } from "./scripts.ts";
