/** Arrays and matrices out of .npy files. */
import { Problem } from "../../base/index.ts";
import { fromFloat16, type Numbers, numbersAt, readBytes, swapped } from "../bytes/index.ts";
import { cutShort, npyTypes, parseNpyHeader } from "./header.ts";

export interface NpyArray {
  readonly shape: readonly number[];
  /** In C order: the last index runs fastest. */
  readonly values: Numbers;
}

export interface NpyMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export function readNpy(path: string): NpyArray {
  return decodeNpy(readBytes(path), path);
}

/** A two-dimensional array of any number type as float32; rows are samples. */
export function readNpyMatrix(path: string): NpyMatrix {
  const { shape, values } = readNpy(path);
  if (shape.length !== 2) {
    const found = `(${shape.join(", ")})`;
    throw new Problem("formats/npy-shape", { file: path, found, expected: "(n, d)" });
  }
  const floats = values instanceof Float32Array ? values : Float32Array.from(values, Number);
  return { rows: shape[0], columns: shape[1], values: floats };
}

/** A one-dimensional array of whole numbers, such as class codes. */
export function readNpyCodes(path: string): Int32Array {
  const { shape, values } = readNpy(path);
  const found = `(${shape.join(", ")})`;
  if (shape.length !== 1) {
    throw new Problem("formats/npy-shape", { file: path, found, expected: "(n)" });
  }
  const codes = Int32Array.from(values, Number);
  const other = codes.findIndex((code, i) => code !== Number(values[i]));
  if (other >= 0) {
    throw new Problem("formats/npy-type", {
      file: path,
      found: String(values[other]),
      expected: "int32",
    });
  }
  return codes;
}

export function decodeNpy(bytes: Uint8Array, file = "npy"): NpyArray {
  const { type, shape, start } = parseNpyHeader(bytes, file);
  const [, order, kind] = /^([<>|=])(.*)$/.exec(type) ?? [];
  const reader = kind === undefined ? undefined : readers[kind];
  if (reader === undefined) {
    throw new Problem("formats/npy-type", { file, found: type, expected: npyTypes });
  }
  const length = shape.reduce((product, side) => product * side, 1);
  const size = Number(kind.slice(1));
  const expected = length * size;
  if (bytes.byteLength - start < expected) {
    throw cutShort(file, expected, bytes.byteLength - start);
  }
  if (order !== ">") return { shape, values: reader(bytes, { offset: start, length }) };
  const turned = swapped(bytes.subarray(start, start + expected), size);
  return { shape, values: reader(turned, { offset: 0, length }) };
}

type Read = (bytes: Uint8Array, at: { offset: number; length: number }) => Numbers;

const readers: Readonly<Record<string, Read>> = {
  f2: (bytes, at) => fromFloat16(numbersAt(Uint16Array, bytes, at)),
  f4: (bytes, at) => numbersAt(Float32Array, bytes, at),
  f8: (bytes, at) => numbersAt(Float64Array, bytes, at),
  i1: (bytes, at) => numbersAt(Int8Array, bytes, at),
  i2: (bytes, at) => numbersAt(Int16Array, bytes, at),
  i4: (bytes, at) => numbersAt(Int32Array, bytes, at),
  i8: (bytes, at) => numbersAt(BigInt64Array, bytes, at),
  u1: (bytes, at) => numbersAt(Uint8Array, bytes, at),
  u2: (bytes, at) => numbersAt(Uint16Array, bytes, at),
  u4: (bytes, at) => numbersAt(Uint32Array, bytes, at),
  u8: (bytes, at) => numbersAt(BigUint64Array, bytes, at),
  b1: (bytes, at) => numbersAt(Uint8Array, bytes, at),
};
