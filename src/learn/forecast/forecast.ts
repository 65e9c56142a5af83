/**
 * How many labels a goal takes: the least number at which the mixture of continuations has reached the
 * error allowed with probability one half; the interval ends where it has with 5 % and with 95 %. What is
 * not reached so within a hundred times the labels at hand counts as infinitely many.
 */
import { Problem } from "../../base/index.ts";
import { type Continuation, type Continuing, continuationOf } from "./continuation.ts";
import type { LearningCurve } from "./learning-curve.ts";

/** Constants and shapes: only for their calibration. */
export interface ForecastOptions extends Continuing {
  /** The error that must not be exceeded. */
  readonly allowed: number;
  readonly level?: number;
}

export type ForecastState =
  /** The labels at hand reach it. */
  | "reached"
  | "forecast"
  /** Beyond eight times the labels at hand: a guess. */
  | "guess"
  /** It is less than likely that it ever gets there, but not out of the question. */
  | "doubtful"
  /** With this representation no number of labels is enough. */
  | "unreachable";

export interface Forecast {
  readonly state: ForecastState;
  readonly allowed: number;
  /** Infinity where the middle never gets there. */
  readonly labels: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  /** Probability that a hundred times the labels at hand are enough. */
  readonly reachable: number;
  /** The error that the curve falls to in the end. */
  readonly floor: number;
  /** From the labels at hand on, to eight times as many: the error and its band. */
  readonly band: readonly BandPoint[];
  /** The largest size at hand, and what the curve without it says of it. */
  readonly check: { readonly labels: number; readonly error: number; readonly said: number };
}

export interface BandPoint {
  readonly labels: number;
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

/** Beyond so many times the labels at hand it is guessing. */
export const guessingBeyond = 8;
/** A curve takes so many sizes to be continued. */
export const fewestSizes = 4;

const farthest = 100;
const stepsPerDoubling = 4;

export function forecastLabels(
  curve: LearningCurve,
  { allowed, level = 0.9, ...continuing }: ForecastOptions,
): Forecast {
  const { points } = curve;
  if (points.length < fewestSizes) {
    const labels = points.at(-1)?.labels ?? 0;
    const values = { sizes: points.length, labels, needed: fewestSizes };
    throw new Problem("forecast/too-few-sizes", values);
  }
  const found = continuationOf(curve, continuing);
  const [few, many] = [(1 - level) / 2, (1 + level) / 2];
  const labels = firstWhere(found, allowed, 0.5);
  const low = firstWhere(found, allowed, few);
  const high = firstWhere(found, allowed, many);
  const last = points[points.length - 1];
  const before = { ...curve, points: points.slice(0, -1) };
  const said = quantile(continuationOf(before, continuing), last.labels, 0.5);
  return {
    state: stateOf({ labels, low }, { hand: last.labels, error: last.mean, allowed }),
    allowed,
    labels,
    low,
    high,
    level,
    reachable: found.at(farthest * found.hand)(allowed),
    floor: found.floor,
    band: bandOf(found, [few, many]),
    check: { labels: last.labels, error: last.mean, said },
  };
}

function stateOf(
  { labels, low }: { readonly labels: number; readonly low: number },
  now: { readonly hand: number; readonly error: number; readonly allowed: number },
): ForecastState {
  if (now.error <= now.allowed) return "reached";
  if (low === Number.POSITIVE_INFINITY) return "unreachable";
  if (labels === Number.POSITIVE_INFINITY) return "doubtful";
  return labels > guessingBeyond * now.hand ? "guess" : "forecast";
}

/** The least number of labels at which the error is reached with that probability. */
function firstWhere({ hand, at }: Continuation, allowed: number, share: number): number {
  const over = (labels: number) => share - at(labels)(allowed);
  const factor = 2 ** (1 / stepsPerDoubling);
  // Back from the labels at hand, where they are enough already.
  let labels = hand;
  while (labels > 1 && over(labels) <= 0) labels /= factor;
  let before = over(labels);
  while (before > 0) {
    if (labels > farthest * hand) return Number.POSITIVE_INFINITY;
    const next = over(labels * factor);
    if (next <= 0) return Math.max(1, labels * factor ** (before / (before - next)));
    [labels, before] = [labels * factor, next];
  }
  return 1;
}

function bandOf(found: Continuation, [few, many]: readonly [number, number]): BandPoint[] {
  const steps = 2 * Math.log2(guessingBeyond);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const labels = found.hand * 2 ** (i / 2);
    const error = (share: number) => quantile(found, labels, share);
    return { labels, error: error(0.5), low: error(few), high: error(many) };
  });
}

/** The error that is not exceeded with that probability, by bisection of its logarithm. */
function quantile({ at }: Continuation, labels: number, share: number): number {
  const within = at(labels);
  let [low, high] = [1e-6, 1];
  for (let step = 0; step < 18; step++) {
    const middle = Math.sqrt(low * high);
    if (within(middle) < share) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
