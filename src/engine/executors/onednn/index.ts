/** Doorway of the oneDNN executor. */
export type { TuningEvent, TuningStore } from "./choose.ts";
export { type OnednnOptions, onednnExecutor } from "./executor.ts";
export { type FoundOnednn, findOnednn, type OnednnPlaces } from "./find.ts";
