/**
 * Inverse power law with an offset, error(n) = a n^-b + c with a ≥ 0 and 0 ≤ c ≤ the least error seen
 * (Figueroa et al. 2012, PMC3307431: weighted fits beat unweighted; Brumen et al. 2021: of three forms
 * the best on 130 data sets). For given b the least squares in a and c are linear, so b alone is
 * searched (variable projection, Golub & Pereyra 1973): no starting values and no local minima missed.
 */

export interface Sample {
  readonly labels: number;
  readonly error: number;
  /** Inverse variance, up to a factor. */
  readonly weight: number;
}

export interface PowerLaw {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const [least, most, steps] = [0.05, 3, 40];

export function fitPowerLaw(samples: readonly Sample[]): PowerLaw {
  const ceiling = Math.min(...samples.map(({ error }) => error));
  const at = (step: number) => least * (most / least) ** (step / steps);
  const tried = Array.from({ length: steps + 1 }, (_, step) =>
    linearFit(samples, at(step), ceiling),
  );
  const best = tried.reduce((found, one, step) => (one.loss < tried[found].loss ? step : found), 0);
  // Golden section between the neighbours on the grid.
  let [low, high] = [at(Math.max(0, best - 1)), at(Math.min(steps, best + 1))];
  for (let step = 0; step < 30; step++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    const isLeft =
      linearFit(samples, left, ceiling).loss <= linearFit(samples, right, ceiling).loss;
    if (isLeft) high = right;
    else low = left;
  }
  const b = (low + high) / 2;
  const { a, c } = linearFit(samples, b, ceiling);
  return { a, b, c };
}

const golden = (Math.sqrt(5) - 1) / 2;

export function errorAt({ a, b, c }: PowerLaw, labels: number): number {
  return a * labels ** -b + c;
}

/** The least number of labels at which the error is reached; Infinity where it never is. */
export function labelsFor({ a, b, c }: PowerLaw, error: number): number {
  if (a === 0) return c <= error ? 1 : Number.POSITIVE_INFINITY;
  return error > c ? Math.max(1, ((error - c) / a) ** (-1 / b)) : Number.POSITIVE_INFINITY;
}

/** Weighted least squares in a and c for one b, on the borders of what is allowed where they lie beyond. */
function linearFit(samples: readonly Sample[], b: number, ceiling: number) {
  let [w, x, xx, y, xy] = [0, 0, 0, 0, 0];
  for (const { labels, error, weight } of samples) {
    const value = labels ** -b;
    w += weight;
    x += weight * value;
    xx += weight * value * value;
    y += weight * error;
    xy += weight * value * error;
  }
  const slope = (w * xy - x * y) / (w * xx - x * x);
  const free = { a: slope, c: (y - slope * x) / w };
  // For fixed c the best a is (xy - c x) / xx.
  const bounded = [0, ceiling].map((c) => ({ a: Math.max(0, (xy - c * x) / xx), c }));
  const isFree = free.a >= 0 && free.c >= 0 && free.c <= ceiling;
  const lossOf = ({ a, c }: { a: number; c: number }) =>
    samples.reduce(
      (sum, { labels, error, weight }) => sum + weight * (error - a * labels ** -b - c) ** 2,
      0,
    );
  const allowed = isFree ? [free] : bounded;
  return allowed
    .map((one) => ({ ...one, loss: lossOf(one) }))
    .reduce((found, one) => (one.loss < found.loss ? one : found));
}
