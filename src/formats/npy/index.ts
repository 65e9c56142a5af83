/** Doorway of NumPy's .npy files. */
export {
  decodeNpy,
  type NpyArray,
  type NpyMatrix,
  readNpy,
  readNpyCodes,
  readNpyMatrix,
} from "./read.ts";
export { encodeNpy, writeNpy } from "./write.ts";
