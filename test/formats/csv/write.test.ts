/** CSV for spreadsheets: what is written opens as text, and comes back as it was. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harmlessCell, readCells, restoreCell, writeCsv } from "../../../src/formats/csv/index.ts";

describe("writing CSV", () => {
  it("begins with the mark that makes Excel read UTF-8, and ends lines as Excel does", () => {
    expect(
      writeCsv([
        ["品名", "a,b"],
        ['say "no"', ""],
      ]),
    ).toBe('\ufeff品名,"a,b"\r\n"say ""no""",\r\n');
  });

  it.each([
    ["=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"],
    ["+1+1", "'+1+1"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    [" =1", "' =1"],
    ["＝1+1", "'＝1+1"],
    ["'=already", "''=already"],
    ["-5", "-5"],
    ["+0.25", "+0.25"],
    ["it's", "it's"],
    ["'quoted'", "'quoted'"],
    ["a=b", "a=b"],
  ])("makes %j harmless", (cell, written) => {
    expect(harmlessCell(cell)).toBe(written);
    expect(restoreCell(written)).toBe(cell);
  });

  it("gives every cell back that has no blanks at its ends", () => {
    const cell = fc
      .string({ unit: fc.constantFrom(..."=+-@'\t\r\n,;\"aあ%| ") })
      .map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), (cells) => {
        const text = writeCsv([cells.map((_, i) => `column ${i}`), cells]);
        const { rows } = readCells(Buffer.from(text), "list.csv");
        const row = rows.at(-1)?.map(restoreCell) ?? [];
        if (cells.every((one) => one === "") && cells.length === 1) return;
        expect(row.map((one) => one.trim())).toEqual(cells);
      }),
    );
  });
});
