/** Doorway of `base`. */

export { asJson, canonicalJson, type Json, putJson } from "./canonical-json.ts";
export { type Clock, systemClock } from "./clock.ts";
export { type Code, codes, type FindingKind, type NoticeCode, noticeCodes } from "./codes.ts";
export { digestBytes, digestJson, startDigest } from "./digest.ts";
export { type Emit, type Event, eventVersion, type Phase, silent } from "./event.ts";
export {
  fork,
  integer,
  type Key,
  keyFromSeed,
  normal,
  permutation,
  threefry,
  uniform,
} from "./key.ts";
export { libraryFolders } from "./library-folders.ts";
export { type Evidence, type ExitKind, exitCodes, Problem } from "./problem.ts";
export { typed } from "./typed.ts";
