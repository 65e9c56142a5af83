/**
 * How a learning curve may go on. An error is told by its odds against chance, r = (chance - error) / error,
 * which start at 0 and grow with the labels n by
 *
 *   r(x) = r(1) / (1 - s + s x^-b),   x = n / (labels at hand).
 *
 * Far from chance this is the inverse power law with a floor (Figueroa et al. 2012), s being what more
 * labels can still take away; near chance it bends downwards first, as curves do. That 1 / r goes straight
 * down in about 1 / n is what centres as noisy as 1 / n make of Gaussian classes (`gaussian-margin.ts`).
 *
 * Few labels tell three unknowns badly, so b and s have a prior, learned from the true curves of
 * development sets, with a part of it spread evenly over all there is; the error at hand has none.
 * The errors seen are normal about a course with the covariance of their draws (`curve-noise.ts`), and of
 * drift: curves keep to no law exactly, and how far ln r strays is a random walk in log2 x, both ways from
 * the labels at hand. What evaluation items leave open moves the whole curve and is added at the end.
 * Priors and drift are frozen (`docs/benchmarks/results.md`).
 */
import { curveCovariance, itemVariance } from "./curve-noise.ts";
import type { LearningCurve } from "./learning-curve.ts";
import { normalCdf } from "./normal-cdf.ts";
import { whitening } from "./whitening.ts";

export interface Continuation {
  /** Labels at hand. */
  readonly hand: number;
  /** Of an error: the probability that the true mean error at n labels is at most that. */
  at(labels: number): (error: number) => number;
  /** What the curve falls to in the end, as far as it tells: mean over courses. */
  readonly floor: number;
}

export interface Constants {
  /** Of ln b: mean and deviation. */
  readonly exponent: readonly [mean: number, deviation: number];
  /** Of the log odds of s: mean at r = 1 and twelve labels a class; what a unit more of ln r, and of the
   * logarithm of labels a class, add to it; deviation. */
  readonly falling: Readonly<Record<"mean" | "odds" | "perClass" | "deviation", number>>;
  /** Deviation that ln r gains by drift over one doubling. */
  readonly drift: number;
  /** Deviation of ln r at each size by itself. */
  readonly misfit: number;
}

export const constants: Constants = {
  exponent: [0.1, 0.5],
  falling: { mean: -1.6, odds: -1.35, perClass: 0.35, deviation: 0.85 },
  drift: 0.05,
  misfit: 0.04,
};

/** One way to go on. */
export interface Course {
  /** The error at x times the labels at hand. */
  readonly at: (x: number) => number;
  /** What it falls to. */
  readonly floor: number;
  readonly prior: number;
}

export interface Continuing {
  readonly constants?: Constants | undefined;
  /** Instead of those that the prior knows. */
  readonly courses?: readonly Course[] | undefined;
}

export function continuationOf(curve: LearningCurve, continuing: Continuing = {}): Continuation {
  const chosen = continuing.constants ?? constants;
  const courses = weigh(curve, continuing.courses ?? coursesOf(curve, chosen), chosen);
  const hand = curve.points[curve.points.length - 1].labels;
  return {
    hand,
    floor: courses.reduce((sum, { floor, weight }) => sum + weight * floor, 0),
    at(labels) {
      const x = labels / hand;
      const drift = chosen.drift ** 2 * Math.abs(Math.log2(x));
      const parts = courses.map((course) => {
        const error = course.at(x);
        const variance = itemVariance(curve, error) + drift * slopeOf(curve, error) ** 2;
        return { weight: course.weight, error, deviation: Math.sqrt(variance + tiny) };
      });
      return (allowed) =>
        parts.reduce(
          (sum, one) => sum + one.weight * normalCdf((allowed - one.error) / one.deviation),
          0,
        );
    },
  };
}

const tiny = 1e-12;
const exponents = grid(8, [Math.log(0.2), Math.log(2.5)]).map(Math.exp);
const shares = grid(16, [-4.5, 6]).map((odds) => 1 / (1 + Math.exp(-odds)));
const levels = 13;
/** Deviations about the error at hand that levels reach to. */
const reach = 4;
/**
 * Part of the prior that is spread evenly: a fifth as far as development sets went, to ln r = 1, an error of
 * about a quarter of chance; all of it from ln r = 2 on, where nothing is known.
 */
function evenPart(odds: number): number {
  return Math.min(1, Math.max(0.2, 0.2 + 0.8 * (odds - 1)));
}

function grid(count: number, [from, to]: readonly [number, number]): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** Every exponent and share from every level; those of one level have a prior of 1 together. */
export function coursesOf(curve: LearningCurve, chosen: Constants = constants): Course[] {
  const { chance, classes } = curve;
  const hand = curve.points[curve.points.length - 1].labels;
  return errorsAtHand(curve).flatMap((error) => {
    const odds = Math.log((chance - error) / error);
    const shapes = priorOf(chosen, { odds, perClass: hand / classes });
    return shapes.map(({ b, s, prior }) => {
      const errorAt = (left: number) => chance / (1 + Math.exp(odds) / left);
      return { at: (x: number) => errorAt(1 - s + s * x ** -b), floor: errorAt(1 - s), prior };
    });
  });
}

/** Evenly about the error at hand, below chance. */
function errorsAtHand(curve: LearningCurve): number[] {
  const { points, chance, items } = curve;
  const { mean } = points[points.length - 1];
  const deviation = Math.sqrt(curveCovariance(curve)[points.length ** 2 - 1]);
  const highest = Math.min(mean + reach * deviation, 0.995 * chance);
  const lowest = Math.max(mean - reach * deviation, 0.3 * mean, 0.5 / Math.max(1, items));
  return grid(levels, [Math.min(lowest, 0.98 * highest), highest]);
}

interface Standing {
  readonly odds: number;
  readonly perClass: number;
}

function priorOf({ exponent, falling }: Constants, { odds, perClass }: Standing) {
  const middle = falling.mean + falling.odds * odds + falling.perClass * Math.log(perClass / 12);
  const all = exponents.flatMap((b) =>
    shares.map((s) => {
      const far = (Math.log(b) - exponent[0]) / exponent[1];
      const off = (Math.log(s / (1 - s)) - middle) / falling.deviation;
      return { b, s, density: Math.exp(-(far ** 2 + off ** 2) / 2) };
    }),
  );
  const total = all.reduce((sum, { density }) => sum + density, 0);
  const even = evenPart(odds);
  return all.map(({ b, s, density }) => {
    return { b, s, prior: ((1 - even) * density) / total + even / all.length };
  });
}

/** How fast an error falls as ln r grows. */
function slopeOf({ chance }: LearningCurve, error: number): number {
  const below = Math.min(error, 0.97 * chance);
  return below * (1 - below / chance);
}

/** Of the mean errors: draws, drift away from the labels at hand, misfit. */
function covarianceOf(curve: LearningCurve, { drift, misfit }: Constants): Float64Array {
  const { points } = curve;
  const hand = points[points.length - 1].labels;
  const away = points.map(({ labels }) => Math.log2(hand / labels));
  const slopes = points.map(({ mean }) => slopeOf(curve, mean));
  return curveCovariance(curve).map((covariance, at) => {
    const [i, j] = [Math.floor(at / points.length), at % points.length];
    const strayed = drift ** 2 * Math.min(away[i], away[j]) + (i === j ? misfit ** 2 : 0);
    return covariance + strayed * slopes[i] * slopes[j] + (i === j ? 1e-10 : 0);
  });
}

interface Weighed extends Course {
  readonly weight: number;
}

/** Less likely courses would change nothing that is told. */
const leastWeight = 1e-3;

function weigh(curve: LearningCurve, courses: readonly Course[], chosen: Constants): Weighed[] {
  const { points } = curve;
  const whitened = whitening(covarianceOf(curve, chosen));
  const xs = points.map(({ labels }) => labels / points[points.length - 1].labels);
  const logs = courses.map(({ at, prior }) => {
    const rest = whitened(Float64Array.from(xs, (x, i) => points[i].mean - at(x)));
    return Math.log(prior) - rest.reduce((sum, value) => sum + value ** 2, 0) / 2;
  });
  const most = Math.max(...logs);
  const kept = courses
    .map((course, i) => ({ ...course, weight: Math.exp(logs[i] - most) }))
    .filter(({ weight }) => weight > leastWeight);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map((one) => ({ ...one, weight: one.weight / total }));
}
