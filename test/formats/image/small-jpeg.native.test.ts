/** Small JPEG by the WebAssembly decoder: which files it takes, and how far it is from sharp. */
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { decodePicture, decodeSmallJpeg } from "../../../src/formats/image/index.ts";

/** Waves of several lengths in each colour, as photos have them. */
function waves(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      pixels[at] = 128 + 90 * Math.sin(x / 9 + y / 17);
      pixels[at + 1] = 128 + 60 * Math.sin(x / 13 - y / 7) + 30 * Math.sin(x / 2.5);
      pixels[at + 2] = 128 + 90 * Math.cos((x * y) / 900);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** From all pixels: sharp, too, halves a JPEG while decoding where it is made much smaller. */
async function bySharp(bytes: Buffer, resolution: number) {
  const whole = await sharp(bytes).png().toBuffer();
  const size = { width: resolution, height: resolution, fit: "outside" } as const;
  const picture = sharp(whole).resize(size).toColourspace("srgb").raw();
  return await picture.toBuffer({ resolveWithObject: true });
}

function differences(a: Uint8Array, b: Uint8Array) {
  let [sum, most] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    sum += difference;
    most = Math.max(most, difference);
  }
  return { mean: sum / a.length, most };
}

const samplings = ["4:2:0", "4:4:4"];

describe("at the working resolution", () => {
  it.each(samplings)("gives the very bytes of sharp (%s)", async (chromaSubsampling) => {
    const bytes = await waves(171, 128).jpeg({ quality: 90, chromaSubsampling }).toBuffer();
    const decoded = await decodePicture(bytes, 128);
    const { data } = await bySharp(bytes, 128);
    expect(decoded.scaledBy).toBe("turbojpeg");
    expect(differences(decoded.pixels, data)).toEqual({ mean: 0, most: 0 });
  });
});

describe("made smaller", () => {
  const sizes = [
    [128, 128, 64],
    [171, 128, 64],
    [127, 190, 48],
    [200, 131, 64],
    [500, 400, 64],
    [333, 512, 20],
    [333, 512, 32],
    [100, 100, 64],
    [97, 128, 96],
    [300, 301, 200],
  ] as const;
  it.each(sizes)(
    "%i × %i to %i has sharp's size and nearly its bytes, far from a shift by one pixel",
    async (w, h, resolution) => {
      const bytes = await waves(w, h).jpeg({ quality: 90 }).toBuffer();
      const decoded = await decodePicture(bytes, resolution);
      const { data, info } = await bySharp(bytes, resolution);
      expect(decoded).toMatchObject({ scaledBy: "turbojpeg", enlarged: false });
      expect([decoded.width, decoded.height]).toEqual([info.width, info.height]);
      const { mean } = differences(decoded.pixels, data);
      expect(mean).toBeLessThan(4);
      expect(mean).toBeLessThan(differences(data.subarray(0, -3), data.subarray(3)).mean / 6);
    },
  );

  it("keeps grey grey", async () => {
    const bytes = await waves(128, 128).greyscale().jpeg().toBuffer();
    const { pixels, scaledBy } = await decodePicture(bytes, 32);
    expect(scaledBy).toBe("turbojpeg");
    for (let i = 0; i < pixels.length; i += 3) {
      expect([pixels[i + 1], pixels[i + 2]]).toEqual([pixels[i], pixels[i]]);
    }
  });
});

describe("left to sharp", () => {
  const jpeg = (picture = waves(128, 128)) => picture.jpeg();
  const kinds = {
    progressive: () => waves(128, 128).jpeg({ progressive: true }),
    "with Exif": () => jpeg().withExif({ IFD0: { Artist: "x" } }),
    "with a profile": () => jpeg().withIccProfile("p3"),
    CMYK: () => jpeg(waves(128, 128).toColourspace("cmyk")),
    large: () => jpeg(waves(600, 600)),
    "less than twice the resolution and not so small": () => jpeg(waves(330, 330)),
    "to be enlarged": () => jpeg(waves(40, 40)),
    PNG: () => waves(128, 128).png(),
  };
  it.each(Object.entries(kinds))("%s", async (kind, make) => {
    const bytes = await make().toBuffer();
    const resolution = kind.startsWith("less") ? 200 : 64;
    expect(decodeSmallJpeg(bytes, resolution)).toBeUndefined();
    expect((await decodePicture(bytes, resolution)).scaledBy).toBe("sharp");
  });

  it("cut short, and says so; the next picture comes out as ever", async () => {
    const bytes = await waves(128, 128).jpeg().toBuffer();
    const before = decodeSmallJpeg(bytes, 64)?.pixels.slice();
    for (const part of [0.3, 0.6, 0.95]) {
      const cut = bytes.subarray(0, part * bytes.length);
      expect(decodeSmallJpeg(cut, 64)).toBeUndefined();
      await expect(decodePicture(cut, 64)).rejects.toMatchObject({
        code: "formats/picture-broken",
      });
    }
    expect(decodeSmallJpeg(bytes, 64)?.pixels).toEqual(before);
  });

  it("damaged at any place: refused or decoded, never a disturbed neighbour", async () => {
    const bytes = await waves(128, 128).jpeg().toBuffer();
    const before = decodeSmallJpeg(bytes, 64)?.pixels.slice();
    for (let at = 2; at < bytes.length; at += 7) {
      const damaged = Buffer.from(bytes);
      damaged[at] ^= 0xff;
      try {
        decodeSmallJpeg(damaged, 64);
      } catch (cause) {
        expect(cause).toHaveProperty("code");
      }
    }
    expect(decodeSmallJpeg(bytes, 64)?.pixels).toEqual(before);
  });
});
