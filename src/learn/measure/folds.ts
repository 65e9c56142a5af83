/**
 * Folds for cross-validation on training rows: stratified by class when rows stand for themselves,
 * whole groups when they do not, each group joining the fold that has fewest rows.
 */
import { fork, type Key, permutation } from "../../base/index.ts";
import { type Groups, numberGroups, rowsByClass } from "./labels.ts";

export interface FoldOptions {
  readonly key: Key;
  readonly folds: number;
  /** Most rows that take part. */
  readonly rows: number;
}

export interface Fold {
  readonly fit: Uint32Array;
  readonly held: Uint32Array;
}

/** Fewer folds than asked if there are fewer groups; fewer than two folds mean: none possible. */
export function crossValidationFolds(
  { codes, groups }: { readonly codes: Int32Array; readonly groups?: Groups | undefined },
  { key, folds, rows }: FoldOptions,
): Fold[] {
  const units = groups
    ? groupUnits(groups, { key: fork(key, "groups"), rows })
    : rowUnits(codes, { key: fork(key, "classes"), rows });
  const fold = new Int32Array(codes.length).fill(-1);
  const sizes = new Array<number>(Math.min(folds, units.length)).fill(0);
  for (const unit of units) {
    const least = sizes.indexOf(Math.min(...sizes));
    sizes[least] += unit.length;
    for (const row of unit) fold[row] = least;
  }
  return sizes.flatMap((_, held) => {
    const part = {
      fit: rowsWhere(fold, (value) => value >= 0 && value !== held),
      held: rowsWhere(fold, (value) => value === held),
    };
    return part.fit.length > 0 && part.held.length > 0 ? [part] : [];
  });
}

interface Draw {
  readonly key: Key;
  readonly rows: number;
}

/** Single rows, an equal share of each class, class after class: dealt in turn they stratify. */
function rowUnits(codes: Int32Array, { key, rows }: Draw): number[][] {
  const classes = codes.reduce((most, code) => Math.max(most, code), -1) + 1;
  const { order, start } = rowsByClass(codes, classes);
  const share = Math.min(1, rows / order.length);
  return Array.from({ length: classes }, (_, c) => {
    const size = start[c + 1] - start[c];
    return Array.from(permutation(fork(key, c), size).slice(0, Math.ceil(share * size)), (at) => [
      order[start[c] + at],
    ]);
  }).flat();
}

function groupUnits(groups: Groups, { key, rows }: Draw): number[][] {
  const { codes, count } = numberGroups(groups);
  const units: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((group, row) => {
    units[group].push(row);
  });
  let taken = 0;
  return Array.from(permutation(key, count), (unit) => units[unit]).filter((unit, at) => {
    taken += unit.length;
    return at < 2 || taken <= rows;
  });
}

function rowsWhere(fold: Int32Array, holds: (value: number) => boolean): Uint32Array {
  const rows: number[] = [];
  fold.forEach((value, row) => {
    if (holds(value)) rows.push(row);
  });
  return Uint32Array.from(rows);
}
