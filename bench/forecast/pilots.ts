/**
 * Pilots and the truth about them. The truth of a shelf and a head is its mean error over many random
 * draws of each size up to the whole pool; a pilot is a random part of the pool whose own curve is all
 * that a forecast sees.
 */
import { fork, type Key, permutation } from "../../src/base/index.ts";
import { type Goal, type LearningCurve, learningCurve } from "../../src/learn/forecast/index.ts";
import { type HeadName, shelfFrame } from "../../src/learn/heads/index.ts";
import { type Frame, pickRows, plainProduct } from "../../src/learn/measure/index.ts";
import type { LabelledShelf } from "../selection/shelves.ts";

export interface Asked {
  readonly key: Key;
  readonly goal: Goal;
  readonly head: HeadName;
  readonly frame: Frame;
}

export interface Truth {
  readonly sizes: readonly number[];
  /** Mean over draws, at each size. */
  readonly errors: readonly number[];
}

/** Draws whose mean is taken for the truth. */
const draws = 50;
/** From one size to the next. */
const step = Math.SQRT2;

export function frameOf({ pool }: LabelledShelf, key: Key): Promise<Frame> {
  return shelfFrame(pool.matrix, { key, product: plainProduct });
}

export async function truthOf(shelf: LabelledShelf, asked: Asked): Promise<Truth> {
  const { pool, judged, classes } = shelf;
  const sizes: number[] = [];
  for (let size = 2 * classes; size < 0.97 * pool.codes.length; size *= step)
    sizes.push(Math.round(size));
  sizes.push(pool.codes.length);
  const { points } = await learningCurve({ ...pool, classes }, judged, {
    ...optionsOf(asked, fork(asked.key, "truth")),
    sizes,
    repeats: draws,
  });
  return { sizes, errors: points.map(({ mean }) => mean) };
}

export interface PilotOptions {
  readonly size: number;
  readonly round: number;
  /** Evaluation items that the pilot has; all where there are no more. */
  readonly items: number;
}

export async function pilotCurve(
  shelf: LabelledShelf,
  asked: Asked,
  { size, round, items }: PilotOptions,
): Promise<LearningCurve> {
  const { pool, judged, classes } = shelf;
  const key = fork(fork(asked.key, "pilot", size), "round", round);
  const codes = new Int32Array(pool.codes.length).fill(-1);
  for (const row of permutation(fork(key, "labels"), codes.length).subarray(0, size)) {
    codes[row] = pool.codes[row];
  }
  const rows = permutation(fork(key, "items"), judged.codes.length).subarray(0, items);
  const seen = {
    matrix: pickRows(judged.matrix, rows),
    codes: Int32Array.from(rows, (row) => judged.codes[row]),
  };
  const own = { matrix: pool.matrix, codes, classes };
  return await learningCurve(own, seen, optionsOf(asked, key));
}

function optionsOf({ goal, head, frame }: Asked, key: Key) {
  const weights = goal.kind === "accuracy" ? ("none" as const) : ("balanced" as const);
  return { key, goal, head, frame, weights };
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
