/** A table as aligned text; widths count what a terminal shows, so Japanese lines up. */
import stringWidth from "string-width";

/** First row = heads. Cells that look like numbers stand to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = rows[0].map((_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column]))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => padded(cell, columns[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function padded(cell: string, width: number): string {
  const blanks = " ".repeat(Math.max(0, width - stringWidth(cell)));
  return /^[-+]?[\d.,]+ ?%?$|^[-–—]$/.test(cell) ? blanks + cell : cell + blanks;
}
