/** The nasty folder is taken in: what becomes of every file, of its names and of lists about it. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AddDataResult, addData } from "../../src/app/add-data.ts";
import type { DatasetVersion } from "../../src/formats/documents/index.ts";
import { sentence } from "../../src/words/index.ts";
import { type Nasty, writeNastyFolder } from "./nasty-folder.ts";
import { openPlace, type Place } from "./place.ts";

let place: Place;
let nasty: Nasty;
let result: AddDataResult;
let version: DatasetVersion;

beforeAll(async () => {
  place = openPlace();
  nasty = await writeNastyFolder(join(place.cwd, "検査画像"));
  const options = {
    path: "検査画像",
    name: "parts",
    resolution: 64,
    group: "day",
    background: "#808080",
    labels: [nasty.lists.cp932, nasty.lists.utf16, nasty.lists.excel],
  };
  result = await addData(options, place.work());
  version = place.store().dataset("parts").document;
});
afterAll(() => place[Symbol.dispose]());

const notices = () => place.events.flatMap((event) => (event.type === "notice" ? [event] : []));
const noticed = (code: string) => notices().find((notice) => notice.code === code)?.values;
const labelled = (name: string) => {
  const set = version.labelSets.find((found) => found.name === name);
  return Object.fromEntries(
    version.items.path.flatMap((path, i) =>
      set === undefined || set.codes[i] < 0
        ? []
        : [[path.slice(path.lastIndexOf("/") + 1), set.classes[set.codes[i]]]],
    ),
  );
};

describe("the nasty folder", () => {
  it("is taken in picture by picture, pages too", () => {
    expect([...version.items.path].sort()).toEqual(nasty.items);
    expect(result.counts).toMatchObject({ total: 20, added: 20, rejected: 6, other: 3 });
    expect(noticed("data/pages-as-items")).toMatchObject({ files: 1, count: 3 });
  });

  it("names what it refuses, each with its reason in both languages", () => {
    const found = new Map(version.rejected.map(({ path, code }) => [path, code]));
    expect(found).toEqual(nasty.refused);
    const phone = version.rejected.find(({ code }) => code === "formats/picture-heic");
    const say = (language: "en" | "ja") =>
      sentence("formats/picture-heic", phone?.values ?? {}, language);
    expect(say("en")).toContain("Settings > Camera > Formats > Most Compatible");
    expect(say("ja")).toContain("互換性優先");
  });

  it("scales 16 bits by one white and lays transparency on the declared colour, for good", () => {
    expect(version.decoding).toEqual({ background: "#808080", white: 4095 });
    expect(noticed("data/white-found")).toEqual({ white: 4095, bits: 12 });
    expect(noticed("data/pictures-clipped")).toBeUndefined();
  });

  it("finds days and cameras in the names, and OK and NG as the labels", () => {
    expect(version.facets?.map(({ name, values }) => [name, values])).toEqual([
      ["day", ["2026-03-14", "2026-03-15", "2026-03-16"]],
      ["lot", ["0007", "0012"]],
      ["camera", ["1", "2"]],
    ]);
    expect(result.facets.map(({ name }) => name)).toEqual(["day", "lot", "camera"]);
    const folder = version.labelSets.find(({ source }) => source === "folder");
    expect(folder).toMatchObject({ name: "folder", classes: ["NG", "OK"] });
    // Whole days are set aside or trained on.
    const { group, split } = version.items;
    expect(new Set(group).size).toBe(3);
    expect(new Set(group.map((name, i) => `${name} ${split[i]}`)).size).toBe(3);
  });

  it("reads its lists whatever wrote them, and says how", () => {
    expect(labelled("判定")).toEqual({ "部品 (1).bmp": "良", "一.bmp": "不良" });
    expect(labelled("程度")).toEqual({ "palette.png": "1", "grey.jpg": "2" });
    const encodings = notices().filter(({ code }) => code === "data/list-encoding");
    expect(encodings.map(({ values }) => values.encoding)).toEqual(["CP932", "UTF-16LE"]);
    expect(noticed("data/labels-elsewhere")).toMatchObject({
      beginning: "//server/share/表/",
    });
    expect(noticed("data/labels-respelled")).toMatchObject({
      meant: expect.stringMatching("palette"),
    });
    expect(noticed("data/labels-without-item")).toMatchObject({ count: 1, first: "none.png" });
    const lot = version.facets?.find(({ name }) => name === "lot");
    const scans = version.items.path.flatMap((path, i) =>
      path.includes("scan") ? [lot?.codes[i]] : [],
    );
    expect(scans).toEqual([0, 0, 0]);
  });

  it("says all of it in whole sentences", () => {
    for (const { code, values } of notices()) {
      for (const language of ["en", "ja"] as const) {
        expect(sentence(code, values, language)).not.toMatch(/[{}]|undefined/);
      }
    }
  });

  it("changes nothing when it is added again", async () => {
    const again = await addData({ path: "検査画像", name: "parts" }, place.work());
    expect([again.version, again.counts.added]).toEqual([result.version, 0]);
  });
});
