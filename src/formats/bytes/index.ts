/** Doorway of plain bytes and the numbers in them. */
export {
  bytesOf,
  fromBfloat16,
  fromFloat16,
  type Numbers,
  numbersAt,
  swapped,
} from "./numbers.ts";
export { readBytes } from "./read.ts";
