/** The file of a list to rows of named columns: text in any usual encoding, a workbook, JSON. */
import { existsSync, readFileSync } from "node:fs";
import { type Emit, Problem } from "../../base/index.ts";
import { type Cells, decodeText, readCells, type TextEncoding } from "../../formats/csv/index.ts";
import { endsLikePicture } from "../../formats/image/index.ts";
import { type ReadTasks, readTasks } from "../../formats/label-studio/index.ts";
import { isWorkbook, readSheet, type Sheet } from "../../formats/spreadsheet/index.ts";

/** Columns that say who labelled and when. */
export const answerColumns = { by: "labelled_by", at: "labelled_at" } as const;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly values: Record<string, string> }[];
}

export interface TableOptions {
  /** Names for the columns of a list without a header. */
  readonly columns?: readonly string[];
  /** Whether a cell is a name for the column that names the items. */
  readonly isKeyName: (cell: string) => boolean;
  readonly emit: Emit;
  /** Reads a workbook's sheet; in this process unless told. */
  readonly readWorkbook?: ReadWorkbook;
}

export type ReadWorkbook = (bytes: Uint8Array, file: string, sheet?: string) => Sheet;

/** `source` is a file, or a workbook's sheet as `FILE#SHEET`. How it was read is told as notices. */
export function readTable(source: string, options: TableOptions): Table {
  const { file, sheet } = fileAndSheet(source);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new Problem("data/labels-missing-file", { file }, { cause });
  }
  if (isWorkbook(bytes)) return tableFromSheet(bytes, { file, sheet }, options);
  if (sheet !== undefined) throw new Problem("data/list-no-workbook", { file, sheet });
  const isJson = /\.json$/i.test(file) || /^\s*[[{]/.test(bytes.toString("latin1", 0, 64));
  if (isJson) return tableFromJson(bytes, file, options);
  const { encoding, ...cells } = readCells(bytes, file);
  noteEncoding(encoding, file, options.emit);
  return tableFromCells(cells, options);
}

/** A file whose own name holds the mark is meant as it is. */
function fileAndSheet(source: string): { file: string; sheet?: string } {
  const mark = source.lastIndexOf("#");
  if (mark < 1 || existsSync(source)) return { file: source };
  return { file: source.slice(0, mark), sheet: source.slice(mark + 1) };
}

function noteEncoding(encoding: TextEncoding, file: string, emit: Emit): void {
  if (encoding === "UTF-8") return;
  emit({ type: "notice", level: "info", code: "data/list-encoding", values: { file, encoding } });
}

function tableFromSheet(
  bytes: Buffer,
  { file, sheet: asked }: { file: string; sheet?: string | undefined },
  options: TableOptions,
): Table {
  const { emit, readWorkbook = readSheet } = options;
  const { sheet, sheets, errors, ...cells } = readWorkbook(bytes, file, asked);
  if (asked === undefined && sheets.length > 1) {
    const values = { file, sheet, count: sheets.length, second: sheets[1] };
    emit({ type: "notice", level: "info", code: "data/list-sheet", values });
  }
  if (errors.length > 0) {
    const values = { file, sheet, count: errors.length, ...errors[0] };
    emit({ type: "notice", level: "warning", code: "data/list-cell-errors", values });
  }
  return tableFromCells(cells, options);
}

function tableFromCells(cells: Cells, { columns, isKeyName }: TableOptions): Table {
  const { rows, lines } = withoutTitle(cells);
  if (rows.length === 0) return { columns: [], rows: [] };
  const width = Math.max(...rows.slice(0, 100).map((row) => row.length));
  const hasHeader = columns === undefined && looksLikeHeader(rows, isKeyName);
  const names = Array.from(
    { length: width },
    (_, i) => (hasHeader ? rows[0][i]?.normalize("NFC") : columns?.[i]) || `column-${i + 1}`,
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

/** Sheets made for people begin with a title: rows of one cell above a table of several columns. */
function withoutTitle({ rows, lines }: Cells): Cells {
  const filled = (row: readonly string[]) => row.filter((cell) => cell !== "").length;
  const first = rows.slice(0, 20).findIndex((row) => filled(row) > 1);
  const hasTitle = first > 0 && !rows.slice(0, first).some((row) => row.some(endsLikePicture));
  return hasTitle ? { rows: rows.slice(first), lines: lines.slice(first) } : { rows, lines };
}

/** A first row is data if it names a picture, as the row after it does; else it is a header. */
function looksLikeHeader(
  rows: readonly (readonly string[])[],
  isKeyName: TableOptions["isKeyName"],
): boolean {
  return rows[0].some(isKeyName) || !rows[0].some(endsLikePicture);
}

function tableFromJson(bytes: Buffer, file: string, { emit }: TableOptions): Table {
  let value: unknown;
  try {
    const { text, encoding } = decodeText(bytes, file);
    noteEncoding(encoding, file, emit);
    value = JSON.parse(text);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const found = cause instanceof Error ? cause.message.slice(0, 200) : String(cause);
    throw new Problem("data/labels-not-json", { file, found }, { cause });
  }
  const tasks = readTasks(value);
  if (tasks !== undefined) return tableFromTasks(tasks, { file, emit });
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

/** A row an answer, which names its own question alone. */
function tableFromTasks(
  { answers, ...counts }: ReadTasks,
  { file, emit }: { readonly file: string; readonly emit: Emit },
): Table {
  const values = { file, answers: answers.length, ...counts };
  if (answers.length === 0) throw new Problem("data/tasks-unanswered", values);
  const { skipped, several, others, unanswered, nameless } = counts;
  const isWhole = skipped + several + others + unanswered + nameless === 0;
  const level = isWhole ? "info" : "warning";
  emit({ type: "notice", level, code: "data/tasks-read", values });
  const questions = [...new Set(answers.map(({ question }) => question))];
  return {
    columns: ["path", ...questions, answerColumns.by, answerColumns.at],
    rows: answers.map(({ file: path, position, question, label, by, at }) => ({
      line: position,
      values: {
        ...{ path, [question]: label },
        ...{ [answerColumns.by]: by, [answerColumns.at]: at },
      },
    })),
  };
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
