/** Lists as they come: from Excel, in any encoding, with paths of another machine. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Event } from "../../../src/base/index.ts";
import { attachLabels, readLabelList } from "../../../src/learn/data/index.ts";
import { matchRows } from "../../../src/learn/data/match-rows.ts";
import { text, workbook } from "../../formats/spreadsheet/zip.ts";
import { versionOf } from "./version-of.ts";

const folder = mkdtempSync(join(tmpdir(), "lists-"));
afterAll(() => rmSync(folder, { recursive: true }));

let events: Event[] = [];
const emit = (event: Event) => events.push(event);

function list(name: string, contents: string | Buffer, sheet?: string) {
  events = [];
  const file = join(folder, name);
  writeFileSync(file, contents);
  return readLabelList(sheet === undefined ? file : `${file}#${sheet}`, { emit });
}

const notices = () =>
  events.flatMap((event) => (event.type === "notice" ? [[event.code, event.values]] : []));

describe("a list", () => {
  it("in CP932 is read and that is said", () => {
    // ファイル名,判定 / 傷.png,不良
    const hex = "837483408343838b96bc2c94bb92e80d0a8f9d2e706e672c957397c70d0a";
    const found = list("cp932.csv", Buffer.from(hex, "hex"));
    expect([found.key, found.columns, found.rows[0].key]).toEqual([
      "ファイル名",
      ["判定"],
      "傷.png",
    ]);
    expect(notices()).toMatchObject([["data/list-encoding", { encoding: "CP932" }]]);
  });

  it("in a workbook may have a title above it, and sheets beside it", () => {
    const rows = [
      `<row r="1">${text("A1", "外観検査 3月")}</row>`,
      `<row r="3">${text("A3", "No.")}${text("B3", "ﾌｧｲﾙ名")}${text("C3", "判定")}</row>`,
      `<row r="4"><c r="A4"><v>1</v></c>${text("B4", "a.png")}${text("C4", "良")}</row>`,
    ].join("");
    const bytes = workbook({
      表紙: `<sheetData><row r="1">${text("A1", "表紙")}</row></sheetData>`,
      結果: `<sheetData>${rows}</sheetData>`,
    });
    const found = list("list.xlsx", bytes, "結果");
    expect(found).toMatchObject({ key: "ﾌｧｲﾙ名", columns: ["No.", "判定"] });
    expect(found.rows).toEqual([{ key: "a.png", line: 4, values: { "No.": "1", 判定: "良" } }]);
    expect(notices()).toEqual([]);
    expect(() => list("list.xlsx", bytes)).toThrow("data/labels-empty");
    expect(notices()).toMatchObject([
      ["data/list-sheet", { sheet: "表紙", count: 2, second: "結果" }],
    ]);
    expect(() => list("plain.csv", "file,k\na,1\n", "結果")).toThrow("data/list-no-workbook");
  });
});

describe("rows mean items", () => {
  const items = versionOf(["OK/傷 1.png", "NG/傷 1.png", "NG/Foo.BMP", "NG/bar.png"]).items;
  const match = (...keys: string[]) => {
    const found = list("keys.csv", `file,k\n${keys.map((key) => `"${key}",x`).join("\n")}\n`);
    const { matched, ...rest } = matchRows(found, items, "/data/写真");
    return { ...rest, at: matched.map(({ item }) => item) };
  };

  it.each([
    ["a drive", "C:\\Users\\山田 太郎\\Pictures\\", "C:/Users/山田 太郎/Pictures/"],
    ["a share", "\\\\server\\検査\\ロット\\", "//server/検査/ロット/"],
    ["yen signs", "D:¥画像¥", "D:/画像/"],
    ["another home", "/home/hanako/写真/", "/home/hanako/写真/"],
    ["the folder's own name", "写真/", "写真/"],
  ])("behind %s", (_, written, beginning) => {
    const slash = written.includes("/") ? "/" : written.includes("¥") ? "¥" : "\\";
    const found = match(`${written}OK${slash}傷 1.png`, `${written}NG${slash}bar.png`);
    expect(found).toMatchObject({ at: [0, 3], missing: [], elsewhere: beginning });
  });

  it("only behind the beginning that most rows share", () => {
    const found = match("C:\\a\\NG\\bar.png", "C:\\a\\OK\\傷 1.png", "D:\\b\\NG\\Foo.BMP");
    expect(found.at).toEqual([3, 0]);
    expect(found.missing).toHaveLength(1);
  });

  it("where only capitals, widths and blanks differ, and that is told", () => {
    const found = match("ng/foo.bmp", "ＯＫ/傷\u3000１.png", "BAR");
    expect(found.at).toEqual([2, 0, 3]);
    expect(found.respelled).toHaveLength(3);
  });

  it("never where several would fit, and the nearest is named for a row that fits none", () => {
    const found = match("傷 1", "other/foo.png", "x.png");
    expect(found).toMatchObject({ at: [], nearest: "NG/Foo.BMP" });
    expect([found.ambiguous.length, found.missing.length]).toEqual([1, 2]);
  });

  it("and what was seen through is told once", () => {
    const version = versionOf(items.path);
    const found = list("a.csv", "file,k\nC:\\x\\NG\\BAR.png,1\nC:\\x\\OK\\傷 1.png,2\nno.png,3\n");
    attachLabels(version, found, { set: "k", emit });
    expect(notices()).toMatchObject([
      ["data/labels-elsewhere", { beginning: "C:/x/" }],
      ["data/labels-respelled", { count: 1, first: "C:\\x\\NG\\BAR.png", meant: "NG/bar.png" }],
      ["data/labels-without-item", { count: 1, first: "no.png", near: "no" }],
      ["data/classes-with-one-item", {}],
    ]);
    attachLabels(version, found, { set: "k", emit, tellsRows: false });
    expect(notices()).toHaveLength(5);
  });
});
