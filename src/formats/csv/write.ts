/**
 * Rows to CSV that a spreadsheet opens as it should: UTF-8 with its mark (without it Excel shows
 * Japanese as rubbish), CRLF, and no cell that it would take for a formula. Such a cell gets an
 * apostrophe before it, which `restoreCell` takes away again when the list comes back.
 */

const byteOrderMark = "\ufeff";

/** What makes a spreadsheet compute or call (OWASP, "CSV Injection"), full-width signs included. */
const formula = /^[\s\u00a0]*[=+\-@＝＋－＠|%]|^[\t\r\n]/;
/** What could be mistaken for a cell that was made harmless: it gets one apostrophe more. */
const marked = /^'+([\s\u00a0]*[=+\-@＝＋－＠|%]|[\t\r\n])/;

export function writeCsv(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => row.map((cell) => quoted(harmlessCell(cell))).join(","));
  return `${byteOrderMark}${lines.map((line) => `${line}\r\n`).join("")}`;
}

/** The cell as a spreadsheet shows it and does nothing with it. Plain numbers stay numbers. */
export function harmlessCell(cell: string): string {
  if (/^[+-]?\d+([.,]\d+)?$/.test(cell)) return cell;
  return formula.test(cell) || marked.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `harmlessCell`. */
export function restoreCell(cell: string): string {
  return marked.test(cell) ? cell.slice(1) : cell;
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
