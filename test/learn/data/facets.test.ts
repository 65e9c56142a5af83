/** Days, lots, lines and cameras out of names and lists, and what they are kept from becoming. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Event } from "../../../src/base/index.ts";
import type { Facet } from "../../../src/formats/documents/index.ts";
import { attachFacet, facetOfColumn, readLabelList } from "../../../src/learn/data/index.ts";
import { nameLabelSet } from "../../../src/learn/data/name-labels.ts";
import { foldersBesides, pathFacets } from "../../../src/learn/data/path-facets.ts";
import { versionOf } from "./version-of.ts";

const folder = mkdtempSync(join(tmpdir(), "facets-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is found where every path holds two pictures. */
const found = (...paths: string[]) =>
  pathFacets(paths.flatMap((path) => [`${path}.png`, `${path}x.jpg`])).map(
    ({ name, values }) => `${name}: ${values.join(" ")}`,
  );

describe("names", () => {
  it.each([
    ["2026-03-14/a", "2026-3-5/a", "day: 2026-03-05 2026-03-14"],
    ["20260314_101500/a", "20260315T0915/a", "day: 2026-03-14 2026-03-15"],
    ["IMG_20260314_101500123_", "PXL20260315101500_", "day: 2026-03-14 2026-03-15"],
    ["2026/03/14/a", "2026/03/15/a", "day: 2026-03-14 2026-03-15"],
    ["2026年3月4日/a", "２０２６年１２月１５日/a", "day: 2026-03-04 2026-12-15"],
    ["lot0123/a", "LOT-A12/a", "lot: 0123 A12"],
    ["x_lot7_1_", "ロット8_1_", "lot: 7 8"],
    ["ロット番号A-12/a", "ﾛｯﾄ/13/a", "lot: 13 A-12"],
    ["cam2/a", "camera_10/a", "camera: 2 10"],
    ["カメラ２/a", "第3カメラ/a", "camera: 2 3"],
    ["CAM_A_1_", "camB_1_", "camera: A B"],
    ["line_3/a", "ライン12/a", "line: 3 12"],
  ])("%s and %s", (one, other, told) => {
    expect(found(one, other)).toEqual([told]);
  });

  it("that only look so tell nothing", () => {
    expect(found("pilot12/a", "pilot13/a")).toEqual([]);
    expect(found("パイロット12/a", "スロット13/a")).toEqual([]);
    expect(found("オンライン12/a", "pipeline3/a", "outline_4/a")).toEqual([]);
    expect(found("2026-13-14/a", "2026-02-30/a")).toEqual([]);
    expect(found("a20260314f/a", "120260315/a")).toEqual([]);
    expect(found("camp1/a", "webcamera/a")).toEqual([]);
  });

  it("tell several things at once, the upper folder first", () => {
    const told = found("2026-03-14/cam1/LOT7/20260315_", "2026-03-16/cam2/LOT8/20260315_");
    expect(told).toEqual(["day: 2026-03-14 2026-03-16", "lot: 7 8", "camera: 1 2"]);
  });

  it("of one value, of single pictures or of few pictures are no facet", () => {
    expect(pathFacets(["lot1/a.png", "lot1/b.png"])).toEqual([]);
    expect(pathFacets(["lot1.png", "lot2.png", "lot3.png"])).toEqual([]);
    const others = Array.from({ length: 60 }, (_, i) => `x/${i}.png`);
    expect(found("lot1/a", "lot2/a", ...others)).toEqual([]);
  });

  it("leave -1 where nothing is told", () => {
    expect(pathFacets(["cam1/a.png", "cam1/b.png", "cam2/c.png", "cam2/d.png", "e.png"])).toEqual([
      { name: "camera", values: ["1", "2"], codes: [0, 0, 1, 1, -1], source: "path" },
    ]);
  });

  it("are no classes where they name a facet alone", () => {
    const names = ["day", "lot", "line"] as const;
    expect(foldersBesides("2026-03-14/lot12/OK/傷/a.png", names)).toEqual(["OK", "傷"]);
    expect(foldersBesides("2026/03/14/NG/a.png", names)).toEqual(["NG"]);
    expect(foldersBesides("20260314_1015_lot7/NG/a.png", names)).toEqual(["NG"]);
    expect(foldersBesides("line3_crack/OK/a.png", names)).toEqual(["line3_crack", "OK"]);
    expect(foldersBesides("lot12/OK/a.png", [])).toEqual(["lot12", "OK"]);
  });
});

describe("OK and NG in file names", () => {
  it.each([
    [
      ["a/OK_1.png", "OK-2.png", "3_ng.png", "NG4.png"],
      ["OK", "OK", "NG", "NG"],
    ],
    [
      ["良品1.png", "良品2.png", "不良品1.png", "不良品2.png"],
      ["OK", "OK", "NG", "NG"],
    ],
    [
      ["1_合格.png", "2合格.png", "1不合格.png", "2不合格.png"],
      ["OK", "OK", "NG", "NG"],
    ],
  ])("%j", (paths, told) => {
    const set = nameLabelSet(paths);
    expect(set?.codes.map((code) => set.classes[code])).toEqual(told);
  });

  it.each([
    ["one that says neither", ["OK1.png", "OK2.png", "NG1.png", "NG2.png", "x.png"]],
    ["one that says both", ["OK1.png", "OK2.png", "NG1.png", "NG2.png", "ok_ng.png"]],
    ["words that hold them", ["book1.png", "look2.png", "ring1.png", "long2.png"]],
    ["folders alone", ["OK/1.png", "OK/2.png", "NG/1.png", "NG/2.png"]],
  ])("not with %s", (_, paths) => {
    expect(nameLabelSet(paths)).toBeUndefined();
  });
});

describe("lists", () => {
  it("have columns about facets", () => {
    expect(["Lot", "撮影日", "ｶﾒﾗ", "ライン", "defect"].map(facetOfColumn)).toEqual([
      "lot",
      "day",
      "camera",
      "line",
      undefined,
    ]);
  });

  it("say days in any usual form, and stand before what names tell", () => {
    const file = join(folder, "a.csv");
    writeFileSync(file, "file,date\na.png,2026/3/14 10:15\nb.png,2026-03-14\nc.png,2026年3月5日\n");
    const events: Event[] = [];
    const before = {
      ...versionOf(["a.png", "b.png", "c.png", "d.png"]),
      facets: [
        { name: "day" as const, values: ["2025-01-01"], codes: [0, 0, 0, 0], source: "path" },
        { name: "camera" as const, values: ["1"], codes: [0, 0, 0, 0], source: "path" },
      ],
    };
    const { facets } = attachFacet(before, readLabelList(file), {
      name: "day",
      column: "date",
      emit: (event) => events.push(event),
    });
    expect(facets).toEqual([
      { name: "day", values: ["2026-03-05", "2026-03-14"], codes: [1, 1, 0, -1], source: file },
      { name: "camera", values: ["1"], codes: [0, 0, 0, 0], source: "path" },
    ]);
    expect(events).toMatchObject([
      { code: "data/facet-found", values: { facet: "day", count: 2, found: 3, total: 4 } },
    ]);
  });

  it("which says what names say changes and tells nothing; people are a facet, too", () => {
    const file = join(folder, "same.csv");
    writeFileSync(
      file,
      "path,検査日,検査員\n2026-03-05/a.png,2026/3/5,田中\n2026-03-06/a.png,2026/3/6,佐藤\n",
    );
    const paths = ["2026-03-05/a.png", "2026-03-06/a.png"];
    const values = ["2026-03-05", "2026-03-06"];
    const days: Facet = { name: "day", values, codes: [0, 1], source: "path" };
    const before = { ...versionOf(paths), facets: [days] };
    const emit = () => expect.fail("nothing to tell");
    const list = readLabelList(file);
    expect(attachFacet(before, list, { name: "day", column: "検査日", emit })).toBe(before);
    expect(facetOfColumn("検査員")).toBe("inspector");
    const named = attachFacet(before, list, { name: "inspector", column: "検査員" });
    expect(named.facets?.at(-1)?.values).toEqual(["佐藤", "田中"]);
  });
});
