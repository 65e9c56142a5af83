/** Any picture file to uint8 RGB at the working resolution, and every refusal. */
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import {
  decodePicture,
  highestSample,
  pictureKind,
  tiffPages,
  whiteFor,
} from "../../../src/formats/image/index.ts";

/** Left half red, right half blue. */
function halves(width: number, height: number, channels: 3 | 4 = 3) {
  const pixels = Buffer.alloc(width * height * channels, 255);
  for (let i = 0; i < width * height; i++) {
    const isLeft = i % width < width / 2;
    pixels.set(isLeft ? [255, 0, 0] : [0, 0, 255], i * channels);
  }
  return sharp(pixels, { raw: { width, height, channels } });
}

function at(decoded: { pixels: Uint8Array; width: number }, x: number, y: number): number[] {
  const start = (y * decoded.width + x) * 3;
  return [...decoded.pixels.subarray(start, start + 3)];
}

/** A 16×16 TIFF of one strip, uncompressed; 32 bits mean floating point. */
function greyTiff(bits: 16 | 32, data: Buffer): Buffer {
  const entries = [
    [256, 16],
    [257, 16],
    [258, bits],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, 16],
    [279, data.length],
    [339, bits === 32 ? 3 : 1],
  ];
  const head = Buffer.from("II*\0\0\0\0\0", "latin1");
  head.writeUInt32LE(8 + data.length, 4);
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length, 0);
  entries.forEach(([tag, value], i) => {
    directory.writeUInt16LE(tag, 2 + 12 * i);
    directory.writeUInt16LE(4, 4 + 12 * i);
    directory.writeUInt32LE(1, 6 + 12 * i);
    directory.writeUInt32LE(value, 10 + 12 * i);
  });
  return Buffer.concat([head, data, directory]);
}

function near(found: number[], expected: number[], tolerance = 6) {
  for (let c = 0; c < 3; c++)
    expect(Math.abs(found[c] - expected[c])).toBeLessThanOrEqual(tolerance);
}

describe("kinds", () => {
  const kinds = {
    jpeg: () => halves(40, 20).jpeg({ quality: 100, chromaSubsampling: "4:4:4" }),
    "progressive jpeg": () =>
      halves(40, 20).jpeg({ quality: 100, chromaSubsampling: "4:4:4", progressive: true }),
    png: () => halves(40, 20).png(),
    "palette png": () => halves(40, 20).png({ palette: true }),
    webp: () => halves(40, 20).webp({ lossless: true }),
    tiff: () => halves(40, 20).tiff({ compression: "lzw" }),
    gif: () => halves(40, 20).gif(),
    avif: () => halves(40, 20).avif({ lossless: true }),
  };
  it.each(Object.entries(kinds))("%s", async (_kind, make) => {
    const decoded = await decodePicture(await make().toBuffer(), 10);
    expect([decoded.width, decoded.height, decoded.enlarged]).toEqual([20, 10, false]);
    expect(decoded.pixels).toHaveLength(600);
    near(at(decoded, 3, 5), [255, 0, 0], 12);
    near(at(decoded, 16, 5), [0, 0, 255], 12);
  });
});

describe("size", () => {
  it("keeps the aspect with the shorter side at R, also upright", async () => {
    const { width, height } = await decodePicture(await halves(20, 50).png().toBuffer(), 10);
    expect([width, height]).toEqual([10, 25]);
  });

  it("enlarges small pictures and says so", async () => {
    const decoded = await decodePicture(await halves(8, 4).png().toBuffer(), 16);
    expect([decoded.width, decoded.height, decoded.enlarged]).toEqual([32, 16, true]);
    near(at(decoded, 2, 8), [255, 0, 0]);
  });

  it("leaves pictures of the working resolution untouched", async () => {
    const pixels = Buffer.from(Array.from({ length: 16 * 20 * 3 }, (_, i) => (i * 37) % 256));
    const file = await sharp(pixels, { raw: { width: 20, height: 16, channels: 3 } })
      .png()
      .toBuffer();
    expect(Buffer.from((await decodePicture(file, 16)).pixels).equals(pixels)).toBe(true);
  });
});

describe("modes", () => {
  it("applies EXIF rotation", async () => {
    // 6: the camera was turned; shown upright the left half comes to the top.
    const file = await halves(40, 20).withMetadata({ orientation: 6 }).png().toBuffer();
    const decoded = await decodePicture(file, 20);
    expect([decoded.width, decoded.height]).toEqual([20, 40]);
    near(at(decoded, 10, 5), [255, 0, 0]);
    near(at(decoded, 10, 35), [0, 0, 255]);
  });

  it("lays transparency on white", async () => {
    const pixels = Buffer.alloc(16 * 16 * 4);
    for (let i = 0; i < 256; i++) pixels.set([200, 0, 0, i < 128 ? 0 : 255], 4 * i);
    const raw = { width: 16, height: 16, channels: 4 } as const;
    const decoded = await decodePicture(await sharp(pixels, { raw }).png().toBuffer(), 16);
    near(at(decoded, 8, 2), [255, 255, 255], 0);
    near(at(decoded, 8, 13), [200, 0, 0], 0);
  });

  it("makes grey RGB, with and without transparency", async () => {
    const grey = sharp(Buffer.alloc(256, 90), { raw: { width: 16, height: 16, channels: 1 } });
    const plain = await decodePicture(await grey.clone().toColourspace("b-w").png().toBuffer(), 16);
    near(at(plain, 3, 3), [90, 90, 90], 0);
    const pixels = Buffer.from(Array.from({ length: 512 }, (_, i) => (i % 2 === 0 ? 90 : 0)));
    const raw = { width: 16, height: 16, channels: 2 } as const;
    const file = await sharp(pixels, { raw }).toColourspace("b-w").png().toBuffer();
    near(at(await decodePicture(file, 16), 3, 3), [255, 255, 255], 0);
  });

  it("keeps the upper 8 of 16 bits", async () => {
    const values = new Uint16Array(256).fill(0x5a80);
    const raw = { width: 16, height: 16, channels: 1 } as const;
    const png = await sharp(values, { raw }).toColourspace("grey16").png().toBuffer();
    for (const file of [png, greyTiff(16, Buffer.from(values.buffer))]) {
      expect((await sharp(file).metadata()).depth).toBe("ushort");
      near(at(await decodePicture(file, 16), 5, 5), [90, 90, 90], 1);
    }
  });

  it("divides 10 and 12 bits in 16 by the dataset's white", async () => {
    expect([0, 1023, 1024, 4095, 4096, 16_383, 65_535].map(whiteFor)).toEqual([
      ...[1023, 1023, 4095, 4095, 16_383, 16_383, 65_535],
    ]);
    const values = Uint16Array.from({ length: 256 }, (_, i) => (i < 128 ? 4095 : 819));
    const raw = { width: 16, height: 16, channels: 1 } as const;
    const png = await sharp(values, { raw }).toColourspace("grey16").png().toBuffer();
    for (const file of [png, greyTiff(16, Buffer.from(values.buffer))]) {
      expect(await highestSample(file)).toBe(4095);
      const decoded = await decodePicture(file, 16, { white: 4095 });
      expect([at(decoded, 5, 2), at(decoded, 5, 13)]).toEqual([
        [255, 255, 255],
        [51, 51, 51],
      ]);
      expect(decoded.clipped).toBeUndefined();
      expect((await decodePicture(file, 16, { white: 1023 })).clipped).toBe(true);
    }
  });

  it("lays transparency on the declared colour, 8 and 16 bits deep", async () => {
    const background = "#102030";
    const shallow = Buffer.alloc(16 * 16 * 4, 0);
    const deep = new Uint16Array(16 * 16 * 4).fill(0);
    for (let i = 0; i < 256; i++) deep.set([1000, 2000, 4095, i < 128 ? 0 : 65_535], 4 * i);
    const raw = { width: 16, height: 16, channels: 4 } as const;
    const plain = await sharp(shallow, { raw }).png().toBuffer();
    expect(at(await decodePicture(plain, 16, { background }), 8, 8)).toEqual([16, 32, 48]);
    const file = await sharp(deep, { raw }).toColourspace("rgb16").png().toBuffer();
    expect(await highestSample(file)).toBe(4095);
    const decoded = await decodePicture(file, 16, { background, white: 4095 });
    expect([at(decoded, 8, 2), at(decoded, 8, 13)]).toEqual([
      [16, 32, 48],
      [62, 125, 255],
    ]);
  });

  it("brings 16-bit colour with transparency to white paper", async () => {
    const values = new Uint16Array(256 * 4).fill(0);
    const raw = { width: 16, height: 16, channels: 4 } as const;
    const file = await sharp(values, { raw }).toColourspace("rgb16").png().toBuffer();
    near(at(await decodePicture(file, 16), 5, 5), [255, 255, 255], 0);
  });

  it("converts CMYK", async () => {
    const file = await halves(32, 16).toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(file).metadata()).space).toBe("cmyk");
    const decoded = await decodePicture(file, 16);
    const [r, g, b] = at(decoded, 4, 8);
    expect(r).toBeGreaterThan(180);
    expect(Math.max(g, b)).toBeLessThan(90);
  });

  it("takes the first of several pages", async () => {
    const frames = Buffer.alloc(16 * 32 * 3);
    frames.fill(255, 16 * 16 * 3);
    const raw = { width: 16, height: 32, channels: 3, pageHeight: 16 } as const;
    const decoded = await decodePicture(await sharp(frames, { raw }).gif().toBuffer(), 16);
    expect([decoded.width, decoded.height]).toEqual([16, 16]);
    near(at(decoded, 8, 8), [0, 0, 0]);
  });
});

describe("pages of a TIFF", () => {
  it("are each decoded, as sharp wrote them", async () => {
    const plain = (red: number) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background: { r: red, g: 0, b: 0 } } })
        .png()
        .toBuffer();
    const pages = await Promise.all([10, 20, 30].map(plain));
    const file = await sharp(pages, { join: { animated: true } })
      .tiff({ compression: "none" })
      .toBuffer();
    const found = tiffPages(file);
    expect(found).toEqual([0, 1, 2].map((page) => ({ page, bits: 8 })));
    for (const { page } of found) {
      expect(at(await decodePicture(file, 10, { page }), 5, 5)).toEqual([10 * (page + 1), 0, 0]);
    }
  });

  it("leave out thumbnails and masks, bear big-endian, BigTIFF, loops and broken files", () => {
    const grey = greyTiff(16, Buffer.alloc(512));
    expect(tiffPages(grey)).toEqual([{ page: 0, bits: 16 }]);
    expect(tiffPages(directories("MM", [0, 1, 4, 0]))).toEqual([
      { page: 0, bits: 1 },
      { page: 3, bits: 1 },
    ]);
    expect(tiffPages(directories("II", [0, 0], { loops: true }))).toHaveLength(2);
    expect(tiffPages(grey.subarray(0, 100))).toEqual([]);
    const big = Buffer.alloc(16 + 8 + 20 + 8);
    big.write("II+\0\x08\0\0\0\x10", 0, "latin1");
    big.writeUInt16LE(1, 16);
    big.writeUInt16LE(258, 24);
    big.writeUInt16LE(3, 26);
    big.writeUInt16LE(1, 28);
    big.writeUInt16LE(12, 36);
    expect(tiffPages(big)).toEqual([{ page: 0, bits: 12 }]);
  });
});

/** A chain of directories of one entry, NewSubfileType. */
function directories(order: "II" | "MM", types: number[], { loops = false } = {}): Buffer {
  const bytes = Buffer.alloc(8 + 18 * types.length);
  const isLittle = order === "II";
  const short = (value: number, at: number) =>
    isLittle ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  bytes.write(order, "latin1");
  short(42, 2);
  long(8, 4);
  types.forEach((type, i) => {
    const start = 8 + 18 * i;
    const last = loops ? 8 : 0;
    short(1, start);
    short(254, start + 2);
    short(4, start + 4);
    long(1, start + 6);
    long(type, start + 10);
    long(i === types.length - 1 ? last : start + 18, start + 14);
  });
  return bytes;
}

describe("refusals", () => {
  /** Noise, so that the file is long and a cut in the middle loses pixels. */
  const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * i * 31 + i) % 251));
  const picture = () => sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });
  const whole = {
    jpeg: () => picture().jpeg().toBuffer(),
    png: () => picture().png().toBuffer(),
    webp: () => picture().webp().toBuffer(),
    tiff: () => picture().tiff({ compression: "none" }).toBuffer(),
    gif: () => picture().gif().toBuffer(),
  };
  it.each(Object.entries(whole))("%s cut short anywhere", async (_kind, make) => {
    const bytes = await make();
    for (const part of [0.02, 0.3, 0.7]) {
      const cut = bytes.subarray(0, Math.max(20, Math.floor(bytes.length * part)));
      await expect(decodePicture(cut, 32)).rejects.toMatchObject({
        code: "formats/picture-broken",
      });
    }
  });

  it("bears rubbish after the end of a picture", async () => {
    const bytes = Buffer.concat([await whole.jpeg(), Buffer.alloc(500, 7)]);
    expect((await decodePicture(bytes, 32)).width).toBe(32);
  });

  it("refuses 30,000 × 30,000 by its header, without taking the memory", async () => {
    const file = await sharp(Buffer.alloc(3), { raw: { width: 1, height: 1, channels: 3 } })
      .png()
      .toBuffer();
    file.writeUInt32BE(30_000, 16);
    file.writeUInt32BE(30_000, 20);
    await expect(decodePicture(file, 32)).rejects.toMatchObject({
      code: "formats/picture-too-large",
      values: { width: 30_000, megapixels: 900 },
    });
  });

  it("refuses strips that would grow without bound", async () => {
    await expect(decodePicture(await halves(2000, 2).png().toBuffer(), 32)).rejects.toMatchObject({
      code: "formats/picture-too-narrow",
    });
  });

  it("names kinds that are not decoded, and what is no picture", async () => {
    const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1");
    await expect(decodePicture(heic, 32)).rejects.toMatchObject({
      code: "formats/picture-heic",
    });
    const avif = Buffer.from("\0\0\0\x1cftypmif1\0\0\0\0miafavif", "latin1");
    expect(pictureKind(avif).kind).toBe("avif");
    await expect(
      decodePicture(Buffer.from("BM is how this text begins"), 32),
    ).rejects.toMatchObject({
      code: "formats/picture-broken",
    });
    expect(pictureKind(Buffer.from("hello")).kind).toBeUndefined();
  });

  it("refuses floating point, whose range nobody knows", async () => {
    const file = greyTiff(32, Buffer.from(new Float32Array(256).fill(0.5).buffer));
    await expect(decodePicture(file, 16)).rejects.toMatchObject({
      code: "formats/picture-unsupported",
    });
  });
});
