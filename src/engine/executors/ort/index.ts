/** Doorway of the executor `ort`. */
export { type OrtOptions, ortExecutor } from "./executor.ts";
export { anyRows, type Placement, placeProgram, portable } from "./portable.ts";
export { type ModelOutput, openWrittenModel, type WrittenModel } from "./written.ts";
