/** Cells out of what spreadsheets write: marks, delimiters, quotes, encodings. */
import { describe, expect, it } from "vitest";
import { decodeText, readCells } from "../../../src/formats/csv/index.ts";

const read = (text: string) => readCells(Buffer.from(text), "list.csv");

describe("cells", () => {
  it.each([
    ["commas", "a,b\n1,2\n"],
    ["semicolons with commas inside", 'a;b\r\n1;"2"\r\n'],
    ["tabs", "a\tb\n1\t2"],
    ["a byte order mark", "\ufeffa,b\n1,2"],
    ["blanks around", "a , b\n 1, 2"],
    ["empty lines", "a,b\n\n1,2\n\n"],
  ])("reads %s", (_name, text) => {
    expect(read(text).rows).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  it("keeps quotes, delimiters and newlines inside a cell, and says the line", () => {
    const { rows, lines } = read('a,b\n"x, ""y""\nz",1\nlast,2\n');
    expect(rows[1]).toEqual(['x, "y"\nz', "1"]);
    expect(lines[2]).toBe(4);
  });

  it("keeps ragged rows", () => {
    expect(read("a,b\n1\n1,2,3").rows.map((row) => row.length)).toEqual([2, 1, 3]);
  });

  it("names a quote that never ends", () => {
    expect(() => read('a,b\n"x,1\n')).toThrow("formats/csv-syntax");
  });

  it("reads Shift_JIS and UTF-16", () => {
    const shiftJis = Buffer.from([0x8f, 0x9d, 0x2c, 0x31]);
    expect(readCells(shiftJis, "x").rows).toEqual([["傷", "1"]]);
    expect(decodeText(Buffer.from("\ufeff傷,1", "utf16le"), "x")).toBe("傷,1");
  });

  it("refuses what is no text", () => {
    expect(() => decodeText(Buffer.from([0x89, 0x50, 0x00, 0xff]), "x")).toThrow(
      "formats/text-encoding",
    );
  });
});
