/** Doorway of safetensors: named tensors in one file. */
export { decodeSafetensors, readSafetensors, type Safetensors, type StoredTensor } from "./read.ts";
export { encodeSafetensors, type TensorsToStore, writeSafetensors } from "./write.ts";
