/** A table as aligned text; widths count what a terminal shows, so Japanese lines up. */
import stringWidth from "string-width";
import { type Palette, palette } from "./palette.ts";

const number = /^[-+]?[\d.,]+(e[-+]?\d+)?( %)?$|^[-–—]$/;

/**
 * First row = heads. A column of nothing but numbers stands to the right; where intervals follow the
 * numbers (`41.2 % [39.8, 42.5]`), numbers and intervals are aligned each for themselves.
 */
export function table(rows: readonly (readonly string[])[], shown: Shown = {}): string {
  const { columns: width = Number.POSITIVE_INFINITY, paint = palette(false) } = shown;
  const [heads = [], ...body] = rows.map((row) => row.map(oneLine));
  const columns = heads.map((head, c) => {
    const cells = body.map((row) => row[c]);
    return column(head, cells);
  });
  const lines = [heads, ...body].map((_, r) =>
    columns
      .map((cells) => cells[r])
      .join("  ")
      .trimEnd(),
  );
  if (widest(lines) > width) return records(heads, body, paint);
  return lines.map((line, r) => (r === 0 ? paint.quiet(line) : line)).join("\n");
}

/** Where the table is wider than the terminal: one paragraph a row, one line a cell. */
function records(heads: readonly string[], body: readonly string[][], paint: Palette): string {
  const width = widest(heads);
  return body
    .map(([first, ...cells]) => {
      const lines = cells.flatMap((cell, c) =>
        cell === "" ? [] : [`  ${paint.quiet(right(heads[c + 1] ?? "", width))}  ${cell}`],
      );
      return [paint.strong(first), ...lines].join("\n");
    })
    .join("\n");
}

export interface Shown {
  /** Of the terminal. */
  readonly columns?: number;
  readonly paint?: Palette;
}

function column(head: string, cells: readonly string[]): string[] {
  const parts = cells.map(split);
  const isNumbers = parts.length > 0 && parts.every(([value]) => number.test(value));
  const values = isNumbers ? widest(parts.map(([value]) => value)) : 0;
  const written = isNumbers
    ? parts.map(([value, rest]) => left(value, values) + rest)
    : cells.slice();
  const width = widest([head, ...written]);
  const hasRest = parts.some(([, rest]) => rest !== "");
  const pad = isNumbers && !hasRest ? left : right;
  return [head, ...written].map((cell) => pad(cell, width));
}

/** A number and the interval behind it. */
function split(cell: string): readonly [value: string, rest: string] {
  const at = cell.indexOf(" [");
  return at < 0 ? [cell, ""] : [cell.slice(0, at), cell.slice(at)];
}

function widest(cells: readonly string[]): number {
  return Math.max(0, ...cells.map((cell) => stringWidth(cell)));
}

function left(cell: string, width: number): string {
  return blanks(cell, width) + cell;
}

function right(cell: string, width: number): string {
  return cell + blanks(cell, width);
}

function blanks(cell: string, width: number): string {
  return " ".repeat(Math.max(0, width - stringWidth(cell)));
}

/** Line breaks and other control characters as they are written in JSON. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, (found) => JSON.stringify(found).slice(1, -1));
}
