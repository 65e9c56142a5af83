/** Reads a list of labels (CSV or JSON) into rows of named columns, one of which names the item. */
import { readFileSync } from "node:fs";
import { Problem } from "../../base/index.ts";
import { decodeText, readCells } from "../../formats/csv/index.ts";
import { endsLikePicture } from "../../formats/image/index.ts";

export interface LabelRow {
  /** A path, name or id, as written in the list. */
  readonly key: string;
  /** Line or position in the list, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

export interface LabelList {
  /** The file, as it was given. */
  readonly source: string;
  /** The column that names the item. */
  readonly key: string;
  /** The other columns. */
  readonly columns: readonly string[];
  readonly rows: readonly LabelRow[];
}

export interface LabelListOptions {
  /** The column that names the item; found by its name or its contents if left out. */
  readonly key?: string;
  /** Names for the columns of a list without a header. */
  readonly columns?: readonly string[];
}

/** Column names that mean "this is the item", in the order they are tried. */
const keyNames = [
  ...["path", "file", "filename", "file_name", "filepath", "file_path", "image_path"],
  ...["image", "img", "picture", "photo", "name", "id", "item"],
  ...["パス", "ファイル", "ファイル名", "画像", "画像名", "品名"],
];

/**
 * A CSV (with or without header), a JSON array of records, or a JSON object from path to label or
 * to a record of labels.
 */
export function readLabelList(source: string, options: LabelListOptions = {}): LabelList {
  let bytes: Buffer;
  try {
    bytes = readFileSync(source);
  } catch (cause) {
    throw new Problem("data/labels-missing-file", { file: source }, { cause });
  }
  const isJson = /\.json$/i.test(source) || /^\s*[[{]/.test(bytes.toString("latin1", 0, 64));
  const table = isJson ? tableFromJson(bytes, source) : tableFromCells(bytes, source, options);
  if (table.rows.length === 0) throw new Problem("data/labels-empty", { file: source });
  const key = chooseKey(table, source, options.key);
  return {
    source,
    key,
    columns: table.columns.filter((name) => name !== key),
    rows: table.rows.flatMap(({ line, values }) => {
      const { [key]: name = "", ...rest } = values;
      return name === "" ? [] : [{ key: name, line, values: rest }];
    }),
  };
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly values: Record<string, string> }[];
}

function tableFromCells(bytes: Buffer, file: string, { columns, key }: LabelListOptions): Table {
  const { rows, lines } = readCells(bytes, file);
  if (rows.length === 0) return { columns: [], rows: [] };
  const width = Math.max(...rows.slice(0, 100).map((row) => row.length));
  const hasHeader = columns === undefined && looksLikeHeader(rows, key);
  const names = Array.from(
    { length: width },
    (_, i) => (hasHeader ? rows[0][i] : columns?.[i]) || `column-${i + 1}`,
  );
  const start = hasHeader ? 1 : 0;
  return {
    columns: names,
    rows: rows.slice(start).map((row, i) => ({
      line: lines[i + start],
      values: Object.fromEntries(names.map((name, c) => [name, row[c] ?? ""])),
    })),
  };
}

/** A first row is data if it names a picture, as the row after it does; else it is a header. */
function looksLikeHeader(rows: readonly (readonly string[])[], key: string | undefined): boolean {
  if (key !== undefined && rows[0].includes(key)) return true;
  if (rows[0].some((cell) => keyNames.includes(cell.toLowerCase()))) return true;
  return !rows[0].some(endsLikePicture);
}

function tableFromJson(bytes: Buffer, file: string): Table {
  let value: unknown;
  try {
    value = JSON.parse(decodeText(bytes, file).replace(/^\ufeff/, ""));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const found = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
    throw new Problem("data/labels-not-json", { file, found }, { cause });
  }
  const records = Array.isArray(value)
    ? value
    : Object.entries(isRecord(value) ? value : {}).map(([path, labels]) =>
        isRecord(labels) ? { path, ...labels } : { path, label: labels },
      );
  const columns = new Set<string>();
  const rows = records.map((record: unknown, i) => {
    if (!isRecord(record)) {
      throw new Problem("data/labels-not-records", { file, position: i + 1 });
    }
    const values: Record<string, string> = {};
    for (const [name, cell] of Object.entries(record)) {
      columns.add(name);
      values[name] = cellText(cell, { file, position: i + 1, column: name });
    }
    return { line: i + 1, values };
  });
  return { columns: [...columns], rows };
}

function cellText(
  cell: unknown,
  place: { file: string; position: number; column: string },
): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string") return cell.trim();
  if (typeof cell === "number" || typeof cell === "boolean") return String(cell);
  throw new Problem("data/labels-nested", place);
}

function chooseKey({ columns, rows }: Table, file: string, wanted: string | undefined): string {
  const shown = columns.join(", ");
  if (wanted !== undefined) {
    if (columns.includes(wanted)) return wanted;
    throw new Problem("data/labels-column-missing", { file, column: wanted, columns: shown });
  }
  for (const name of keyNames) {
    const found = columns.find((column) => column.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  const sample = rows.slice(0, 100);
  const found = columns.find((column) =>
    sample.every(({ values }) => endsLikePicture(values[column] ?? "")),
  );
  if (found === undefined) throw new Problem("data/labels-no-key", { file, columns: shown });
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
