/** Doorway of writing in one step: files and folders that are there whole or not at all. */
export { asidePath, sweepAsides } from "./aside.ts";
export {
  type AtomicFile,
  type AtomicOptions,
  startFile,
  writeAll,
  writeFileAtomically,
} from "./file.ts";
export { type AtomicFolder, finishFolder, startFolder } from "./folder.ts";
export { type Existing, placeExclusively } from "./place.ts";
export { processLives, processStart } from "./process-mark.ts";
export { explainWriting, systemCode, writeProblem } from "./write-problem.ts";
