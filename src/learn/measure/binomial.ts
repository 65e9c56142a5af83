/** The binomial distribution, exactly: its tails, and the intervals of Clopper & Pearson (1934). */

/** P(X ≤ k) for X ~ Bin(n, p). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  if (p <= 0) return 1;
  if (p >= 1) return 0;
  return k < n * p ? lowerTail(k, n, p) : 1 - lowerTail(n - k - 1, n, 1 - p);
}

export interface Rate {
  readonly count: number;
  readonly of: number;
  /** count / of; NaN of nothing. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** The exact two-sided interval. */
export function binomialRate(count: number, of: number, level = 0.95): Rate {
  const tail = (1 - level) / 2;
  return {
    count,
    of,
    rate: count / of,
    low: binomialLower(count, of, tail),
    high: binomialUpper(count, of, tail),
    level,
  };
}

/** The rate that would give as few as `count` only with probability `tail`: an upper bound at 1 - tail. */
export function binomialUpper(count: number, of: number, tail: number): number {
  if (count >= of) return 1;
  return bisect((p) => binomialCdf(count, of, p) > tail);
}

/** The rate that would give as many as `count` only with probability `tail`. */
export function binomialLower(count: number, of: number, tail: number): number {
  if (count <= 0) return 0;
  return bisect((p) => 1 - binomialCdf(count - 1, of, p) < tail);
}

/** The p up to which `holds`. */
function bisect(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 100 && high - low > 1e-16 * high; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Below the mean: from the term of k downwards, each smaller than the last. */
function lowerTail(k: number, n: number, p: number): number {
  let term = 1;
  let sum = 1;
  for (let i = k; i > 0; i--) {
    term *= (i * (1 - p)) / ((n - i + 1) * p);
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  const first =
    logFactorial(n) -
    logFactorial(k) -
    logFactorial(n - k) +
    k * Math.log(p) +
    (n - k) * Math.log1p(-p);
  return Math.min(1, Math.exp(first) * sum);
}

/** ln n!: summed while small, then Stirling's series, which is right to 1e-16 from there. */
export function logFactorial(n: number): number {
  if (n < 16) {
    let sum = 0;
    for (let i = 2; i <= n; i++) sum += Math.log(i);
    return sum;
  }
  const x = n + 1;
  const series = 1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * x * x)) / (x * x)) / (x * x);
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series / x;
}
