/** Doorway of the oneDNN executor. */
export { type OnednnOptions, onednnExecutor } from "./executor.ts";
