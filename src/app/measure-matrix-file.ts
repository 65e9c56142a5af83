/** Judges a matrix that was made elsewhere: `.npy` or Parquet, with a list of labels. */
import { extname } from "node:path";
import { fork, keyFromSeed, Problem } from "../base/index.ts";
import { readCells } from "../formats/csv/index.ts";
import { readNpyMatrix } from "../formats/npy/index.ts";
import { isWorkbook } from "../formats/spreadsheet/index.ts";
import { labelSetOf } from "../learn/data/index.ts";
import {
  type LabelSet,
  type Matrix,
  type Measured,
  measureRepresentation,
  type Product,
  pickRows,
} from "../learn/measure/index.ts";
import { readParquetApart } from "./job/read-parquet.ts";
import { readWorkbookApart } from "./job/read-workbook.ts";
import { readFileBytes } from "./read-file.ts";

export interface MatrixFileOptions {
  readonly list?: string;
  readonly labels?: readonly string[];
  readonly seed: number;
  readonly product: Product;
}

/** One label per row and set, undefined where there is none. */
type Columns = ReadonlyMap<string, readonly (string | undefined)[]>;

export async function measureMatrixFile(
  path: string,
  { list, labels, seed, product }: MatrixFileOptions,
): Promise<Measured> {
  const { matrix, columns: own } = await readMatrix(path, list === undefined ? (labels ?? []) : []);
  const columns: Columns = list === undefined ? own : listedColumns(list, path, matrix.rows);
  const named = [...columns.keys()].filter((name) => name !== "split");
  const sets = labels ?? named;
  if (sets.length === 0) throw new Problem("app/labels-missing", { matrix: path });
  const unknown = sets.find((name) => !columns.has(name));
  if (unknown !== undefined) {
    const known = named.join(", ") || "–";
    throw new Problem("app/label-set-unknown", { name: unknown, dataset: path, known });
  }
  const { train, test } = splitOf(columns.get("split"), { rows: matrix.rows, seed });
  const labelSets = sets.map((name): LabelSet => {
    const { classes, codes } = labelSetOf(name, columns.get(name) ?? [], path);
    const at = (rows: readonly number[]) => ({
      classes,
      codes: Int32Array.from(rows, (row) => codes[row]),
    });
    return { name, train: at(train), test: at(test) };
  });
  return await measureRepresentation(
    { train: pickRows(matrix, train), test: pickRows(matrix, test), labelSets },
    { key: fork(keyFromSeed(seed), "measure"), product },
  );
}

/** A Parquet file may carry the label columns that are asked for itself. */
async function readMatrix(
  path: string,
  labels: readonly string[],
): Promise<{ matrix: Matrix; columns: Columns }> {
  if (extname(path) === ".npy") {
    const { rows, columns, values } = readNpyMatrix(path);
    return { matrix: { rows, columns, values }, columns: new Map() };
  }
  const { rows, columns, values, labels: found } = await readParquetApart(path, { labels });
  const own = Object.entries(found).map(
    ([name, column]) => [name, column.map((label) => label ?? undefined)] as const,
  );
  return { matrix: { rows, columns, values }, columns: new Map(own) };
}

/** A CSV or a workbook's first sheet: a header, and a row for each row of the matrix, in its order. */
function listedColumns(file: string, matrix: string, rows: number): Columns {
  const bytes = readFileBytes(file);
  const cells = isWorkbook(bytes) ? readWorkbookApart(bytes, file) : readCells(bytes, file);
  const [header = [], ...body] = cells.rows;
  if (body.length !== rows) {
    throw new Problem("app/labels-do-not-fit", { file, labels: body.length, matrix, rows });
  }
  return new Map(header.map((name, c) => [name, body.map((row) => row[c] || undefined)]));
}

/** The column `split` where there is one, else every fifth row of a keyed order is judged. */
function splitOf(
  split: readonly (string | undefined)[] | undefined,
  { rows, seed }: { rows: number; seed: number },
): { train: number[]; test: number[] } {
  const isTest = (row: number) => {
    if (split) return /^(test|evaluation|eval|val|validation)$/i.test(split[row] ?? "");
    return fork(keyFromSeed(seed), "split", row).low % 5 === 0;
  };
  const all = Array.from({ length: rows }, (_, row) => row);
  return { train: all.filter((row) => !isTest(row)), test: all.filter(isTest) };
}
