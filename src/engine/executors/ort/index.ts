/** Doorway of the executor `ort`. */
export { type OrtOptions, ortExecutor } from "./executor.ts";
