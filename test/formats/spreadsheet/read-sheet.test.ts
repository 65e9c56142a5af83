/** Sheets written as XML by hand come back as a person sees them in Excel. */
import { describe, expect, it } from "vitest";
import { isWorkbook, readSheet } from "../../../src/formats/spreadsheet/index.ts";
import { unpackedBytes } from "../../../src/formats/spreadsheet/unpacked-bytes.ts";
import { problemOf } from "../../code-of.ts";
import { text, workbook, zip } from "./zip.ts";

const row = (n: number, ...cells: string[]) => `<row r="${n}">${cells.join("")}</row>`;

describe("a sheet", () => {
  it("gives texts, days as days, and numbers with the zeros and commas they show", () => {
    const bytes = workbook({
      検査結果: `<sheetData>${row(1, text("A1", "ファイル名"), text("B1", " 判定 "))}
${row(3, text("A3", "a.png"), '<c r="B3" s="1"><v>46095</v></c>', '<c r="C3" s="2"><v>7</v></c>')}
${row(4, '<c r="A4" s="3"><v>46095.5</v></c>', '<c r="B4" s="4"><v>46095</v></c>', '<c r="C4" s="5"><v>1234567</v></c>')}
${row(5, '<c r="A5"><v>0.30000000000000004</v></c>', '<c r="B5" t="b"><v>1</v></c>', '<c r="C5" t="e"><v>#N/A</v></c>')}
</sheetData>`,
      other: "<sheetData/>",
    });
    expect(isWorkbook(bytes)).toBe(true);
    expect(readSheet(bytes, "list.xlsx")).toEqual({
      sheet: "検査結果",
      sheets: ["検査結果", "other"],
      errors: [{ cell: "C5", found: "#N/A" }],
      rows: [
        ["ファイル名", "判定"],
        // 46,095 days after 1899-12-30.
        ["a.png", "2026-03-14", "0007"],
        ["2026-03-14 12:00:00", "2026-03-14", "1,234,567"],
        ["0.3", "TRUE"],
      ],
      lines: [1, 3, 4, 5],
    });
  });

  it("is taken by name, and fills merged cells", () => {
    const bytes = workbook({
      one: "<sheetData/>",
      two: `<sheetData>${row(1, text("A1", "a"), text("B1", "L7"))}${row(2, text("A2", "b"))}
</sheetData><mergeCells count="1"><mergeCell ref="B1:B2"/></mergeCells>`,
    });
    expect(readSheet(bytes, "x", "two").rows).toEqual([
      ["a", "L7"],
      ["b", "L7"],
    ]);
    expect(readSheet(bytes, "x").rows).toEqual([]);
    expect(problemOf(() => readSheet(bytes, "x", "three"))).toMatchObject({
      code: "formats/sheet-missing",
      values: { sheet: "three", sheets: "one, two" },
    });
  });

  it("of a broken, protected or enormous workbook is refused", () => {
    const cut = workbook({ one: "<sheetData/>" }).subarray(0, 900);
    expect(problemOf(() => readSheet(cut, "x")).code).toBe("formats/workbook-broken");
    const empty = zip({ "a.txt": "no workbook" });
    expect(problemOf(() => readSheet(empty, "x")).code).toBe("formats/workbook-broken");
    const bomb = workbook({ one: "<sheetData/>" });
    const entry = bomb.indexOf("PK\x01\x02");
    bomb.writeUInt32LE(0x7fffffff, entry + 24);
    expect(unpackedBytes(bomb)).toBeGreaterThan(0x7fffffff);
    expect(problemOf(() => readSheet(bomb, "x")).code).toBe("formats/workbook-too-large");
  });
});
