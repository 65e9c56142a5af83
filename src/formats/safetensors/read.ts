/** Tensors out of a safetensors file. */
import { Problem } from "../../base/index.ts";
import { fromBfloat16, fromFloat16, type Numbers, numbersAt, readBytes } from "../bytes/index.ts";
import { parseHeader } from "./header.ts";

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Numbers;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Half-precision types come as float32, BOOL as bytes; a missing name is a problem. */
  tensor(name: string): StoredTensor;
  /** As `tensor`, for what must be float32. */
  float32(name: string): Float32Array;
}

/** Opens a file; it is read whole, and its tensors are views into that memory. */
export function readSafetensors(path: string): Safetensors {
  return decodeSafetensors(readBytes(path), path);
}

export function decodeSafetensors(bytes: Uint8Array, file = "safetensors"): Safetensors {
  const { metadata, entries, start } = parseHeader(bytes, file);
  const names = [...entries.keys()];
  const tensor = (name: string): StoredTensor => {
    const entry = entries.get(name);
    if (entry === undefined) {
      const found = names.length > 8 ? `${names.slice(0, 8).join(", ")}, …` : names.join(", ");
      throw new Problem("formats/safetensors-missing", { file, tensor: name, found });
    }
    const read = readers[entry.dtype];
    if (read === undefined) {
      const expected = Object.keys(readers).join(", ");
      throw new Problem("formats/safetensors-type", {
        file,
        tensor: name,
        found: entry.dtype,
        expected,
      });
    }
    const length = entry.shape.reduce((product, side) => product * side, 1);
    const values = read(bytes, { offset: start + entry.data_offsets[0], length });
    return { shape: entry.shape, values };
  };
  return {
    metadata,
    names,
    has: (name) => entries.has(name),
    tensor,
    float32(name) {
      const { values } = tensor(name);
      if (values instanceof Float32Array) return values;
      const found = entries.get(name)?.dtype ?? "";
      throw new Problem("formats/safetensors-type", { file, tensor: name, found, expected: "F32" });
    },
  };
}

type Read = (bytes: Uint8Array, at: { offset: number; length: number }) => Numbers;

const readers: Readonly<Record<string, Read>> = {
  F64: (bytes, at) => numbersAt(Float64Array, bytes, at),
  F32: (bytes, at) => numbersAt(Float32Array, bytes, at),
  F16: (bytes, at) => fromFloat16(numbersAt(Uint16Array, bytes, at)),
  BF16: (bytes, at) => fromBfloat16(numbersAt(Uint16Array, bytes, at)),
  I64: (bytes, at) => numbersAt(BigInt64Array, bytes, at),
  I32: (bytes, at) => numbersAt(Int32Array, bytes, at),
  I16: (bytes, at) => numbersAt(Int16Array, bytes, at),
  I8: (bytes, at) => numbersAt(Int8Array, bytes, at),
  U64: (bytes, at) => numbersAt(BigUint64Array, bytes, at),
  U32: (bytes, at) => numbersAt(Uint32Array, bytes, at),
  U16: (bytes, at) => numbersAt(Uint16Array, bytes, at),
  U8: (bytes, at) => numbersAt(Uint8Array, bytes, at),
  BOOL: (bytes, at) => numbersAt(Uint8Array, bytes, at),
};
