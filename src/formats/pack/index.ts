/** Doorway of packs: decoded pictures in one file, read by offset. */
export { openPack, type Pack, type PackItem, verifyPack } from "./reader.ts";
export { createPackWriter, type PackWriter } from "./writer.ts";
