/**
 * Pilots and the truth about them. The truth of a shelf and a head is its mean error over many random
 * draws of each size up to the whole pool; a pilot is a random part of the pool whose own curve is all
 * that a forecast sees. Pilots are judged on some of the evaluation items, the truth on the others.
 */
import { fork, type Key, keyFromSeed, permutation } from "../../src/base/index.ts";
import { type LearningCurve, learningCurve } from "../../src/learn/forecast/index.ts";
import { type HeadName, shelfFrame } from "../../src/learn/heads/index.ts";
import { pickRows, plainProduct } from "../../src/learn/measure/index.ts";
import type { LabelledShelf, Side } from "../selection/shelves.ts";

export interface Truth {
  readonly sizes: readonly number[];
  /** Mean over draws, at each size. */
  readonly errors: readonly number[];
}

export interface Pilot {
  readonly size: number;
  readonly round: number;
  readonly curve: LearningCurve;
}

/** All that is asked of one shelf with one head. */
export interface Trial {
  readonly task: string;
  readonly head: HeadName;
  readonly classes: number;
  readonly truth: Truth;
  readonly pilots: readonly Pilot[];
}

export interface TrialOptions {
  readonly head: HeadName;
  readonly rounds: number;
  /** Evaluation items that pilots have at the most; at least half of all are the truth's. */
  readonly items: number;
}

/** Draws whose mean is taken for the truth. */
const draws = 50;
/** Labels a class on average in pilots of three sizes, and labels at the least. */
const perClass = [6, 12, 24];
const fewestLabels = 48;
const mostTrueItems = 8000;

export async function trialOf(shelf: LabelledShelf, options: TrialOptions): Promise<Trial> {
  const { name, classes, pool } = shelf;
  const { head, rounds, items } = options;
  const key = fork(keyFromSeed(2), name);
  const order = permutation(fork(key, "items"), shelf.judged.codes.length);
  const half = Math.min(items, Math.floor(order.length / 2));
  const seen = partOf(shelf.judged, order.subarray(0, half));
  const true_ = partOf(shelf.judged, order.subarray(half, half + mostTrueItems));
  const frame = await shelfFrame(pool.matrix, { key, product: plainProduct });
  const asked = {
    goal: { kind: "balanced", atLeast: 1 },
    head,
    frame,
    weights: "balanced",
  } as const;
  const whole = { ...pool, classes };
  const truth = await learningCurve(whole, true_, {
    ...asked,
    key: fork(key, "truth"),
    sizes: sizesUpTo(pool.codes.length, 2 * classes),
    repeats: draws,
  });
  const pilots: Pilot[] = [];
  for (const [i, count] of perClass.entries()) {
    const size = Math.max(count * classes, fewestLabels * 2 ** i);
    for (let round = 0; round < rounds && 2 * size <= pool.codes.length; round++) {
      const own = fork(fork(key, "pilot", size), "round", round);
      const codes = drawnCodes(pool, { size, key: own });
      // Of one class alone there is nothing to learn; `budget` refuses it.
      if (new Set(codes.filter((code) => code >= 0)).size < 2) continue;
      const curve = await learningCurve({ ...whole, codes }, seen, { ...asked, key: own });
      pilots.push({ size, round, curve });
    }
  }
  const { points } = truth;
  const means = {
    sizes: points.map(({ labels }) => labels),
    errors: points.map(({ mean }) => mean),
  };
  return { task: name, head, classes, truth: means, pilots };
}

function sizesUpTo(all: number, first: number): number[] {
  const sizes: number[] = [];
  for (let size = first; size < 0.97 * all; size *= Math.SQRT2) sizes.push(Math.round(size));
  return [...sizes, all];
}

function partOf({ matrix, codes }: Side, rows: Uint32Array): Side {
  return { matrix: pickRows(matrix, rows), codes: Int32Array.from(rows, (row) => codes[row]) };
}

/** So many labels of the pool; all others are taken away. */
function drawnCodes(
  { codes }: Side,
  { size, key }: { readonly size: number; readonly key: Key },
): Int32Array {
  const drawn = new Int32Array(codes.length).fill(-1);
  for (const row of permutation(fork(key, "labels"), codes.length).subarray(0, size)) {
    drawn[row] = codes[row];
  }
  return drawn;
}

/** The least number of labels whose mean error is at most the one allowed; Infinity = not in the pool. */
export function labelsInTruth({ sizes, errors }: Truth, allowed: number): number {
  // From the right: where the curve wavers, the last crossing is the one that stays reached.
  let at = errors.length;
  while (at > 0 && errors[at - 1] <= allowed) at--;
  if (at === errors.length) return Number.POSITIVE_INFINITY;
  if (at === 0) return sizes[0];
  const share = (errors[at - 1] - allowed) / (errors[at - 1] - errors[at]);
  return sizes[at - 1] * (sizes[at] / sizes[at - 1]) ** share;
}

/** The error at a number of labels between measured sizes, straight in log n. */
export function errorInTruth({ sizes, errors }: Truth, labels: number): number {
  const at = sizes.findIndex((size) => size >= labels);
  if (at < 0) return Number.NaN;
  if (at === 0) return errors[0];
  const share = Math.log(labels / sizes[at - 1]) / Math.log(sizes[at] / sizes[at - 1]);
  return errors[at - 1] + share * (errors[at] - errors[at - 1]);
}
