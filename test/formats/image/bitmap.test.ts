/** Bitmaps written out byte by byte: every depth, both row orders, runs, fields, short files. */
import { describe, expect, it } from "vitest";
import { decodeBitmap } from "../../../src/formats/image/bitmap.ts";

interface Made {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  /** Blue, green, red, 0 for each colour; or masks. */
  readonly table?: readonly number[];
  readonly data: readonly number[];
}

function bitmap({ width, height, bits, compression = 0, table = [], data }: Made): Buffer {
  const head = Buffer.alloc(54);
  head.write("BM", 0, "latin1");
  head.writeUInt32LE(54 + table.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  head.writeUInt32LE(bits <= 8 ? table.length / 4 : 0, 46);
  return Buffer.concat([head, Buffer.from(table), Buffer.from(data)]);
}

const [red, green, blue, white] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
];
const colours = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];
const word = (value: number) => [
  value & 255,
  (value >> 8) & 255,
  (value >> 16) & 255,
  (value >>> 24) & 255,
];

const cases: [string, Made, number[][]][] = [
  [
    "24 bits, rows from below, padded",
    { width: 1, height: 2, bits: 24, data: [255, 0, 0, 0, 0, 0, 255, 0] },
    [red, blue],
  ],
  [
    "24 bits, rows from above",
    { width: 1, height: -2, bits: 24, data: [255, 0, 0, 0, 0, 0, 255, 0] },
    [blue, red],
  ],
  [
    "32 bits, fourth byte ignored",
    { width: 2, height: 1, bits: 32, data: [0, 0, 255, 0, 255, 0, 0, 0] },
    [red, blue],
  ],
  [
    "16 bits, five each",
    { width: 2, height: 1, bits: 16, data: [0x00, 0x7c, 0xe0, 0x03] },
    [red, green],
  ],
  [
    "16 bits, fields of 5, 6, 5",
    {
      width: 2,
      height: 1,
      bits: 16,
      compression: 3,
      table: [...word(0xf800), ...word(0x07e0), ...word(0x001f)],
      data: [0x00, 0xf8, 0xe0, 0x07],
    },
    [red, green],
  ],
  [
    "32 bits, fields in another order",
    {
      width: 1,
      height: 1,
      bits: 32,
      compression: 3,
      table: [...word(0xff), ...word(0xff00), ...word(0xff0000)],
      data: [255, 0, 0, 0],
    },
    [red],
  ],
  [
    "8 bits",
    { width: 3, height: 1, bits: 8, table: colours, data: [0, 2, 1, 0] },
    [red, blue, green],
  ],
  [
    "4 bits",
    { width: 3, height: 1, bits: 4, table: colours, data: [0x02, 0x10, 0, 0] },
    [red, blue, green],
  ],
  [
    "1 bit",
    { width: 3, height: 1, bits: 1, table: colours.slice(0, 8), data: [0b01000000, 0, 0, 0] },
    [red, green, red],
  ],
  [
    "runs of 8 bits: encoded, literal with padding, end of line, skip",
    {
      width: 3,
      height: 2,
      bits: 8,
      compression: 1,
      table: colours,
      data: [3, 2, 0, 0, 0, 3, 1, 3, 1, 0, 0, 1],
    },
    [green, white, green, blue, blue, blue],
  ],
  [
    "runs of 4 bits alternate",
    {
      width: 4,
      height: 1,
      bits: 4,
      compression: 2,
      table: colours,
      data: [3, 0x12, 0, 2, 0, 0, 1, 0x30, 0, 1],
    },
    [green, blue, green, white],
  ],
];

describe("bitmap", () => {
  it.each(cases)("%s", (_name, made, expected) => {
    const { pixels, width, height } = decodeBitmap(bitmap(made));
    expect([width, height]).toEqual([made.width, Math.abs(made.height)]);
    expect([...pixels]).toEqual(expected.flat());
  });

  it("refuses what is cut short, by header alone where rows are missing", () => {
    const whole = bitmap({ width: 4000, height: 4000, bits: 24, data: [1, 2, 3] });
    for (const bytes of [whole, whole.subarray(0, 30), whole.subarray(0, 54)]) {
      expect(() => decodeBitmap(bytes)).toThrow("formats/picture-broken");
    }
  });

  it("refuses sizes and compressions", () => {
    const huge = bitmap({ width: 30_000, height: 30_000, bits: 24, data: [] });
    expect(() => decodeBitmap(huge)).toThrow("formats/picture-too-large");
    const jpeg = bitmap({ width: 1, height: 1, bits: 24, compression: 4, data: [] });
    expect(() => decodeBitmap(jpeg)).toThrow("formats/picture-unsupported");
    const none = bitmap({ width: 0, height: 5, bits: 24, data: [] });
    expect(() => decodeBitmap(none)).toThrow("formats/picture-broken");
  });
});
