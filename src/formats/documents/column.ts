/** Columns of a stored document: long arrays checked in one plain loop, since zod visits each element slowly. */
import { z } from "zod";

/** A column whose every element passes `test`; the first that does not is named by its position. */
export function column<T>(kind: string, test: (element: unknown) => element is T) {
  return z.custom<T[]>((value) => Array.isArray(value) && firstOther(value, test) < 0, {
    error: ({ input }) => {
      if (!Array.isArray(input)) return `expected a column of ${kind}`;
      return `expected ${kind} at position ${firstOther(input, test)}`;
    },
  });
}

export const texts = column("text", (element): element is string => typeof element === "string");

/** Whole numbers from `low` upwards. */
export function wholes(low: number) {
  return column(
    `a whole number ≥ ${low}`,
    (element): element is number =>
      typeof element === "number" && Number.isSafeInteger(element) && element >= low,
  );
}

export const numbers = column(
  "a finite number",
  (element): element is number => typeof element === "number" && Number.isFinite(element),
);

function firstOther(values: readonly unknown[], test: (element: unknown) => boolean): number {
  for (let i = 0; i < values.length; i++) if (!test(values[i])) return i;
  return -1;
}
