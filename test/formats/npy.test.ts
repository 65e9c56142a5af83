/** .npy against bytes written out by hand from the format's specification (numpy.lib.format). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  decodeNpy,
  encodeNpy,
  readNpy,
  readNpyCodes,
  readNpyMatrix,
  writeNpy,
} from "../../src/formats/npy/index.ts";
import { codeOf } from "../code-of.ts";

const folder = mkdtempSync(join(tmpdir(), "npy-"));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Version 1.0: 93 "NUMPY" 01 00, then the header's length as uint16, little-endian, then the
 * literal, filled with blanks and ended by a newline so that magic + length + header is 64 · n.
 */
function file(dict: string, data: number[], version = [1, 0]): Uint8Array {
  const prefix = version[0] === 1 ? 10 : 12;
  const total = Math.ceil((prefix + dict.length + 1) / 64) * 64;
  const header = `${dict.padEnd(total - prefix - 1)}\n`;
  const length = version[0] === 1 ? [header.length, 0] : [header.length, 0, 0, 0];
  const text = [...header].map((letter) => letter.charCodeAt(0));
  return Uint8Array.from([0x93, 78, 85, 77, 80, 89, ...version, ...length, ...text, ...data]);
}

const c = (type: string, shape: string) =>
  `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;

// 1.0 = 3f800000, -2.0 = c0000000, 0.5 = 3f000000 in IEEE 754 single precision.
const singles = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f];

describe("reading .npy", () => {
  it.each([
    ["<f4", singles, [1, -2, 0.5]],
    [">f4", [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0, 0x3f, 0, 0, 0], [1, -2, 0.5]],
    [
      "<f8",
      [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f],
      [1, -2, 0.5],
    ],
    ["<f2", [0, 0x3c, 0, 0xc0, 1, 0], [1, -2, 2 ** -24]],
    ["|i1", [1, 254, 127], [1, -2, 127]],
    ["|u1", [1, 254, 127], [1, 254, 127]],
    ["<i2", [1, 0, 254, 255, 0, 1], [1, -2, 256]],
    ["<i4", [1, 0, 0, 0, 254, 255, 255, 255, 0, 0, 1, 0], [1, -2, 65536]],
    [
      "<i8",
      [1, 0, 0, 0, 0, 0, 0, 0, 254, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 1, 0, 0, 0],
      [1n, -2n, 2n ** 32n],
    ],
    ["|b1", [1, 0, 1], [1, 0, 1]],
  ])("%s", (type, data, expected) => {
    const { shape, values } = decodeNpy(file(c(type, "(3,)"), data));
    expect(shape).toEqual([3]);
    expect([...values]).toEqual(expected);
  });

  it("reads versions 2.0 and 3.0, scalars and empty arrays", () => {
    expect([...decodeNpy(file(c("<f4", "(3,)"), singles, [2, 0])).values]).toEqual([1, -2, 0.5]);
    expect([...decodeNpy(file(c("<f4", "(3,)"), singles, [3, 0])).values]).toEqual([1, -2, 0.5]);
    expect(decodeNpy(file(c("<f4", "()"), [0, 0, 0x80, 0x3f]))).toMatchObject({ shape: [] });
    expect(decodeNpy(file(c("<f4", "(0, 7)"), []))).toMatchObject({ shape: [0, 7] });
  });

  it("copies numbers that are not aligned", () => {
    const bytes = file(c("<f4", "(3,)"), singles);
    const shifted = new Uint8Array(bytes.byteLength + 1);
    shifted.set(bytes, 1);
    expect([...decodeNpy(shifted.subarray(1)).values]).toEqual([1, -2, 0.5]);
  });

  it("gives a matrix with samples as rows, and codes from any whole type", () => {
    const matrix = join(folder, "matrix.npy");
    writeFileSync(matrix, file(c("|i1", "(2, 3)"), [1, 2, 3, 4, 5, 6]));
    const { rows, columns, values } = readNpyMatrix(matrix);
    expect([rows, columns, [...values]]).toEqual([2, 3, [1, 2, 3, 4, 5, 6]]);
    const codes = join(folder, "codes.npy");
    writeNpy(codes, { shape: [3], values: BigInt64Array.from([4n, -1n, 0n]) });
    expect([...readNpyCodes(codes)]).toEqual([4, -1, 0]);
    writeNpy(codes, { shape: [2], values: Float64Array.from([1, 1.5]) });
    expect(codeOf(() => readNpyCodes(codes))).toBe("formats/npy-type");
    expect(codeOf(() => readNpyMatrix(codes))).toBe("formats/npy-shape");
  });

  it.each([
    ["formats/not-npy", Uint8Array.from([80, 75, 3, 4, 0, 0, 0, 0, 0, 0, 0])],
    ["formats/not-npy", new Uint8Array(0)],
    ["formats/npy-version", file(c("<f4", "(3,)"), singles, [9, 0])],
    ["formats/npy-type", file(c("|O", "(3,)"), singles)],
    ["formats/npy-type", file(c("<U3", "(1,)"), singles)],
    [
      "formats/npy-type",
      file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }", singles),
    ],
    ["formats/npy-header", file("{'descr': '<f4', 'shape': (3,), }", singles)],
    ["formats/npy-cut-short", file(c("<f4", "(3,)"), singles.slice(1))],
    ["formats/npy-cut-short", file(c("<f4", "(3,)"), []).subarray(0, 40)],
    [
      "formats/npy-fortran-order",
      file("{'descr': '<f4', 'fortran_order': True, 'shape': (3, 2), }", []),
    ],
  ])("refuses with %s", (code, bytes) => {
    expect(codeOf(() => decodeNpy(bytes))).toBe(code);
  });

  it("reads Fortran order where both orders are the same", () => {
    const bytes = file("{'descr': '<f4', 'fortran_order': True, 'shape': (3, 1), }", singles);
    expect([...decodeNpy(bytes).values]).toEqual([1, -2, 0.5]);
  });
});

describe("writing .npy", () => {
  it("gives the bytes of the specification", () => {
    const parts = encodeNpy({ shape: [3], values: Float32Array.from([1, -2, 0.5]) });
    expect(Buffer.concat(parts)).toEqual(Buffer.from(file(c("<f4", "(3,)"), singles)));
    const bytes = encodeNpy({ shape: [1, 2], values: Int8Array.from([1, -2]) });
    expect(Buffer.concat(bytes)).toEqual(Buffer.from(file(c("|i1", "(1, 2)"), [1, 254])));
    const scalar = encodeNpy({ shape: [], values: Uint16Array.from([258]) });
    expect(Buffer.concat(scalar)).toEqual(Buffer.from(file(c("<u2", "()"), [2, 1])));
  });

  it("writes what it reads", () => {
    const path = join(folder, "round.npy");
    const values = Float64Array.from({ length: 12 }, (_, i) => Math.sqrt(i) - 1);
    writeNpy(path, { shape: [2, 3, 2], values });
    expect(readNpy(path)).toEqual({ shape: [2, 3, 2], values });
    expect((readFileSync(path).byteLength - 96) % 64).toBe(0);
  });
});
