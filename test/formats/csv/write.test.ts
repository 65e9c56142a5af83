/** What is written as a table is read back as the same cells. */
import { expect, test } from "vitest";
import { csvText, readCells } from "../../../src/formats/csv/index.ts";

test("commas, quotes, line breaks and Japanese come back as they were", () => {
  const rows = [
    ["パス", "label"],
    ['a "b", c.png', ""],
    ["two\nlines", "傷"],
  ];
  const text = csvText(rows);
  expect(text).toBe('\uFEFFパス,label\r\n"a ""b"", c.png",\r\n"two\nlines",傷\r\n');
  expect(readCells(Buffer.from(text), "list.csv").rows).toEqual(rows);
});
