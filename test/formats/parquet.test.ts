/** Features through Parquet: what is written comes back, and other writers' layouts are read. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parquetMetadata } from "hyparquet";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, describe, expect, it } from "vitest";
import { Problem } from "../../src/base/index.ts";
import { readParquetMatrix, writeParquetFeatures } from "../../src/formats/parquet/index.ts";

const folder = mkdtempSync(join(tmpdir(), "parquet-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function write(
  columnData: ColumnSource[],
  options: Omit<Parameters<typeof parquetWriteBuffer>[0], "columnData"> = {},
): string {
  files++;
  const path = join(folder, `${files}.parquet`);
  writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, ...options })));
  return path;
}

async function problem(reading: Promise<unknown>): Promise<Problem> {
  const error = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error instanceof Problem) return error;
  throw error ?? new Error("nothing was thrown");
}

describe("writing", () => {
  it("comes back, over several row groups, with ids, labels and footer", async () => {
    const path = join(folder, "round.parquet");
    const [rows, columns] = [25_000, 3];
    const values = Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i));
    const ids = Array.from({ length: rows }, (_, i) => `品-${i}`);
    const kind = ids.map((_, i) => (i % 3 === 0 ? null : `class ${i % 3}`));
    await writeParquetFeatures(path, {
      ids,
      values,
      columns,
      labels: { kind },
      metadata: { representation: "r@1" },
    });
    const matrix = await readParquetMatrix(path, { id: "id", labels: ["kind"] });
    expect(matrix).toMatchObject({ rows, columns, features: ["features"] });
    expect(matrix.values).toEqual(values);
    expect(matrix.ids).toEqual(ids);
    expect(matrix.labels.kind).toEqual(kind);
    const footer = parquetMetadata(readFileSync(path));
    expect(footer.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([
      10_000, 10_000, 5_000,
    ]);
    expect(footer.key_value_metadata).toEqual([{ key: "representation", value: "r@1" }]);
    expect(footer.schema.map(({ name }) => name)).toEqual([
      "root",
      "id",
      "features",
      "list",
      "element",
      "kind",
    ]);
  });

  it("takes no rows at all", async () => {
    const path = join(folder, "empty.parquet");
    await writeParquetFeatures(path, { ids: [], values: new Float32Array(0), columns: 4 });
    expect(await readParquetMatrix(path, { id: "id" })).toMatchObject({ rows: 0, ids: [] });
  });
});

describe("reading what others wrote", () => {
  it("takes the columns of decimal numbers, or those that are named", async () => {
    const path = write([
      { name: "a", data: [1.5, 2.5], type: "DOUBLE" },
      { name: "class", data: [3, 4], type: "INT32" },
      { name: "b", data: [-1, 0.25], type: "FLOAT" },
      { name: "big", data: [1n, 2n ** 40n], type: "INT64" },
      { name: "name", data: ["x", "y"], type: "STRING" },
    ]);
    const found = await readParquetMatrix(path, { labels: ["class", "big"], id: "name" });
    expect([found.columns, [...found.values], found.features]).toEqual([
      2,
      [1.5, -1, 2.5, 0.25],
      ["a", "b"],
    ]);
    expect(found.labels).toEqual({ class: ["3", "4"], big: ["1", "1099511627776"] });
    expect(found.ids).toEqual(["x", "y"]);
    const named = await readParquetMatrix(path, { features: ["big", "a"] });
    expect([...named.values]).toEqual([1, 1.5, 2 ** 40, 2.5]);
    expect((await problem(readParquetMatrix(path, { features: ["name"] }))).code).toBe(
      "formats/parquet-type",
    );
    expect((await problem(readParquetMatrix(path, { features: ["c"] }))).values).toMatchObject({
      column: "c",
      found: "a, class, b, big, name",
    });
  });

  const list = (
    data: unknown[],
  ): [ColumnSource[], { schema: Parameters<typeof parquetWriteBuffer>[0]["schema"] }] => [
    [{ name: "vector", data }],
    {
      schema: [
        { name: "root", num_children: 1 },
        { name: "vector", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        { name: "element", repetition_type: "OPTIONAL", type: "DOUBLE" },
      ],
    },
  ];

  it("takes lists whose rows and numbers could be missing, if none is", async () => {
    const path = write(
      ...list([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    const { rows, columns, values } = await readParquetMatrix(path);
    expect([rows, columns, [...values]]).toEqual([3, 2, [1, 2, 3, 4, 5, 6]]);
    const found = async (data: unknown[]) => {
      const { code, values } = await problem(readParquetMatrix(write(...list(data))));
      return [code, values.row];
    };
    expect(await found([[1, 2], null, [3, 4]])).toEqual(["formats/parquet-null", 2]);
    expect(
      await found([
        [1, 2],
        [3, 4],
        [5, null],
      ]),
    ).toEqual(["formats/parquet-null", 3]);
    expect(await found([[1, 2], [3], [5, 6]])).toEqual(["formats/parquet-ragged", 2]);
  });

  it("unpacks gzip, and names a compression that it cannot read", async () => {
    const data = Array.from({ length: 100 }, (_, i) => i / 8);
    const columns: ColumnSource[] = [{ name: "a", data, type: "DOUBLE" }];
    const gzip = write(columns, {
      codec: "GZIP",
      compressors: { GZIP: (bytes) => gzipSync(bytes) },
    });
    expect([...(await readParquetMatrix(gzip)).values]).toEqual(data);
    const lz4 = write(columns, { codec: "LZ4_RAW", compressors: { LZ4_RAW: (bytes) => bytes } });
    expect((await problem(readParquetMatrix(lz4))).values).toMatchObject({
      column: "a",
      found: "LZ4_RAW",
    });
  });

  it("refuses what is ambiguous, empty of numbers, cut short or no Parquet", async () => {
    const texts = write([{ name: "name", data: ["x"], type: "STRING" }]);
    expect((await problem(readParquetMatrix(texts))).code).toBe("formats/parquet-no-matrix");
    const cut = join(folder, "cut.parquet");
    writeFileSync(cut, readFileSync(texts).subarray(0, -20));
    expect((await problem(readParquetMatrix(cut))).code).toBe("formats/not-parquet");
    writeFileSync(cut, "id,value\n1,2\n");
    expect((await problem(readParquetMatrix(cut))).code).toBe("formats/not-parquet");
    writeFileSync(cut, "");
    expect((await problem(readParquetMatrix(cut))).code).toBe("formats/not-parquet");
    const gap = write([{ name: "a", data: [1.5, null, 2], type: "DOUBLE" }]);
    expect((await problem(readParquetMatrix(gap))).values).toMatchObject({ column: "a", row: 2 });
  });
});
