/** Which columns of a list look like label sets, and which of them contain one another. */
import type { LabelList } from "./label-list.ts";
import { type Items, requireMatches } from "./match-rows.ts";

export interface OfferedSet {
  readonly column: string;
  readonly classes: number;
  /** Rows whose cell is not empty. */
  readonly labelled: number;
  /** The finest coarser column that this one determines; a proposal, not yet declared. */
  readonly parent?: string;
}

/** Columns with at least two classes and two rows a class on average, coarsest first. */
export function offeredSets({ columns, rows }: LabelList): OfferedSet[] {
  const found = columns.flatMap((column) => {
    const values = rows.map((row) => (row.values[column] ?? "").normalize("NFC"));
    const labelled = values.filter((value) => value !== "").length;
    const classes = new Set(values.filter((value) => value !== "")).size;
    return classes > 1 && 2 * classes <= labelled ? [{ column, classes, labelled, values }] : [];
  });
  found.sort((a, b) => a.classes - b.classes);
  return found.map(({ values, ...set }, i) => {
    const parent = found
      .slice(0, i)
      .findLast((other) => other.classes < set.classes && determines(values, other.values));
    return parent === undefined ? set : { ...set, parent: parent.column };
  });
}

/** Whether equal filled values on the left always stand beside equal ones on the right. */
function determines(fine: readonly string[], coarse: readonly string[]): boolean {
  const upper = new Map<string, string>();
  return fine.every((value, i) => {
    if (value === "" || coarse[i] === "") return true;
    const before = upper.get(value) ?? coarse[i];
    upper.set(value, before);
    return before === coarse[i];
  });
}

/** Columns that say nothing of any item that the list names, beside others that do. */
export function emptyColumns(list: LabelList, items: Items, root: string): string[] {
  const { matched } = requireMatches(list, items, root);
  const empty = list.columns.filter((column) =>
    matched.every(({ row }) => (row.values[column] ?? "") === ""),
  );
  return empty.length < list.columns.length ? empty : [];
}

/** Below so many rows, a column of single values may still be labels. */
const enoughRows = 20;

/** Columns such as numbers and remarks, where hardly two rows have the same value. */
export function columnsOfSingles({ columns, rows }: LabelList): string[] {
  return columns.filter((column) => {
    const values = rows.flatMap(({ values }) => values[column] || []);
    return values.length > enoughRows && new Set(values).size > values.length / 2;
  });
}
