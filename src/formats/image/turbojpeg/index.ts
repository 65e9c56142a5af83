/** Doorway of libjpeg-turbo: as WebAssembly everywhere, and native where one is found and proves equal. */
export { chooseTurbojpeg, type Examined, examineTurbojpeg } from "./choose.ts";
export { type DecodeAtEighths, scaledSide } from "./eighths.ts";
export { type NativeDecoder, openIfEqual } from "./native.ts";
export { compileDecoder, decodeByWasm } from "./wasm.ts";
