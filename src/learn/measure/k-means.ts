/**
 * Groups of like rows without labels: k-means with k-means++ starts (Arthur, Vassilvitskii 2007) and
 * Lloyd's iterations, the best of several starts by the sum of squared distances. Groups are numbered
 * from the largest down.
 */
import { fork, type Key, uniform } from "../../base/index.ts";
import type { Matrix } from "./matrix.ts";

export interface KMeansOptions {
  readonly key: Key;
  readonly groups: number;
  readonly starts?: number;
  readonly iterations?: number;
}

export interface KMeans {
  /** The group of each row. */
  readonly group: Int32Array;
  readonly sizes: Int32Array;
  /** `[groups, columns]`. */
  readonly centres: Float64Array;
  /** Squared distance of each row to its centre. */
  readonly squares: Float64Array;
}

/** As many groups as a person names in a few minutes: √(rows / 2), at least 2 and at most 12. */
export function groupsFor(rows: number): number {
  return Math.min(12, Math.max(2, Math.round(Math.sqrt(rows / 2))));
}

/** Fewer groups than asked for come back where rows coincide. */
export function kMeans(matrix: Matrix, options: KMeansOptions): KMeans {
  const { key, starts = 4 } = options;
  let best: KMeans | undefined;
  for (let start = 0; start < starts; start++) {
    const found = oneStart(matrix, { ...options, key: fork(key, "k-means", start) });
    if (!best || total(found) < total(best)) best = found;
  }
  return ordered(best ?? oneStart(matrix, options), matrix.columns);
}

function oneStart(matrix: Matrix, { key, groups, iterations = 40 }: KMeansOptions): KMeans {
  const { columns } = matrix;
  let centres = firstCentres(matrix, groups, key);
  let found = assign(matrix, centres);
  for (let turn = 0; turn < iterations; turn++) {
    centres = meansOf(matrix, found, centres);
    const next = assign(matrix, centres);
    const settled = next.group.every((group, row) => group === found.group[row]);
    found = next;
    if (settled) break;
  }
  return { ...found, centres, sizes: sizesOf(found.group, centres.length / columns) };
}

/** Each next centre is a row, drawn with its squared distance to the centres so far. */
function firstCentres(matrix: Matrix, groups: number, key: Key): Float64Array {
  const { rows, columns } = matrix;
  const draws = uniform(key, groups);
  const chosen = [Math.min(rows - 1, Math.floor(draws[0] * rows))];
  const least = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  while (chosen.length < groups) {
    const last = Float64Array.from(rowOf(matrix, chosen[chosen.length - 1]));
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      least[row] = Math.min(least[row], squareTo(matrix, row, last, 0));
      sum += least[row];
    }
    if (sum === 0) break;
    let rest = draws[chosen.length] * sum;
    let next = least.findIndex((square) => {
      rest -= square;
      return rest < 0;
    });
    if (next < 0) next = least.indexOf(Math.max(...least));
    chosen.push(next);
  }
  const centres = new Float64Array(chosen.length * columns);
  chosen.forEach((row, c) => {
    centres.set(rowOf(matrix, row), c * columns);
  });
  return centres;
}

function assign(matrix: Matrix, centres: Float64Array) {
  const { rows, columns } = matrix;
  const group = new Int32Array(rows);
  const squares = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c * columns < centres.length; c++) {
      const square = squareTo(matrix, row, centres, c * columns, least);
      if (square < least) [least, group[row]] = [square, c];
    }
    squares[row] = least;
  }
  return { group, squares };
}

/** A group that lost all rows keeps its centre. */
function meansOf(
  matrix: Matrix,
  { group }: Pick<KMeans, "group">,
  before: Float64Array,
): Float64Array {
  const { columns } = matrix;
  const sums = new Float64Array(before.length);
  const sizes = sizesOf(group, before.length / columns);
  for (const [row, own] of group.entries()) {
    const values = rowOf(matrix, row);
    for (let p = 0; p < columns; p++) sums[own * columns + p] += values[p];
  }
  return sums.map((sum, q) => {
    const size = sizes[Math.floor(q / columns)];
    return size > 0 ? sum / size : before[q];
  });
}

/** Stops adding where the answer is already beyond `enough`. */
function squareTo(
  { columns, values }: Matrix,
  row: number,
  centres: Float64Array,
  from: number,
  enough = Number.POSITIVE_INFINITY,
): number {
  let square = 0;
  for (let p = 0, at = row * columns; p < columns; p++, at++) {
    const difference = values[at] - centres[from + p];
    square += difference * difference;
    if (square > enough) break;
  }
  return square;
}

function rowOf({ columns, values }: Matrix, row: number): Float32Array {
  return values.subarray(row * columns, (row + 1) * columns);
}

function sizesOf(group: Int32Array, groups: number): Int32Array {
  const sizes = new Int32Array(groups);
  for (const own of group) sizes[own]++;
  return sizes;
}

function total({ squares }: KMeans): number {
  return squares.reduce((sum, square) => sum + square, 0);
}

/** Renumbered from the largest down, without empty groups. */
function ordered({ group, sizes, centres, squares }: KMeans, columns: number): KMeans {
  const order = [...sizes.keys()]
    .filter((c) => sizes[c] > 0)
    .sort((a, b) => sizes[b] - sizes[a] || a - b);
  const place = new Map(order.map((c, i) => [c, i]));
  const moved = new Float64Array(order.length * columns);
  order.forEach((c, i) => {
    moved.set(centres.subarray(c * columns, (c + 1) * columns), i * columns);
  });
  return {
    group: group.map((c) => place.get(c) ?? 0),
    sizes: Int32Array.from(order, (c) => sizes[c]),
    centres: moved,
    squares,
  };
}
