/** Arrays into .npy files, as `numpy.save` writes them. */
import { type AtomicOptions, writeFileAtomically } from "../atomic-file/index.ts";
import { bytesOf, type Numbers } from "../bytes/index.ts";
import { npyHeader } from "./header.ts";
import type { NpyArray } from "./read.ts";

export function writeNpy(path: string, array: NpyArray, options: AtomicOptions = {}): boolean {
  return writeFileAtomically(path, encodeNpy(array), options);
}

/** Header and numbers as parts to be written one after another; the numbers are not copied. */
export function encodeNpy({ shape, values }: NpyArray): Uint8Array[] {
  const length = shape.reduce((product, side) => product * side, 1);
  if (length !== values.length) {
    throw new RangeError(`shape [${shape}] needs ${length} values, not ${values.length}`);
  }
  return [npyHeader(typeOf(values), shape), bytesOf(values)];
}

function typeOf(values: Numbers): string {
  const size = values.BYTES_PER_ELEMENT;
  const order = size === 1 ? "|" : "<";
  if (values instanceof Float32Array || values instanceof Float64Array) return `<f${size}`;
  const unsigned =
    values instanceof Uint8Array ||
    values instanceof Uint16Array ||
    values instanceof Uint32Array ||
    values instanceof BigUint64Array;
  return `${order}${unsigned ? "u" : "i"}${size}`;
}
