/** Numbers as they lie in files (little-endian, as on every machine that Node runs well on). */

export type Numbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

type Construct<T> = {
  new (buffer: ArrayBufferLike, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
};

/** `length` numbers at `offset` of `bytes`: a view where they are aligned, else a copy. */
export function numbersAt<T>(
  construct: Construct<T>,
  bytes: Uint8Array,
  { offset, length }: { offset: number; length: number },
): T {
  const size = construct.BYTES_PER_ELEMENT;
  const start = bytes.byteOffset + offset;
  if (start % size === 0) return new construct(bytes.buffer, start, length);
  return new construct(bytes.slice(offset, offset + length * size).buffer, 0, length);
}

/** The same numbers with the bytes of each in reverse, for files of the other byte order. */
export function swapped(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.byteLength);
  for (let i = 0; i < bytes.byteLength; i += size) {
    for (let j = 0; j < size; j++) out[i + j] = bytes[i + size - 1 - j];
  }
  return out;
}

/** bfloat16 is the upper half of a float32. */
export function fromBfloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i] << 16;
  return new Float32Array(bits.buffer);
}

/** IEEE 754 binary16: one sign bit, five of exponent, ten of fraction. */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** The bytes under a typed array. */
export function bytesOf(values: Numbers): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
