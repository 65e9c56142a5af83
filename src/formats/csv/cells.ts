/** Rows of trimmed cells from CSV, semicolon- or tab-separated text. */
import { CsvError, parse } from "csv-parse/sync";
import { Problem } from "../../base/index.ts";
import { decodeText, type TextEncoding } from "./text.ts";

export interface Cells {
  readonly rows: readonly (readonly string[])[];
  /** The line each row ends on, from 1. */
  readonly lines: readonly number[];
}

export interface TextCells extends Cells {
  readonly encoding: TextEncoding;
}

/** Ragged rows are kept as they are; empty lines are left out. `file` is named in what goes wrong. */
export function readCells(bytes: Uint8Array, file: string): TextCells {
  const { text, encoding } = decodeText(bytes, file);
  try {
    const found: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    });
    const records = found as { record: string[]; info: { lines: number } }[];
    return {
      encoding,
      rows: records.map(({ record }) => record),
      lines: records.map(({ info }) => info.lines),
    };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const found = cause.message.split("\n", 1)[0].slice(0, 200);
    throw new Problem("formats/csv-syntax", { file, found }, { cause });
  }
}

/** The one that splits the first line most. */
function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [",", "\t", ";"].map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}
