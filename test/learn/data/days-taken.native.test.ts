/** Days that cameras wrote into their files: read, kept, and told where there are several. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { type Event, fork, keyFromSeed, systemClock, uniform } from "../../../src/base/index.ts";
import type { DatasetVersion } from "../../../src/formats/documents/index.ts";
import { dayTaken } from "../../../src/formats/image/index.ts";
import { createPackWriter, openPack } from "../../../src/formats/pack/index.ts";
import { detectSource, ingest } from "../../../src/learn/data/index.ts";

const folder = mkdtempSync(join(tmpdir(), "days-"));
const packs = join(folder, "packs");
const pictures = join(folder, "pictures");
mkdirSync(pictures);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function photo(n: number, taken?: string) {
  const pixels = uniform(fork(keyFromSeed(n), "photo"), 8 * 8 * 3).map((v) => 255 * v);
  const raw = { width: 8, height: 8, channels: 3 } as const;
  const made = sharp(Buffer.from(pixels), { raw }).resize(24, 24);
  return taken === undefined ? made : made.withExif({ IFD2: { DateTimeOriginal: taken } });
}

/** A JPEG's first segments, written by hand: Exif in either byte order. */
function exif(text: string, isLittle: boolean): Buffer {
  const tiff = Buffer.alloc(64 + text.length);
  const short = (value: number, at: number) =>
    isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(isLittle ? "II" : "MM", "latin1");
  short(42, 2);
  long(8, 4);
  const entry = (at: number, [tag, type, count, value]: readonly number[]) => {
    short(tag, at);
    short(type, at + 2);
    long(count, at + 4);
    long(value, at + 8);
  };
  short(1, 8);
  entry(10, [0x8769, 4, 1, 26]);
  short(1, 26);
  entry(28, [0x9003, 2, text.length, 64]);
  tiff.write(text, 64, "latin1");
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 8 + tiff.length]);
  return Buffer.concat([head, Buffer.from("Exif\0\0"), tiff]);
}

describe("the day a picture was taken", () => {
  it.each([true, false])("is read in either byte order (little: %s)", (isLittle) => {
    expect(dayTaken(exif("2026:03:14 09:26:53\0", isLittle))).toBe("2026-03-14");
  });

  it("is none where the clock was never set, no such day is, or the block is broken", () => {
    for (const text of [
      "0000:00:00 00:00:00\0",
      "2026:02:30 10:00:00\0",
      "yesterday, at noon \0",
    ]) {
      expect(dayTaken(exif(text, true))).toBeUndefined();
    }
    const whole = exif("2026:03:14 09:26:53\0", true);
    for (let end = 0; end < whole.length - 12; end++) {
      expect(dayTaken(whole.subarray(0, end))).toBeUndefined();
    }
  });

  it("is read from what an encoder writes, and from a TIFF", async () => {
    const taken = photo(1, "2025:12:31 23:59:59");
    expect(dayTaken(await taken.jpeg().toBuffer())).toBe("2025-12-31");
    expect(dayTaken(exif("2025:12:31 23:59:59\0", false).subarray(12))).toBe("2025-12-31");
    expect(dayTaken(await photo(1).jpeg().toBuffer())).toBeUndefined();
  });
});

it("becomes a facet that grows from day to day", async () => {
  const take = async (previous?: DatasetVersion) => {
    const events: Event[] = [];
    const { version } = await ingest(detectSource(pictures), {
      name: "days",
      resolution: 16,
      createPack: (given) => createPackWriter(packs, given),
      openPack: (digest) => openPack(join(packs, digest)),
      clock: systemClock,
      emit: (event) => events.push(event),
      ...(previous && { previous }),
    });
    const told = events.filter((event) => "code" in event && event.code === "data/facet-found");
    return { version, told };
  };
  const write = async (name: string, n: number, taken?: string) =>
    writeFileSync(join(pictures, name), await photo(n, taken).jpeg().toBuffer());
  for (const n of [0, 1, 2]) await write(`a${n}.jpg`, n, "2026:03:14 10:00:00");
  await write("a3.jpg", 3);
  const first = await take();
  expect(first.version.facets).toEqual([
    { name: "day", values: ["2026-03-14"], codes: [0, 0, 0, -1], source: "exif" },
  ]);
  expect(first.told).toEqual([]);
  await write("b0.jpg", 4, "2026:03:15 10:00:00");
  const second = await take(first.version);
  expect(second.version.facets).toEqual([
    { name: "day", values: ["2026-03-14", "2026-03-15"], codes: [0, 0, 0, -1, 1], source: "exif" },
  ]);
  expect(second.told).toMatchObject([{ values: { place: "cameras", count: 2, found: 4 } }]);
});
