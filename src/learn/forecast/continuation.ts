/**
 * How a learning curve may go on: a mixture of continuations, each a shape in x = n / (labels at hand)
 * times a level. Shapes are the power law with and without a floor (Figueroa et al. 2012), a fall that
 * is straight in log n, and one that dies away exponentially; each is weighed by its prior and by how
 * well it fits the curve, most recent sizes most, its level integrated out.
 *
 * About each shape the log error at n is normal, its variance of four parts: the level's; what
 * evaluation items leave open; what other labels than those at hand would have given; and drift, whose
 * variance grows with log2 x as a random walk's does, for curves keep to no law. Constants and priors
 * come from development sets alone (`docs/benchmarks/results.md`) and are frozen.
 */
import type { LearningCurve } from "./learning-curve.ts";
import { normalCdf } from "./normal-cdf.ts";
import { openVariance } from "./replicates.ts";

export interface Continuation {
  /** Labels at hand. */
  readonly hand: number;
  /** Of an error: the probability that the true mean error at n labels is at most that. */
  at(labels: number): (error: number) => number;
  /** What the curve falls to in the end, as far as it tells: mean over shapes. */
  readonly floor: number;
}

export interface Constants {
  /** Misfit of a shape, relative, and its growth for each halving from the labels at hand. */
  readonly misfit: number;
  readonly misfitGrowth: number;
  /** Deviation that the log error gains by drift over one doubling. */
  readonly drift: number;
  /** Share of the variance of one draw that is taken for that of other labels. */
  readonly others: number;
  /** Prior weights of the families. */
  readonly families: Readonly<Record<Family, number>>;
  /** Mean and deviation of ln b. */
  readonly exponent: readonly [number, number];
}

type Family = "power" | "floored" | "straight" | "dying";

interface Shape {
  readonly family: Family;
  /** Value at x; 1 at x = 1. */
  readonly at: (x: number) => number;
  readonly floor: number;
  /** Within its family, not normalised. */
  readonly prior: number;
}

export const constants: Constants = {
  misfit: 0.015,
  misfitGrowth: 0.25,
  drift: 0.1,
  others: 1,
  families: { power: 1, floored: 1, straight: 0.5, dying: 0.25 },
  exponent: [-1.2, 0.7],
};

/** Nothing falls below this part of the error at hand by a straight line. */
const leastPart = 0.02;

function shapesOf({ exponent: [mean, deviation] }: Constants): Shape[] {
  const exponents = Array.from({ length: 16 }, (_, i) => 0.05 * (1.6 / 0.05) ** (i / 15));
  const floors = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97];
  const slopes = Array.from({ length: 12 }, (_, i) => 0.02 * (0.5 / 0.02) ** (i / 11));
  const priorOf = (b: number) => Math.exp(-(((Math.log(b) - mean) / deviation) ** 2) / 2);
  return [
    ...exponents.map((b) => ({
      family: "power" as const,
      at: (x: number) => x ** -b,
      floor: 0,
      prior: priorOf(b),
    })),
    ...exponents.flatMap((b) =>
      floors.map((floor) => ({
        family: "floored" as const,
        at: (x: number) => floor + (1 - floor) * x ** -b,
        floor,
        prior: priorOf(b),
      })),
    ),
    ...slopes.map((slope) => ({
      family: "straight" as const,
      at: (x: number) => Math.max(leastPart, 1 - slope * Math.log(x)),
      floor: leastPart,
      prior: priorOf(slope),
    })),
    ...[0.5, 1, 2, 4].flatMap((rate) =>
      floors.map((floor) => ({
        family: "dying" as const,
        at: (x: number) => floor + (1 - floor) * Math.exp(-rate * (x - 1)),
        floor,
        prior: 1,
      })),
    ),
  ];
}

export function continuationOf(curve: LearningCurve, chosen: Constants = constants): Continuation {
  const { points } = curve;
  const last = points[points.length - 1];
  const { misfit, misfitGrowth, drift, others } = chosen;
  const error = Math.max(last.mean, leastError(curve));
  const seen = points.map(({ labels, mean, variance, errors }) => {
    const x = labels / last.labels;
    const away = misfit * (1 + misfitGrowth * Math.log2(1 / x)) * Math.max(mean, error);
    // Draws of nearly all labels differ little from each other: their mean is as sure as the labels are.
    return { x, mean, weight: 1 / (variance / errors.length + away * away) };
  });
  const weighed = weigh(seen, chosen);
  const level = weighed.reduce((sum, { level, weight }) => sum + weight * level, 0);
  const scale = Math.max(level, leastError(curve));
  const open = openVariance(curve);
  const shared = (open.items + others * open.labels) / scale ** 2;
  return {
    hand: last.labels,
    floor: weighed.reduce((sum, { level, weight, shape }) => sum + weight * level * shape.floor, 0),
    at(labels) {
      const x = labels / last.labels;
      const common = shared + drift ** 2 * Math.abs(Math.log2(x));
      const parts = weighed.map(({ shape, level, variance, weight }) => ({
        weight,
        log: Math.log(Math.max(level * shape.at(x), leastError(curve))),
        deviation: Math.max(1e-9, Math.sqrt(variance / level ** 2 + common)),
      }));
      return (allowed) => {
        const limit = Math.log(allowed);
        return parts.reduce(
          (sum, { weight, log, deviation }) => sum + weight * normalCdf((limit - log) / deviation),
          0,
        );
      };
    },
  };
}

/** Half of one item: rates below cannot be told from it. */
function leastError({ items }: LearningCurve): number {
  return 0.5 / Math.max(1, items);
}

interface Seen {
  readonly x: number;
  readonly mean: number;
  readonly weight: number;
}

interface Weighed {
  readonly shape: Shape;
  readonly level: number;
  readonly variance: number;
  readonly weight: number;
}

/** Less likely shapes, hundreds of them, would change nothing that is told. */
const leastWeight = 1e-3;

/** Posterior of each shape, its level by weighted least squares and integrated out. */
function weigh(seen: readonly Seen[], chosen: Constants): Weighed[] {
  const shapes = shapesOf(chosen);
  const totals = new Map<Family, number>();
  for (const { family, prior } of shapes) totals.set(family, (totals.get(family) ?? 0) + prior);
  const all = shapes.map((shape) => {
    let [xx, xy, yy] = [0, 0, 0];
    for (const { x, mean, weight } of seen) {
      const value = shape.at(x);
      xx += weight * value * value;
      xy += weight * value * mean;
      yy += weight * mean * mean;
    }
    const level = Math.max(1e-9, xy / xx);
    const loss = yy - 2 * level * xy + level * level * xx;
    const prior = (chosen.families[shape.family] * shape.prior) / (totals.get(shape.family) ?? 1);
    return { shape, level, variance: 1 / xx, log: Math.log(prior) - loss / 2 - Math.log(xx) / 2 };
  });
  const most = Math.max(...all.map(({ log }) => log));
  const sum = all.reduce((total, { log }) => total + Math.exp(log - most), 0);
  const weighed = all.map(({ log, ...rest }) => ({ ...rest, weight: Math.exp(log - most) / sum }));
  const kept = weighed.filter(({ weight }) => weight > leastWeight);
  const left = kept.reduce((total, { weight }) => total + weight, 0);
  return kept.map((one) => ({ ...one, weight: one.weight / left }));
}
