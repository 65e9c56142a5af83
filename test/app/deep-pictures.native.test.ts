/** What a first ingest found about 16 bits and pages holds for what is added later. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeEach, describe, expect, it } from "vitest";
import { addData } from "../../src/app/add-data.ts";
import { openStoredPictures } from "../../src/app/dataset.ts";
import { openPlace, type Place } from "./place.ts";

let place: Place;
let folder: string;
beforeEach(() => {
  place = openPlace();
  folder = join(place.cwd, "photos");
  mkdirSync(folder);
  return () => place[Symbol.dispose]();
});

const add = (choices: object = {}) =>
  addData({ path: "photos", resolution: 16, group: "item", ...choices }, place.work());

/** Left half dark, right half of this value. */
async function deep(name: string, value: number): Promise<void> {
  const values = Uint16Array.from({ length: 256 }, (_, i) => (i % 16 < 8 ? 64 : value));
  const raw = { width: 16, height: 16, channels: 1 } as const;
  await sharp(values, { raw }).toColourspace("grey16").png().toFile(join(folder, name));
}

/** The brightest byte of a stored picture. */
function brightest(name: string): number {
  const { document } = place.store().dataset("photos");
  using pictures = openStoredPictures(place.store(), document);
  return Math.max(...pictures.read(document.items.path.indexOf(name)));
}

describe("16-bit pictures", () => {
  it("share the white of the first ingest, and brighter ones are told of", async () => {
    await deep("a.png", 4000);
    await deep("b.png", 2000);
    await add();
    expect(place.store().dataset("photos").document.decoding).toEqual({ white: 4095 });
    // 255 × 4,000 ÷ 4,095 and 255 × 2,000 ÷ 4,095.
    expect([brightest("a.png"), brightest("b.png")]).toEqual([249, 125]);
    await deep("dim.png", 1000);
    await deep("glare.png", 60_000);
    await add();
    expect(place.store().dataset("photos").document.decoding).toEqual({ white: 4095 });
    expect([brightest("dim.png"), brightest("glare.png")]).toEqual([62, 255]);
    const told = place.events.filter(
      (event) => event.type === "notice" && event.code === "data/pictures-clipped",
    );
    expect(told).toMatchObject([{ values: { count: 1, first: "glare.png", white: 4095 } }]);
    expect(place.codes().filter((code) => code === "data/white-found")).toHaveLength(1);
  });

  it("of 16 real bits keep their upper 8, also what is added later", async () => {
    await deep("a.png", 60_000);
    await add();
    expect(place.store().dataset("photos").document.decoding).toEqual({ white: 65_535 });
    await deep("b.png", 4000);
    await add();
    expect(brightest("b.png")).toBe(16);
  });

  it("keep a declared background; another one is refused", async () => {
    await deep("a.png", 4000);
    await add({ background: "#102030" });
    expect(place.store().dataset("photos").document.decoding?.background).toBe("#102030");
    await expect(add({ background: "#ffffff" })).rejects.toThrow("data/setting-frozen");
    await expect(add({ background: "grey", name: "x" })).rejects.toThrow(
      "data/background-unusable",
    );
  });
});

describe("pages", () => {
  const scan = async (name: string, reds: readonly number[]) => {
    const plain = (red: number) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background: { r: red, g: 9, b: 9 } } })
        .png()
        .toBuffer();
    const pages = await Promise.all(reds.map(plain));
    const file = sharp(pages, { join: { animated: true } }).tiff();
    writeFileSync(join(folder, name), await file.toBuffer());
  };
  const items = () => place.store().dataset("photos").document.items;

  it("come, stay, change and go with their file, in one group", async () => {
    await scan("a.tif", [10, 20, 30]);
    await scan("b.tif", [40, 50]);
    await add();
    expect(items().path).toEqual(["a.tif", "a.tif#2", "a.tif#3", "b.tif", "b.tif#2"]);
    expect(items().group.map((group) => items().group.indexOf(group))).toEqual([0, 0, 0, 3, 3]);
    const again = await add();
    expect(again.counts).toMatchObject({ added: 0, unchanged: 5 });
    await scan("b.tif", [40, 50, 60]);
    expect((await add()).counts).toMatchObject({ total: 6 });
    rmSync(join(folder, "a.tif"));
    expect((await add()).counts).toMatchObject({ total: 3, removed: 3 });
    expect([...items().path].sort()).toEqual(["b.tif", "b.tif#2", "b.tif#3"]);
    renameSync(join(folder, "b.tif"), join(folder, "c.tif"));
    await add();
    expect([...items().path].sort()).toEqual(["c.tif", "c.tif#2", "c.tif#3"]);
  });
});
