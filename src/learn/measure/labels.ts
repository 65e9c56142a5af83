/** Labels of the rows of a matrix, and which classes are large enough to be measured. */
import { Problem } from "../../base/index.ts";

export interface Labels {
  /** The class of each row; -1 = no label. */
  readonly codes: Int32Array;
  readonly classes: readonly string[];
}

/** A group for each row (lot, object, near-duplicate cluster): what is drawn together. */
export type Groups = ArrayLike<string | number>;

/** One label set over the training and the evaluation rows. */
export interface LabelSet {
  readonly name: string;
  readonly train: Labels;
  readonly test: Labels;
}

export interface LeftOut {
  readonly class: string;
  readonly train: number;
  readonly test: number;
}

/** Only the classes that can be measured, renumbered; rows of other classes count as unlabelled. */
export interface UsableLabels {
  readonly name: string;
  readonly classes: readonly string[];
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly leftOut: readonly LeftOut[];
}

/** Keeps classes with at least two training items and one evaluation item, and names the rest. */
export function usableLabels({ name, train, test }: LabelSet): UsableLabels {
  const { classes } = train;
  if (classes.length !== test.classes.length || classes.some((c, i) => c !== test.classes[i])) {
    throw new Problem("measure/classes-differ", { labelSet: name });
  }
  const inTrain = countClasses(train.codes, classes.length);
  const inTest = countClasses(test.codes, classes.length);
  const renumbered = new Int32Array(classes.length).fill(-1);
  const kept: string[] = [];
  const leftOut: LeftOut[] = [];
  for (let c = 0; c < classes.length; c++) {
    if (inTrain[c] >= 2 && inTest[c] >= 1) {
      renumbered[c] = kept.push(classes[c]) - 1;
    } else if (inTrain[c] + inTest[c] > 0) {
      leftOut.push({ class: classes[c], train: inTrain[c], test: inTest[c] });
    }
  }
  if (kept.length < 2) {
    throw new Problem("measure/one-class", {
      labelSet: name,
      kept: kept.length,
      classes: kept.length + leftOut.length,
    });
  }
  const renumber = (code: number) => (code < 0 ? -1 : renumbered[code]);
  return {
    name,
    classes: kept,
    train: train.codes.map(renumber),
    test: test.codes.map(renumber),
    leftOut,
  };
}

export function countClasses(codes: Int32Array, classes: number): Int32Array {
  const counts = new Int32Array(classes);
  for (const code of codes) if (code >= 0) counts[code]++;
  return counts;
}

/** The rows that have a label, class by class: rows of class c are `order[start[c]…start[c + 1]]`. */
export function rowsByClass(
  codes: Int32Array,
  classes: number,
): { readonly order: Uint32Array; readonly start: Uint32Array } {
  const counts = countClasses(codes, classes);
  const start = new Uint32Array(classes + 1);
  for (let c = 0; c < classes; c++) start[c + 1] = start[c] + counts[c];
  const order = new Uint32Array(start[classes]);
  const next = start.slice();
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) order[next[codes[i]]++] = i;
  return { order, start };
}

/** Rows that have a label, in their order. */
export function labelledRows(codes: Int32Array): Uint32Array {
  const rows = new Uint32Array(codes.length);
  let count = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) rows[count++] = i;
  return rows.slice(0, count);
}

/** Groups numbered 0 … count - 1 by first appearance, for the rows given (default: all). */
export function numberGroups(
  groups: Groups,
  rows?: ArrayLike<number>,
): { readonly codes: Int32Array; readonly count: number } {
  const numbers = new Map<string | number, number>();
  const codes = new Int32Array(rows?.length ?? groups.length);
  for (let i = 0; i < codes.length; i++) {
    const group = groups[rows ? rows[i] : i];
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    codes[i] = number;
  }
  return { codes, count: numbers.size };
}

export function checkLabels(labels: Labels, rows: number, labelSet: string): void {
  if (labels.codes.length !== rows) {
    throw new Problem("measure/labels-do-not-fit", {
      labelSet,
      labels: labels.codes.length,
      rows,
    });
  }
}

export function checkGroups(groups: Groups | undefined, rows: number): void {
  if (groups && groups.length !== rows) {
    throw new Problem("measure/groups-do-not-fit", { groups: groups.length, rows });
  }
}
