/**
 * How many labels a goal takes: the power law of the learning curve, followed to the error allowed. The
 * interval is a bootstrap over draws (whole nested draws, all sizes together), in which each replicate
 * also moves all errors by what the evaluation items leave open, and by what other labels than those at
 * hand would, and begins at one of the first sizes at random, since the smallest sizes often do not
 * follow the law yet. Where a replicate never gets
 * there it counts as infinitely many labels.
 */
import { fork, type Key, Problem, uniform } from "../../base/index.ts";
import type { LearningCurve } from "./learning-curve.ts";
import { errorAt, fitPowerLaw, labelsFor, type PowerLaw } from "./power-law.ts";
import { replicateOf, samplesOf, unmoved } from "./replicates.ts";

export interface ForecastOptions {
  readonly key: Key;
  /** The error that must not be exceeded. */
  readonly allowed: number;
  readonly replicates?: number;
  readonly level?: number;
}

export type ForecastState =
  /** The labels at hand reach it. */
  | "reached"
  | "forecast"
  /** Beyond eight times the labels at hand: a guess. */
  | "guess"
  /** The curve flattens above it: with this representation no number of labels is enough. */
  | "unreachable";

export interface Forecast {
  readonly state: ForecastState;
  readonly allowed: number;
  /** Infinity where unreachable. */
  readonly labels: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  /** Share of replicates that get there at all. */
  readonly reachable: number;
  readonly law: PowerLaw;
  /** The largest size at hand, and what the law says of it when fitted without it. */
  readonly check: { readonly labels: number; readonly error: number; readonly said: number };
}

/** Beyond so many times the labels at hand it is guessing. */
export const guessingBeyond = 8;

/** Of the first sizes, how many a replicate may leave out. */
const skipped = 3;
/** Three numbers are fitted. */
export const fewestSizes = 4;

export function forecastLabels(
  curve: LearningCurve,
  { key, allowed, replicates = 400, level = 0.9 }: ForecastOptions,
): Forecast {
  const { points } = curve;
  if (points.length < fewestSizes) {
    const labels = points.at(-1)?.labels ?? 0;
    const values = { sizes: points.length, labels, needed: fewestSizes };
    throw new Problem("forecast/too-few-sizes", values);
  }
  const repeats = points[0].errors.length;
  const samples = samplesOf(
    curve,
    Array.from({ length: repeats }, (_, r) => r),
    unmoved,
  );
  const law = fitPowerLaw(samples);
  const needed = Float64Array.from({ length: replicates }, (_, replicate) => {
    const chance = fork(key, "replicate", replicate);
    const { draws, shifts } = replicateOf(chance, repeats);
    const most = Math.max(0, Math.min(skipped, points.length - fewestSizes));
    const [begin] = uniform(fork(chance, "begin"), 1);
    const own = samplesOf(curve, draws, shifts).slice(Math.floor(begin * (most + 1)));
    return labelsFor(fitPowerLaw(own), allowed);
  }).sort();
  const reachable = needed.filter((labels) => Number.isFinite(labels)).length / replicates;
  const labels = labelsFor(law, allowed);
  const at = (share: number) => needed[Math.round(share * (replicates - 1))];
  const last = points[points.length - 1];
  const earlier = fitPowerLaw(samples.length > fewestSizes ? samples.slice(0, -1) : samples);
  return {
    state: stateOf(labels, { hand: last.labels, error: last.mean, allowed }),
    allowed,
    labels,
    low: Math.min(labels, at((1 - level) / 2)),
    high: Math.max(labels, at((1 + level) / 2)),
    level,
    reachable,
    law,
    check: { labels: last.labels, error: last.mean, said: errorAt(earlier, last.labels) },
  };
}

function stateOf(
  labels: number,
  now: { readonly hand: number; readonly error: number; readonly allowed: number },
): ForecastState {
  if (now.error <= now.allowed) return "reached";
  if (labels === Number.POSITIVE_INFINITY) return "unreachable";
  return labels > guessingBeyond * now.hand ? "guess" : "forecast";
}
