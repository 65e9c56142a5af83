/** Reads a list of labels into rows of named columns, one of which names the item. */
import { type Emit, Problem, silent } from "../../base/index.ts";
import { endsLikePicture } from "../../formats/image/index.ts";
import { type ReadWorkbook, readTable, type Table } from "./list-table.ts";

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
  /** Told how the file was read where that is a choice: its encoding, its sheet. */
  readonly emit?: Emit;
  /** Reads a workbook's sheet; in this process unless told. */
  readonly readWorkbook?: ReadWorkbook;
}

/** Column names that mean "this is the item", in the order they are tried. */
const keyNames = [
  ...["path", "file", "filename", "file_name", "file name", "filepath", "file_path", "image_path"],
  ...["image", "img", "picture", "photo", "name", "id", "item"],
  ...["パス", "ファイルパス", "ファイル", "ファイル名", "画像", "画像名", "画像ファイル"],
  ...["画像ファイル名", "写真", "品名"],
];

/**
 * A table of text (with or without header, in any usual encoding), a sheet of a workbook (the first,
 * or `FILE#SHEET`), a JSON array of records, or a JSON object from path to label or to labels.
 */
export function readLabelList(source: string, options: LabelListOptions = {}): LabelList {
  const { key: wanted, columns, emit = silent, readWorkbook } = options;
  const isKeyName = (cell: string) => cell === wanted || keyNames.includes(plainName(cell));
  const table = readTable(source, {
    isKeyName,
    emit,
    ...(columns && { columns }),
    ...(readWorkbook && { readWorkbook }),
  });
  if (table.rows.length === 0) throw new Problem("data/labels-empty", { file: source });
  const key = chooseKey(table, source, wanted);
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

function chooseKey({ columns, rows }: Table, file: string, wanted: string | undefined): string {
  const shown = columns.join(", ");
  if (wanted !== undefined) {
    if (columns.includes(wanted)) return wanted;
    throw new Problem("data/labels-column-missing", { file, column: wanted, columns: shown });
  }
  for (const name of keyNames) {
    const found = columns.find((column) => plainName(column) === name);
    if (found !== undefined) return found;
  }
  const sample = rows.slice(0, 100);
  const found = columns.find((column) =>
    sample.every(({ values }) => endsLikePicture(values[column] ?? "")),
  );
  if (found === undefined) throw new Problem("data/labels-no-key", { file, columns: shown });
  return found;
}

/** Half-width kana and full-width letters are the same names. */
function plainName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
