/** safetensors against bytes written out by hand from the format's description. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  decodeSafetensors,
  encodeSafetensors,
  readSafetensors,
  writeSafetensors,
} from "../../src/formats/safetensors/index.ts";
import { codeOf, problemOf } from "../code-of.ts";

const folder = mkdtempSync(join(tmpdir(), "safetensors-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Eight bytes of header length (little-endian), the header, the data. */
function file(header: string, data: number[]): Uint8Array {
  const text = [...Buffer.from(header)];
  return Uint8Array.from([text.length & 255, text.length >> 8, 0, 0, 0, 0, 0, 0, ...text, ...data]);
}

describe("reading safetensors", () => {
  it("reads every type, with metadata, aligned or not", () => {
    const header = JSON.stringify({
      __metadata__: { format: "pt", 名: "値" },
      byte: { dtype: "U8", shape: [1], data_offsets: [0, 1] },
      single: { dtype: "F32", shape: [1, 2], data_offsets: [1, 9] },
      half: { dtype: "F16", shape: [2], data_offsets: [9, 13] },
      brain: { dtype: "BF16", shape: [2], data_offsets: [13, 17] },
      long: { dtype: "I64", shape: [], data_offsets: [17, 25] },
      nothing: { dtype: "F64", shape: [0, 3], data_offsets: [25, 25] },
      truth: { dtype: "BOOL", shape: [2], data_offsets: [25, 27] },
    });
    const content = decodeSafetensors(
      file(
        header,
        [
          7, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0x3c, 1, 0, 0x80, 0x3f, 0, 0xc0, 254, 255, 255,
          255, 255, 255, 255, 255, 1, 0,
        ],
      ),
    );
    expect(content.metadata).toEqual({ format: "pt", 名: "値" });
    const read = (name: string) => [...content.tensor(name).values];
    expect(read("byte")).toEqual([7]);
    expect(content.tensor("single")).toEqual({ shape: [1, 2], values: Float32Array.of(1, -2) });
    expect(read("half")).toEqual([1, 2 ** -24]);
    expect(read("brain")).toEqual([1, -2]);
    expect(read("long")).toEqual([-2n]);
    expect(content.tensor("nothing").shape).toEqual([0, 3]);
    expect(read("truth")).toEqual([1, 0]);
    expect(content.has("absent")).toBe(false);
    expect(problemOf(() => content.tensor("absent")).values).toMatchObject({ tensor: "absent" });
    expect(codeOf(() => content.float32("byte"))).toBe("formats/safetensors-type");
  });

  const one = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  it.each([
    ["formats/safetensors-cut-short", file(one, [0, 0, 0])],
    ["formats/safetensors-cut-short", file(one, []).subarray(0, 30)],
    ["formats/safetensors-cut-short", Uint8Array.of(1, 2, 3)],
    ["formats/safetensors-header", file(one, [0, 0, 0, 0, 0])],
    ["formats/safetensors-header", file("{no json", [])],
    ["formats/safetensors-header", file("[1]", [])],
    ["formats/safetensors-header", file('{"a":{"dtype":"F32","shape":[1]}}', [])],
    ["formats/safetensors-header", file(one.replace("[1]", "[2]"), [0, 0, 0, 0])],
    ["formats/safetensors-header", file(one.replace("[0,4]", "[1,5]"), [0, 0, 0, 0, 0])],
    ["formats/safetensors-header", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x7f)],
  ])("refuses with %s", (code, bytes) => {
    expect(codeOf(() => decodeSafetensors(bytes))).toBe(code);
  });

  it("refuses a type that it does not know, by name", () => {
    const content = decodeSafetensors(
      file('{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}', [0]),
    );
    expect(problemOf(() => content.tensor("a")).values).toMatchObject({ found: "F8_E4M3" });
  });
});

describe("writing safetensors", () => {
  it("gives wide types first, then names in order, aligned to eight bytes", () => {
    const parts = encodeSafetensors({
      tensors: {
        z: { shape: [1], values: Float32Array.of(1) },
        small: { shape: [2], values: Uint8Array.of(5, 6) },
        a: { shape: [1, 1], values: Float32Array.of(-2) },
        wide: { shape: [], values: Float64Array.of(0.5) },
      },
      metadata: { b: "2", a: "1" },
    });
    const text =
      '{"__metadata__":{"a":"1","b":"2"},' +
      '"wide":{"dtype":"F64","shape":[],"data_offsets":[0,8]},' +
      '"a":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]},' +
      '"z":{"dtype":"F32","shape":[1],"data_offsets":[12,16]},' +
      '"small":{"dtype":"U8","shape":[2],"data_offsets":[16,18]}}';
    const padded = text.padEnd(Math.ceil(text.length / 8) * 8);
    const length = Buffer.alloc(8);
    length.writeUInt32LE(padded.length);
    const data = [0, 0, 0, 0, 0, 0, 0xe0, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0x80, 0x3f, 5, 6];
    const expected = Buffer.concat([length, Buffer.from(padded), Buffer.from(data)]);
    expect(Buffer.concat(parts).toString("hex")).toBe(expected.toString("hex"));
  });

  it("writes what it reads, and refuses a shape that does not fit", () => {
    const path = join(folder, "round.safetensors");
    const weights = Float32Array.from({ length: 6 }, (_, i) => i / 7);
    const tensors = {
      weights: { shape: [2, 3], values: weights },
      step: { shape: [], values: BigInt64Array.of(2n ** 40n) },
    };
    writeSafetensors(path, { tensors });
    const content = readSafetensors(path);
    expect(content.float32("weights")).toEqual(weights);
    expect(content.tensor("step").values).toEqual(BigInt64Array.of(2n ** 40n));
    expect(() =>
      encodeSafetensors({ tensors: { a: { shape: [2], values: Uint8Array.of(1) } } }),
    ).toThrow("needs 2 values");
    // A checkpoint that lost its end is refused with its name.
    writeFileSync(path, readFileSync(path).subarray(0, -1));
    expect(problemOf(() => readSafetensors(path)).values).toMatchObject({ file: path });
  });
});
