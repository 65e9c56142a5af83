/** Doorway of the oneDNN executor. */
export { type OnednnOptions, onednnExecutor } from "./executor.ts";
export { type FoundOnednn, findOnednn, type OnednnPlaces } from "./find.ts";
