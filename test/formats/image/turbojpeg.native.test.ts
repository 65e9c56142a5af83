/** A native libjpeg-turbo gives the very bytes of the WebAssembly one, and is refused where it cannot. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import { decodeSmallJpeg } from "../../../src/formats/image/index.ts";
import { chooseTurbojpeg, examineTurbojpeg } from "../../../src/formats/image/turbojpeg/choose.ts";
import { scaledSide } from "../../../src/formats/image/turbojpeg/eighths.ts";
import { type NativeDecoder, openNative } from "../../../src/formats/image/turbojpeg/native.ts";
import { decodeByWasm } from "../../../src/formats/image/turbojpeg/wasm.ts";
import { mutate, mutations } from "../../hostile/mutate.ts";
import { drawnJpeg, samplings } from "./drawn-jpeg.ts";
import { noTurbojpeg, turbojpeg } from "./turbojpeg-library.ts";

const koffi: typeof import("koffi") = createRequire(import.meta.url)("koffi");
afterEach(() => vi.restoreAllMocks());

/** Counts calls of native functions by name; `spoil` changes a byte of every picture. */
function countCalls(): { calls: Record<string, number>; spoil: boolean } {
  const counted = { calls: {} as Record<string, number>, spoil: false };
  const { load } = koffi;
  vi.spyOn(koffi, "load").mockImplementation((path) => {
    const library = load(path);
    const func = library.func.bind(library);
    const counting = (name: string, result: string, parameters: string[]) => {
      const call = func(name, result, parameters);
      return (...values: unknown[]) => {
        counted.calls[name] = (counted.calls[name] ?? 0) + 1;
        const answer: unknown = call(...values);
        if (counted.spoil && values[3] instanceof Uint8Array) values[3][0] ^= 1;
        return answer;
      };
    };
    return Object.create(library, { func: { value: counting } });
  });
  return counted;
}

const folder = mkdtempSync(join(tmpdir(), "turbojpeg-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("native libjpeg-turbo", () => {
  if (turbojpeg === undefined) {
    it("decodes as the other does", ({ skip }) => skip(noTurbojpeg));
    return;
  }
  const path = turbojpeg;
  let native: NativeDecoder;
  beforeAll(() => {
    native = openNative(path);
  });
  afterAll(() => native[Symbol.dispose]());

  const expectEqual = (bytes: Buffer, width: number, height: number) => {
    for (const n of [1, 2, 4, 8]) {
      const size = { width: scaledSide(width, n), height: scaledSide(height, n) };
      const [theirs, ours] = [native.decode(bytes, size), decodeByWasm(bytes, size)];
      expect(ours).toBeDefined();
      expect(theirs && ours && Buffer.compare(theirs, ours), `${width} × ${height}, ${n}/8`).toBe(
        0,
      );
    }
  };
  const sides = [1, 7, 8, 9, 16, 17, 31, 33, 64, 65, 130];

  it.each(samplings)("drawn coefficients of %s, at every scale and many sizes", (sampling) => {
    for (const [i, width] of sides.entries()) {
      const height = sides[(3 * i + 2) % sides.length];
      const key = fork(keyFromSeed(1), sampling, width);
      expectEqual(drawnJpeg({ width, height, sampling }, key), width, height);
    }
  });

  it.each(["4:2:0", "4:4:4"])("noise of black and white, coarse and fine (%s)", async (chroma) => {
    const [width, height] = [83, 61];
    const noise = uniform(fork(keyFromSeed(2), chroma), width * height * 3);
    const pixels = Buffer.from(noise.map((value) => (value < 0.5 ? 0 : 255)));
    for (const quality of [1, 20, 95, 100]) {
      const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
      const bytes = await picture.jpeg({ quality, chromaSubsampling: chroma }).toBuffer();
      expectEqual(bytes, width, height);
    }
  });

  const file = drawnJpeg({ width: 70, height: 50, sampling: "4:2:0" }, keyFromSeed(3));
  const made = (bytes: Buffer, decode?: NativeDecoder["decode"]) => {
    try {
      return Buffer.from(decodeSmallJpeg(bytes, 25, decode)?.pixels ?? "left to sharp");
    } catch (cause) {
      return cause;
    }
  };

  it.each(Object.keys(mutations))("is of one mind about damaged files: %s", (kind) => {
    for (let i = 0; i < 60; i++) {
      const damaged = mutate(file, kind, fork(keyFromSeed(4), i));
      const [theirs, ours] = [made(damaged, native.decode), made(damaged)];
      const endsOf = (found: unknown) =>
        found instanceof Buffer ? found.length : { ...(found as object) };
      expect(endsOf(theirs)).toEqual(endsOf(ours));
    }
    expect(made(file, native.decode)).toEqual(made(file));
  });

  it("is of one mind about zeros before the end, which it would not warn of itself", () => {
    const end = Buffer.of(0xff, 0xd9);
    const size = { width: 35, height: 25 };
    const isTaken = Array.from({ length: 12 }, (_, zeros) => {
      const filled = Buffer.concat([file.subarray(0, -2), Buffer.alloc(zeros), end]);
      const theirs = native.decode(filled, size)?.slice();
      expect(theirs).toEqual(decodeByWasm(filled, size));
      return theirs !== undefined;
    });
    expect(isTaken).toEqual([true, true, ...Array(10).fill(false)]);
  });

  it("gives its handle back, and where the pixels differ at once", () => {
    const counted = countCalls();
    openNative(path)[Symbol.dispose]();
    expect(counted.calls).toEqual({ tjInitDecompress: 1, tjDecompress2: 20, tjDestroy: 1 });
    counted.spoil = true;
    expect(() => openNative(path)).toThrow(
      expect.objectContaining({ what: "different", message: "grey" }),
    );
    expect(counted.calls).toMatchObject({ tjInitDecompress: 2, tjDestroy: 2 });
  });

  it("is what is chosen, unless it is off", () => {
    const found = { environment: { TANAFUDA_TURBOJPEG: turbojpeg } };
    expect(examineTurbojpeg(found)).toEqual({
      decoder: "native",
      path: turbojpeg,
      from: "environment",
    });
    expect(chooseTurbojpeg(found)).toBe(turbojpeg);
    const off = { environment: { TANAFUDA_TURBOJPEG: "off" } };
    expect(examineTurbojpeg(off)).toEqual({ decoder: "wasm", why: "off" });
    expect(chooseTurbojpeg(off)).toBeUndefined();
  });
});

describe("a library that cannot be used", () => {
  const text = join(folder, "libturbojpeg.so.0");
  writeFileSync(text, "no library");
  const other = process.platform === "darwin" ? "/usr/lib/libSystem.dylib" : "libc.so.6";

  it("is a Problem where it was named", () => {
    const named = { environment: { TANAFUDA_TURBOJPEG: text } };
    const refused = expect.objectContaining({
      code: "formats/jpeg-library-unusable",
      values: expect.objectContaining({ path: text, what: "unreadable" }),
    });
    expect(() => examineTurbojpeg(named)).toThrow(refused);
    expect(() => chooseTurbojpeg(named)).toThrow(refused);
  });

  it("is passed by where it was only found, and why is told", () => {
    const found = { environment: {}, systemFolders: [folder] };
    expect(examineTurbojpeg(found)).toMatchObject({
      decoder: "wasm",
      why: "unreadable",
      path: text,
    });
    expect(chooseTurbojpeg(found)).toBe(text);
  });

  it.skipIf(process.platform === "win32")("is told from one that is another", () => {
    expect(() => openNative(other)).toThrow(expect.objectContaining({ what: "foreign" }));
  });

  it("is none where there is none", () => {
    const nowhere = { environment: {}, systemFolders: [] };
    expect(examineTurbojpeg(nowhere)).toEqual({ decoder: "wasm", why: "absent" });
    expect(chooseTurbojpeg(nowhere)).toBeUndefined();
  });
});
