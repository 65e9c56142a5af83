/**
 * L-BFGS (Nocedal 1980; Nocedal & Wright, algorithms 7.4 and 7.5) for smooth convex functions, with
 * a diagonal guess of the inverse Hessian and a backtracking line search. Where values differ by less
 * than float32 products can tell, slopes decide (Hager & Zhang 2005, approximate Wolfe conditions).
 */

export interface Point {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface MinimiseOptions {
  /** Guess of the inverse Hessian's diagonal, up to one factor that is learnt. */
  readonly inverseCurvature: Float64Array;
  /** Stops when the gradient's norm falls under this. */
  readonly tolerance: number;
  readonly iterations?: number;
  readonly memory?: number;
}

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
  readonly iterations: number;
}

export async function minimise(
  evaluate: (at: Float64Array) => Promise<Point>,
  start: Float64Array,
  { inverseCurvature, tolerance, iterations = 200, memory = 10 }: MinimiseOptions,
): Promise<Minimum> {
  const history: Step[] = [];
  let at = start;
  let point = await evaluate(at);
  let done = 0;
  for (; done < iterations && norm(point.gradient) > tolerance; done++) {
    const direction = descent(point.gradient, history, inverseCurvature);
    const slope = dot(direction, point.gradient);
    const next = await search(evaluate, { at, point, direction, slope });
    // No lower value in float32's reach: this is the minimum as far as it can be seen.
    if (!next) break;
    remember(history, memory, {
      moved: subtract(next.at, at),
      turned: subtract(next.point.gradient, point.gradient),
    });
    ({ at, point } = next);
  }
  return { at, value: point.value, gradientNorm: norm(point.gradient), iterations: done };
}

interface Step {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
}

/** The two-loop recursion: -H g. */
function descent(
  gradient: Float64Array,
  history: readonly Step[],
  inverseCurvature: Float64Array,
): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const { moved, turned } of history.toReversed()) {
    const share = dot(moved, direction) / dot(moved, turned);
    shares.push(share);
    add(direction, turned, -share);
  }
  const latest = history.at(-1);
  const scaled = latest?.turned.map((value, i) => value * inverseCurvature[i]);
  const factor =
    latest && scaled ? dot(latest.moved, latest.turned) / dot(latest.turned, scaled) : 1;
  for (let i = 0; i < direction.length; i++) direction[i] *= factor * inverseCurvature[i];
  for (const { moved, turned } of history) {
    const share = (shares.pop() ?? 0) - dot(turned, direction) / dot(moved, turned);
    add(direction, moved, share);
  }
  return direction;
}

interface Start {
  readonly at: Float64Array;
  readonly point: Point;
  readonly direction: Float64Array;
  readonly slope: number;
}

/** Halves the step until the value falls enough (Armijo), or is as good and the slope flatter. */
async function search(
  evaluate: (at: Float64Array) => Promise<Point>,
  { at, point, direction, slope }: Start,
): Promise<{ readonly at: Float64Array; readonly point: Point } | undefined> {
  for (let step = 1; step > 1e-6; step /= 2) {
    const there = at.slice();
    add(there, direction, step);
    const found = await evaluate(there);
    if (found.value <= point.value + 1e-4 * step * slope) return { at: there, point: found };
    if (found.value > point.value + valueNoise * Math.abs(point.value)) continue;
    const slopeThere = dot(direction, found.gradient);
    if (slopeThere >= 0.9 * slope && slopeThere <= -0.8 * slope) {
      return { at: there, point: found };
    }
  }
  return undefined;
}

/** Relative: what the mean of values from float32 products may be off. */
const valueNoise = 2 ** -22;

/** Keeps the step if it shows upward curvature, as it must for a convex function but for rounding. */
function remember(history: Step[], memory: number, step: Step): void {
  const curvature = dot(step.moved, step.turned);
  if (curvature <= 1e-10 * norm(step.moved) * norm(step.turned)) return;
  history.push(step);
  if (history.length > memory) history.shift();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] += times * what[i];
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]);
}

function norm(values: Float64Array): number {
  return Math.sqrt(dot(values, values));
}
