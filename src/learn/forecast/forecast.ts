/**
 * How many labels a goal takes: the power law of the learning curve, followed to the error allowed. The
 * interval is a bootstrap over draws (whole nested draws, all sizes together), in which each replicate
 * also moves all errors by what the evaluation items leave open, and by what other labels than those at
 * hand would, and begins at one of the first sizes at random, since the smallest sizes often do not
 * follow the law yet. Where a replicate never gets
 * there it counts as infinitely many labels.
 */
import { fork, type Key, normal, Problem, uniform } from "../../base/index.ts";
import type { LearningCurve } from "./learning-curve.ts";
import { momentsOf } from "./learning-curve.ts";
import { errorAt, fitPowerLaw, labelsFor, type PowerLaw, type Sample } from "./power-law.ts";

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
const fewestSizes = 4;

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
    const draws = Array.from(uniform(fork(chance, "draws"), repeats), (u) =>
      Math.floor(u * repeats),
    );
    const [items, pool] = normal(fork(chance, "shifts"), 2);
    const most = Math.max(0, Math.min(skipped, points.length - fewestSizes));
    const [begin] = uniform(fork(chance, "begin"), 1);
    const own = samplesOf(curve, draws, { items, pool }).slice(Math.floor(begin * (most + 1)));
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

interface Shifts {
  /** In deviations of what the evaluation items, and which items were labelled, leave open. */
  readonly items: number;
  readonly pool: number;
}

const unmoved: Shifts = { items: 0, pool: 0 };

/**
 * Means over the draws named. Draws of n from the same N labels hang together: of the variance of n
 * fresh labels they show the share 1 - n / N, and their mean keeps the share n / N of it, which no
 * drawing again can show.
 */
function samplesOf(curve: LearningCurve, draws: readonly number[], shifts: Shifts): Sample[] {
  const { points, items, pool } = curve;
  const fresh = freshVariances(curve);
  return points.map(({ labels, errors }, i) => {
    const { mean } = momentsOf(Float64Array.from(draws, (r) => errors[r]));
    const share = labels / pool;
    const open = Math.sqrt((mean * (1 - mean)) / items);
    const moved = shifts.items * open + shifts.pool * Math.sqrt(fresh[i] * share);
    // No mean is surer than a tenth of what the items leave open, or one point would rule.
    const spread = fresh[i] * ((1 - share) / errors.length + share) + (0.1 * open) ** 2 + 1e-8;
    return { labels, error: Math.max(0, mean + moved), weight: 1 / spread };
  });
}

/** Up to three quarters of the pool; beyond, falling with 1 / n from the last of those. */
function freshVariances({ points, pool }: LearningCurve): number[] {
  const known = points.filter(({ labels }) => labels <= 0.75 * pool);
  const last = known.at(-1);
  return points.map(({ labels, variance }) => {
    if (labels <= 0.75 * pool) return variance / (1 - labels / pool);
    return last ? ((last.variance / (1 - last.labels / pool)) * last.labels) / labels : variance;
  });
}
