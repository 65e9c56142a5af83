/** A feature matrix with ids and labels out of a Parquet file. */
import { Problem } from "../../base/index.ts";
import { openParquet, type ParquetFile } from "./file.ts";

export interface ParquetSelection {
  /** The column of number lists, or the columns that make up a row; found if not told. */
  readonly features?: string | readonly string[];
  readonly id?: string;
  readonly labels?: readonly string[];
}

export interface ParquetMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Rows are samples. */
  readonly values: Float32Array;
  readonly ids?: readonly string[];
  /** By column; null where a row has none. */
  readonly labels: Readonly<Record<string, readonly (string | null)[]>>;
  /** Where the features came from. */
  readonly features: readonly string[];
}

/**
 * Reads a file that is trusted: over a broken one the library may loop for ever or take all memory.
 * `onPage` is called as reading goes on. Unless told, the features are the one column of number lists, or else all columns of decimal
 * numbers in the order of the file.
 */
export async function readParquetMatrix(
  path: string,
  { features, id, labels = [] }: ParquetSelection = {},
  onPage: () => void = () => {},
): Promise<ParquetMatrix> {
  const file = await openParquet(path, onPage);
  const taken = new Set([id, ...labels]);
  const names = features === undefined ? findFeatures(file, taken) : [features].flat();
  const single = names.length === 1 && file.columns.get(names[0]) === "vectors";
  const matrix = single ? await readVectors(file, names[0]) : await readScalars(file, names);
  const columns: Record<string, readonly (string | null)[]> = {};
  for (const label of labels) columns[label] = await readTexts(file, label);
  const ids = id === undefined ? undefined : await readIds(file, id);
  return { rows: file.rows, ...matrix, ids, labels: columns, features: names };
}

function findFeatures(file: ParquetFile, taken: ReadonlySet<string | undefined>): string[] {
  const ofKind = (kind: string) =>
    [...file.columns].flatMap(([name, other]) => (other === kind && !taken.has(name) ? name : []));
  const vectors = ofKind("vectors");
  if (vectors.length > 1) {
    const found = vectors.join(", ");
    throw new Problem("formats/parquet-several-matrices", { file: file.path, found });
  }
  const names = vectors.length === 1 ? vectors : ofKind("decimal");
  if (names.length === 0) {
    const found = [...file.columns.keys()].join(", ");
    throw new Problem("formats/parquet-no-matrix", { file: file.path, found });
  }
  return names;
}

async function readVectors(file: ParquetFile, column: string) {
  let columns = -1;
  let values = new Float32Array(0);
  await file.read(column, (rows, firstRow) => {
    for (let i = 0; i < rows.length; i++) {
      const vector: unknown = rows[i];
      const row = firstRow + i;
      if (!Array.isArray(vector)) throw missing(file, column, row);
      if (columns < 0) {
        columns = vector.length;
        values = new Float32Array(file.rows * columns);
      }
      if (vector.length !== columns) {
        const evidence = { found: vector.length, expected: columns };
        throw new Problem("formats/parquet-ragged", {
          file: file.path,
          column,
          row: row + 1,
          ...evidence,
        });
      }
      for (let j = 0; j < columns; j++) {
        if (vector[j] === null || vector[j] === undefined) throw missing(file, column, row);
        values[row * columns + j] = Number(vector[j]);
      }
    }
  });
  return { columns: Math.max(columns, 0), values };
}

async function readScalars(file: ParquetFile, names: readonly string[]) {
  const columns = names.length;
  const values = new Float32Array(file.rows * columns);
  for (const [j, column] of names.entries()) {
    const kind = file.columns.get(column);
    if (kind !== undefined && !["decimal", "whole", "truth"].includes(kind)) {
      const evidence = { found: kind, expected: "decimal, whole" };
      throw new Problem("formats/parquet-type", { file: file.path, column, ...evidence });
    }
    await file.read(column, (rows, firstRow) => {
      for (let i = 0; i < rows.length; i++) {
        const value: unknown = rows[i];
        if (value === null || value === undefined) throw missing(file, column, firstRow + i);
        values[(firstRow + i) * columns + j] = Number(value);
      }
    });
  }
  return { columns, values };
}

async function readTexts(file: ParquetFile, column: string): Promise<(string | null)[]> {
  const kind = file.columns.get(column);
  if (kind === "vectors" || kind === "other") {
    const evidence = { found: kind, expected: "text, whole" };
    throw new Problem("formats/parquet-type", { file: file.path, column, ...evidence });
  }
  const texts: (string | null)[] = [];
  await file.read(column, (rows) => {
    for (const value of rows) texts.push(value === null || value === undefined ? null : `${value}`);
  });
  return texts;
}

async function readIds(file: ParquetFile, column: string): Promise<string[]> {
  const texts = await readTexts(file, column);
  return texts.map((text, row) => {
    if (text === null) throw missing(file, column, row);
    return text;
  });
}

/** Rows are counted from 1, as people count them. */
function missing(file: ParquetFile, column: string, row: number): Problem {
  return new Problem("formats/parquet-null", { file: file.path, column, row: row + 1 });
}
