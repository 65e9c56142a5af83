/** The header of an .npy file (NumPy's `lib.format`): type, order, shape. */
import { Problem } from "../../base/index.ts";

export interface NpyHeader {
  /** Such as `<f4`: byte order, kind, bytes per element. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly start: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  if (bytes.byteLength < 10 || magic.some((byte, i) => bytes[i] !== byte)) {
    throw new Problem("formats/not-npy", { file });
  }
  const [major, minor] = [bytes[6], bytes[7]];
  if (major < 1 || major > 3) {
    const found = `${major}.${minor}`;
    throw new Problem("formats/npy-version", { file, found, expected: "1.0, 2.0, 3.0" });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = major > 1;
  if (long && bytes.byteLength < 12) throw cutShort(file, 12, bytes.byteLength);
  const start = long ? 12 + view.getUint32(8, true) : 10 + view.getUint16(8, true);
  if (start > bytes.byteLength) throw cutShort(file, start, bytes.byteLength);
  const text = Buffer.from(bytes.subarray(long ? 12 : 10, start)).toString(
    major === 3 ? "utf8" : "latin1",
  );
  // A Python literal, always these three members; a list of fields instead of a type is not read.
  const type = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  if (/'descr'\s*:\s*\[/.test(text)) {
    throw new Problem("formats/npy-type", {
      file,
      found: "a record of fields",
      expected: npyTypes,
    });
  }
  if (type === undefined || fortran === undefined || shape === undefined) {
    throw new Problem("formats/npy-header", { file, found: text.trim().slice(0, 100) });
  }
  const sides = shape.match(/\d+/g)?.map(Number) ?? [];
  // With at most one side longer than 1 both orders are the same bytes.
  if (fortran === "True" && sides.filter((side) => side !== 1).length > 1) {
    throw new Problem("formats/npy-fortran-order", { file });
  }
  return { type, shape: sides, start };
}

export const npyTypes =
  "float32, float64, float16, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool";

/** The header as NumPy writes it: version 1.0, filled up so that the numbers begin at 64 · n. */
export function npyHeader(type: string, shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sides}), }`;
  const head = Buffer.alloc(Math.ceil((10 + text.length + 1) / 64) * 64, " ", "latin1");
  Buffer.from([...magic, 1, 0]).copy(head);
  head.writeUInt16LE(head.byteLength - 10, 8);
  head.write(text, 10, "latin1");
  head.write("\n", head.byteLength - 1, "latin1");
  return head;
}

export function cutShort(file: string, expected: number, found: number): Problem {
  return new Problem("formats/npy-cut-short", { file, expected, found });
}
