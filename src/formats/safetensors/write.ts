/** Tensors into a safetensors file, laid out as the format's own library does it. */
import { type AtomicOptions, writeFileAtomically } from "../atomic-file/index.ts";
import { bytesOf, type Numbers } from "../bytes/index.ts";
import { elementSizes } from "./header.ts";
import type { StoredTensor } from "./read.ts";

export interface TensorsToStore {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Writes the file in one step: it is there whole or not at all. */
export function writeSafetensors(
  path: string,
  content: TensorsToStore,
  options: AtomicOptions = {},
): boolean {
  return writeFileAtomically(path, encodeSafetensors(content), options);
}

/**
 * The file as parts to be written one after another; the tensors are not copied. Wide types come
 * first and the header is filled up to a multiple of eight, so that every tensor is aligned. Equal
 * contents give equal bytes, whatever the order of the names.
 */
export function encodeSafetensors({ tensors, metadata }: TensorsToStore): Uint8Array[] {
  const inOrder = Object.entries(tensors)
    .map(([name, { shape, values }]) => ({ name, shape, values, dtype: typeOf(values) }))
    .sort((a, b) => elementSizes[b.dtype] - elementSizes[a.dtype] || (a.name < b.name ? -1 : 1));
  let end = 0;
  const header: [string, unknown][] = [];
  if (metadata !== undefined) header.push(["__metadata__", sortedByName(metadata)]);
  for (const { name, shape, values, dtype } of inOrder) {
    const length = shape.reduce((product, side) => product * side, 1);
    if (length !== values.length) {
      throw new RangeError(
        `${name}: shape [${shape}] needs ${length} values, not ${values.length}`,
      );
    }
    header.push([name, { dtype, shape, data_offsets: [end, end + values.byteLength] }]);
    end += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const head = Buffer.alloc(8 + Math.ceil(text.byteLength / 8) * 8, " ");
  head.writeBigUInt64LE(BigInt(head.byteLength - 8), 0);
  text.copy(head, 8);
  return [head, ...inOrder.map(({ values }) => bytesOf(values))];
}

function typeOf(values: Numbers): string {
  if (values instanceof Float32Array) return "F32";
  if (values instanceof Float64Array) return "F64";
  if (values instanceof Int8Array) return "I8";
  if (values instanceof Int16Array) return "I16";
  if (values instanceof Int32Array) return "I32";
  if (values instanceof Uint8Array) return "U8";
  if (values instanceof Uint16Array) return "U16";
  if (values instanceof Uint32Array) return "U32";
  if (values instanceof BigInt64Array) return "I64";
  return "U64";
}

function sortedByName(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
