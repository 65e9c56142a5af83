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

  it.each([
    ["UTF-8", "e5 82 b7 2c 31"],
    ["UTF-8", "ef bb bf e5 82 b7 2c 31"],
    ["CP932", "8f 9d 2c 31"],
    ["UTF-16LE", "ff fe b7 50 2c 00 31 00"],
    ["UTF-16BE", "fe ff 50 b7 00 2c 00 31"],
    ["UTF-16LE", "b7 50 2c 00 31 00"],
    ["UTF-16BE", "50 b7 00 2c 00 31"],
  ])("reads %s (%s) and says so", (encoding, hex) => {
    const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
    expect(readCells(bytes, "x")).toMatchObject({ encoding, rows: [["傷", "1"]] });
  });

  it("reads what only CP932 has, and its backslashes", () => {
    // ①, 髙 (IBM's addition), ﾗｲﾝ in half width, a path with 表 (its second byte is a backslash).
    const bytes = Buffer.from("8740 fbfc d7b2dd 5c 955c 5c61".replaceAll(" ", ""), "hex");
    expect(decodeText(bytes, "x")).toEqual({ text: "①髙ﾗｲﾝ\\表\\a", encoding: "CP932" });
  });

  it("refuses what is no text", () => {
    expect(() => decodeText(Buffer.from([0x89, 0x50, 0x00, 0xff]), "x")).toThrow(
      "formats/text-encoding",
    );
  });
});
