/** Doorway of pixels: pictures made smaller by banded matrices, in WebAssembly. */
export { type Bands, shrink, shrinkToBytes } from "./shrink.ts";
