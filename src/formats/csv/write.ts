/** Comma-separated text that spreadsheets open as it is meant: marked UTF-8, lines ended as in RFC 4180. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `${cells.map(quoted).join(",")}\r\n`);
  return `\uFEFF${lines.join("")}`;
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
