/**
 * One sheet of a workbook (.xlsx, .xlsm, .xls, .ods) as rows of trimmed texts: numbers as the sheet
 * shows them (so `0007` keeps its zeros), days as 2026-03-14, merged cells each with their value.
 */
import { createRequire } from "node:module";
import type { CellObject, Range, WorkBook, WorkSheet } from "@e965/xlsx";
import { Problem } from "../../base/index.ts";
import type { Cells } from "../csv/index.ts";
import { boundedZlib } from "./inflate.ts";
import { unpackedBytes } from "./unpacked-bytes.ts";

export interface Sheet extends Cells {
  readonly sheet: string;
  /** All sheets of the workbook. */
  readonly sheets: readonly string[];
  /** Cells that show an error such as #N/A, which are read as empty. */
  readonly errors: readonly { readonly cell: string; readonly found: string }[];
}

const limits = {
  /** Of the unpacked parts together: a small file can hold an enormous sheet. */
  unpacked: 512 * 2 ** 20,
  columns: 256,
  /** Cells that merged ones are spread over, together. */
  merged: 1 << 24,
} as const;

/** Whether a file's beginning is a workbook's: a zip (.xlsx, .ods) or a compound file (.xls). */
export function isWorkbook(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return (a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0xd0 && b === 0xcf);
}

/** The sheet of that name, else the first; rows that are empty are left out. */
export function readSheet(bytes: Uint8Array, file: string, name?: string): Sheet {
  const unpacked = unpackedBytes(bytes);
  if (unpacked > limits.unpacked) {
    throw new Problem("formats/workbook-too-large", { file, unpacked, limit: limits.unpacked });
  }
  const book = openBook(bytes, file);
  const sheets = book.SheetNames;
  const wanted = name?.normalize("NFC").trim();
  const sheet = name === undefined ? sheets[0] : sheets.find((found) => sameName(found, wanted));
  if (sheet === undefined) {
    const values = { file, sheet: name ?? "", sheets: sheets.join(", ") };
    throw new Problem("formats/sheet-missing", values);
  }
  const { grid, errors } = textsOf(book, book.Sheets[sheet], file);
  const lines = [...grid.keys()].filter((i) => grid[i]?.some((cell) => cell !== ""));
  return {
    sheet,
    sheets,
    errors,
    rows: lines.map((i) => Array.from(grid[i], (cell) => cell ?? "")),
    lines: lines.map((i) => i + 1),
  };
}

function sameName(found: string, wanted: string | undefined): boolean {
  return found.normalize("NFC").trim() === wanted;
}

type Library = typeof import("@e965/xlsx");
let loaded: Library | undefined;

/** The library is large; whoever has no workbook never loads it. */
function library(): Library {
  if (loaded === undefined) {
    const found: Library = createRequire(import.meta.url)("@e965/xlsx");
    found.CFB.utils.use_zlib(boundedZlib(limits.unpacked));
    loaded = found;
  }
  return loaded;
}

function openBook(bytes: Uint8Array, file: string): WorkBook {
  try {
    const book = library().read(bytes, { type: "array", cellNF: true, dense: true });
    if (book.SheetNames.length > 0) return book;
  } catch (cause) {
    const found = cause instanceof Error ? cause.message.split("\n", 1)[0].slice(0, 200) : "?";
    const isLocked = /password|encrypt/i.test(found);
    const code = isLocked ? "formats/workbook-locked" : "formats/workbook-broken";
    throw new Problem(code, { file, found }, { cause });
  }
  throw new Problem("formats/workbook-broken", { file, found: "no sheet" });
}

interface Texts {
  readonly grid: string[][];
  readonly errors: { cell: string; found: string }[];
}

function textsOf(book: WorkBook, sheet: WorkSheet, file: string): Texts {
  const errors: Texts["errors"] = [];
  const rows = sheet["!data"] ?? [];
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  const grid: string[][] = [];
  rows.forEach((row, r) => {
    const cells: string[] = [];
    row?.slice(0, limits.columns).forEach((cell, c) => {
      if (cell.t === "e") {
        errors.push({ cell: library().utils.encode_cell({ r, c }), found: cell.w ?? "#" });
      } else cells[c] = textOf(cell, is1904);
    });
    grid[r] = cells;
  });
  spreadMerged(grid, sheet["!merges"] ?? [], file);
  return { grid, errors };
}

/** As far down as there are rows at all: what is merged beyond them labels nothing. */
function spreadMerged(grid: string[][], merged: readonly Range[], file: string): void {
  const [rows, columns] = [grid.length, limits.columns];
  let left: number = limits.merged;
  for (const { s: start, e: end } of merged) {
    const text = grid[start.r]?.[start.c];
    if (text === undefined) continue;
    const last = { r: Math.min(end.r, rows - 1), c: Math.min(end.c, columns - 1) };
    left -= (last.r - start.r + 1) * (last.c - start.c + 1);
    if (left < 0) throw new Problem("formats/workbook-broken", { file, found: "merged cells" });
    for (let r = start.r; r <= last.r; r++) {
      grid[r] ??= [];
      for (let c = start.c; c <= last.c; c++) grid[r][c] = text;
    }
  }
}

function textOf({ t, v, w, z }: CellObject, date1904: boolean): string {
  if (t === "n" && typeof v === "number" && z !== undefined) {
    const { SSF } = library();
    if (SSF.is_date(String(z)) && v >= 1) return dayText(SSF.parse_date_code(v, { date1904 }));
  }
  return (w ?? String(v ?? "")).trim();
}

interface Moment {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  readonly H: number;
  readonly M: number;
  readonly S: number;
}

/** A day, with its time where it has one. */
function dayText({ y, m, d, H, M, S }: Moment): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  const day = `${y}-${two(m)}-${two(d)}`;
  return H === 0 && M === 0 && S === 0 ? day : `${day} ${two(H)}:${two(M)}:${two(S)}`;
}
