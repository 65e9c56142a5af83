/** Files that would never be read to their end, or bring the process down: read in one of their own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { readParquetApart } from "../../src/app/job/read-parquet.ts";
import { readWorkbookApart } from "../../src/app/job/read-workbook.ts";
import { readParquetMatrix } from "../../src/formats/parquet/index.ts";
import { readSheet } from "../../src/formats/spreadsheet/index.ts";
import { mutants } from "../hostile/outcome.ts";
import { listSeeds, parquetSeeds, type Seed } from "../hostile/seeds.ts";
import { compileRooms } from "../registry/compiled.ts";

const folder = mkdtempSync(join(tmpdir(), "apart-"));
afterAll(() => rmSync(folder, { recursive: true }));
const src = compileRooms(folder, ["base", "formats", "app/job"]);
const built = (name: string) => pathToFileURL(join(src, "app/job", name));
// Made before a workbook is read: reading bounds the library's zlib, which then cannot write.
const lists = listSeeds();
const parquet = { child: built("parquet-child.js") };
const workbook = { child: built("workbook-child.js") };

function named(seeds: readonly Seed[], name: string): Seed {
  const found = seeds.find((seed) => seed.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  writeFileSync(join(folder, name), found.bytes);
  return found;
}

it("a sound Parquet file is read as in this process", async () => {
  const { name } = named(parquetSeeds(), "snappy.parquet");
  const selection = { id: "id", labels: ["kind"] };
  const path = join(folder, name);
  const found = await readParquetApart(path, selection, parquet);
  expect(found).toEqual(await readParquetMatrix(path, selection));
  expect(found.labels.kind.slice(0, 3)).toEqual([null, "odd", "even"]);
});

it("what is wrong with a Parquet file is told as in this process", async () => {
  const { name } = named(parquetSeeds(), "snappy.parquet");
  const reading = readParquetApart(join(folder, name), { labels: ["colour"] }, parquet);
  await expect(reading).rejects.toMatchObject({
    code: "formats/parquet-column-missing",
    values: { column: "colour", found: "id, kind, v" },
  });
  const missing = readParquetApart(join(folder, "missing.parquet"), {}, parquet);
  await expect(missing).rejects.toMatchObject({ code: "app/file-unreadable" });
});

it("a Parquet file whose reading never ends is refused", async () => {
  const { name } = named(mutants(parquetSeeds(), 1), "an-extreme-number-0-snappy.parquet");
  const reading = readParquetApart(
    join(folder, name),
    { id: "id", labels: ["kind"] },
    { ...parquet, patience: 2_000 },
  );
  await expect(reading).rejects.toMatchObject({
    code: "formats/file-contradicts",
    values: { end: "time" },
  });
});

it("a sound workbook is read as in this process", () => {
  const { name, bytes } = named(lists, "book.xlsx");
  expect(readWorkbookApart(bytes, name, undefined, workbook)).toEqual(readSheet(bytes, name));
  expect(() => readWorkbookApart(bytes, name, "other", workbook)).toThrow(
    expect.objectContaining({
      code: "formats/sheet-missing",
      values: { file: name, sheet: "other", sheets: "labels" },
    }),
  );
});

it("a workbook that brings V8 down is refused", () => {
  const { name, bytes } = named(mutants(lists, 3), "sixteen-bits-2-book.xls");
  expect(() => readWorkbookApart(bytes, name, undefined, workbook)).toThrow(
    expect.objectContaining({ code: "formats/file-contradicts" }),
  );
});
