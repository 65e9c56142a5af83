/** Where a native libjpeg-turbo is looked for, and the trial that it has to stand. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fork, keyFromSeed } from "../../../src/base/index.ts";
import { findTurbojpeg } from "../../../src/formats/image/turbojpeg/find.ts";
import { firstDifference, trialSize, trials } from "../../../src/formats/image/turbojpeg/trial.ts";
import { decodeByWasm } from "../../../src/formats/image/turbojpeg/wasm.ts";
import { drawnJpeg } from "./drawn-jpeg.ts";

const base = mkdtempSync(join(tmpdir(), "find-turbojpeg-"));
afterAll(() => rmSync(base, { recursive: true }));

describe("findTurbojpeg", () => {
  const [first, second, mac] = ["first", "second", "mac"].map((name) => join(base, name));
  const linux = join(second, "libturbojpeg.so.0");
  for (const folder of [first, second, mac]) mkdirSync(folder);
  writeFileSync(join(first, "libturbojpeg.so"), "");
  writeFileSync(linux, "");
  writeFileSync(join(mac, "libturbojpeg.dylib"), "");
  const nothing = { environment: {} };

  it("takes the first folder's that has one, by the number of its interface", () => {
    expect(findTurbojpeg({ ...nothing, systemFolders: [first, second, mac] })).toEqual({
      path: linux,
      from: "system",
    });
    expect(findTurbojpeg({ ...nothing, systemFolders: [join(base, "absent"), mac] })).toEqual({
      path: join(mac, "libturbojpeg.dylib"),
      from: "system",
    });
    expect(findTurbojpeg({ ...nothing, systemFolders: [first] })).toBeUndefined();
  });

  it("takes what was named, or refuses it; off is off", () => {
    const found = (name: string) =>
      findTurbojpeg({ environment: { TANAFUDA_TURBOJPEG: name }, systemFolders: [second] });
    const named = join(mac, "libturbojpeg.dylib");
    expect(found(named)).toEqual({ path: named, from: "environment" });
    expect(found("off")).toBe("off");
    for (const wrong of [join(base, "absent"), base]) {
      expect(() => found(wrong)).toThrow(
        expect.objectContaining({ code: "formats/jpeg-library-unusable" }),
      );
    }
  });
});

describe("the trial", () => {
  it("has the files that are drawn for it", () => {
    for (const { sampling, bytes } of trials()) {
      const drawn = drawnJpeg({ ...trialSize, sampling }, fork(keyFromSeed(0), sampling));
      expect(bytes.equals(drawn), sampling).toBe(true);
    }
  });

  it("is what the WebAssembly decoder gives", () => {
    expect(firstDifference(decodeByWasm)).toBeUndefined();
  });

  it.each(trials())(
    "finds one byte that differs in $sampling at any scale",
    ({ sampling, bytes }) => {
      for (const width of [10, 19, 38, 75]) {
        const slightlyOther = firstDifference((given, size) => {
          const pixels = decodeByWasm(given, size)?.slice();
          if (pixels && size.width === width && bytes.equals(given)) pixels[pixels.length - 1] ^= 1;
          return pixels;
        });
        expect(slightlyOther).toBe(sampling);
      }
      expect(
        firstDifference((given, size) => {
          return bytes.equals(given) ? undefined : decodeByWasm(given, size);
        }),
      ).toBe(sampling);
    },
  );
});
