/**
 * Whether classes can be told apart at each of several resolutions, from descriptors of the same rows:
 * cross-fitted discriminants, the same folds at every side. A pair counts as inseparable at the
 * working side when the 95 % interval of its balanced accuracy holds 0.5; another side counts as
 * enough when it is right where the working one was wrong more often than the reverse (sign test,
 * one-sided 5 % divided by the number of tests), and its own interval lies above 0.5. For the whole
 * set a side is better when its gain over the best smaller one is worth having and no chance: the
 * smallest side is named beyond which nothing is gained.
 */
import { fork, type Key, permutation } from "../../base/index.ts";
import { bootstrapScores } from "./bootstrap.ts";
import { crossFittedScores } from "./discriminant.ts";
import type { Matrix } from "./matrix.ts";

export interface SidesTask {
  /** Descriptors of the same rows, sides ascending. */
  readonly sides: readonly { readonly side: number; readonly matrix: Matrix }[];
  readonly working: number;
  readonly codes: Int32Array;
  readonly classes: number;
  /** Rows of one group never stand in different folds. */
  readonly groups: readonly string[];
  readonly key: Key;
}

interface Bounds {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface SidesMeasured {
  readonly sides: readonly ({ readonly side: number } & Bounds)[];
  readonly pairs: readonly {
    readonly classes: readonly [number, number];
    readonly items: number;
    readonly atWorking: Bounds;
    readonly enough?: { readonly side: number } & Bounds;
  }[];
  /** The side to use instead of the working one. */
  readonly better?: number;
}

export const sidesProtocol = "edges/1 cells=4 lda=0.2 folds=5";

const folds = 5;
const limits = {
  /** Rows of each class of a pair that is judged. */
  rows: 8,
  /** Above this a pair is told apart well enough to say no more. */
  apart: 0.7,
  /** An interval that ends below this is narrow enough to say that nothing tried helps. */
  sure: 0.75,
  /** A gain in the whole set's accuracy that is worth a larger side. */
  worth: 0.02,
  significance: 0.05,
  repeats: 400,
} as const;

export function measureSides(task: SidesTask): SidesMeasured {
  const { codes, classes, groups, key, working } = task;
  const fold = foldsOf(groups, key);
  const scored = task.sides.map(({ side, matrix }) => {
    const scores = crossFittedScores({ matrix, codes, classes, fold });
    return { side, scores, right: wholeRight(scores, codes, classes) };
  });
  const base = scored.find(({ side }) => side === working) ?? scored[0];
  const bound = (right: Float32Array) => boundsOf(right, codes, { groups, key });
  const larger = scored.filter(({ side }) => side > working);
  const better = larger.reduce((best, next) => {
    const gain = bound(next.right.map((value, row) => value - best.right[row]));
    return gain.low > 0 && gain.value >= limits.worth ? next : best;
  }, base);
  return {
    sides: scored.map(({ side, right }) => ({ side, ...bound(right) })),
    pairs: pairsOf(task, scored, base),
    ...(better !== base && { better: better.side }),
  };
}

interface Scored {
  readonly side: number;
  readonly scores: Float64Array;
}

function pairsOf(
  { codes, classes, groups, key, working }: SidesTask,
  scored: readonly Scored[],
  base: Scored,
): SidesMeasured["pairs"] {
  const rowsOf = Array.from({ length: classes }, (_, c) =>
    [...codes.keys()].filter((row) => codes[row] === c),
  );
  const suspects: { readonly a: number; readonly b: number; readonly rows: readonly number[] }[] =
    [];
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      if (Math.min(rowsOf[a].length, rowsOf[b].length) < limits.rows) continue;
      const rows = [...rowsOf[a], ...rowsOf[b]];
      const right = pairRight(base.scores, { a, b, rows, codes, classes });
      if (balanced(right, rows, codes) < limits.apart) suspects.push({ a, b, rows });
    }
  }
  const larger = scored.filter(({ side }) => side > working);
  const tests = Math.max(1, suspects.length * larger.length);
  return suspects.flatMap(({ a, b, rows }) => {
    const pair = { a, b, rows, codes, classes };
    const own = Int32Array.from(rows, (row) => codes[row]);
    const bound = (right: Float32Array) =>
      boundsOf(right, own, { groups: rows.map((row) => groups[row]), key: fork(key, a, b) });
    const before = pairRight(base.scores, pair);
    const atWorking = bound(before);
    if (atWorking.low > 0.5) return [];
    const enough = larger
      .map(({ side, scores }) => ({ side, right: pairRight(scores, pair) }))
      .filter(({ right }) => signTest(before, right) <= limits.significance / tests)
      .map(({ side, right }) => ({ side, ...bound(right) }))
      .find(({ low }) => low > 0.5);
    if (!enough && atWorking.high > limits.sure) return [];
    const classesOf = [a, b] as const;
    return [{ classes: classesOf, items: rows.length, atWorking, ...(enough && { enough }) }];
  });
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly rows: readonly number[];
  readonly codes: Int32Array;
  readonly classes: number;
}

function pairRight(scores: Float64Array, { a, b, rows, codes, classes }: Pair): Float32Array {
  return Float32Array.from(rows, (row) => {
    const [first, second] = [scores[row * classes + a], scores[row * classes + b]];
    return (codes[row] === a ? first > second : second > first) ? 1 : 0;
  });
}

function wholeRight(scores: Float64Array, codes: Int32Array, classes: number): Float32Array {
  return Float32Array.from(codes, (code, row) => {
    const own = scores.subarray(row * classes, (row + 1) * classes);
    return own.every((score, c) => c === code || score < own[code]) ? 1 : 0;
  });
}

function balanced(right: Float32Array, rows: readonly number[], codes: Int32Array): number {
  const sums = new Map<number, [number, number]>();
  rows.forEach((row, i) => {
    const [sum, count] = sums.get(codes[row]) ?? [0, 0];
    sums.set(codes[row], [sum + right[i], count + 1]);
  });
  return [...sums.values()].reduce((total, [sum, count]) => total + sum / count / sums.size, 0);
}

function boundsOf(
  right: Float32Array,
  codes: Int32Array,
  { groups, key }: { readonly groups: readonly string[]; readonly key: Key },
): Bounds {
  const { low, high } = bootstrapScores(right, codes, {
    key: fork(key, "interval"),
    groups: [...groups],
    repeats: limits.repeats,
  }).balanced;
  return { value: balanced(right, [...right.keys()], codes), low, high };
}

/** P(at least this many of the changed answers are improvements), if a change were a coin's throw. */
function signTest(before: Float32Array, after: Float32Array): number {
  let [gained, lost] = [0, 0];
  before.forEach((value, i) => {
    if (after[i] > value) gained++;
    if (after[i] < value) lost++;
  });
  const n = gained + lost;
  let [probability, choose] = [0, 0.5 ** n];
  for (let k = n; k >= gained; k--) {
    probability += choose;
    choose *= k / (n - k + 1);
  }
  return n === 0 ? 1 : probability;
}

/** Whole groups dealt to folds in random order. */
function foldsOf(groups: readonly string[], key: Key): Int32Array {
  const names = [...new Set(groups)];
  const order = permutation(fork(key, "folds"), names.length);
  const place = new Map(names.map((name, i) => [name, order[i] % folds]));
  return Int32Array.from(groups, (name) => place.get(name) ?? 0);
}
