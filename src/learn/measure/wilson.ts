/** The interval of a share that was counted: Wilson's score interval (1927), sound for few and for none. */

/** Two-sided 95 % quantile of the normal distribution. */
const z = 1.959963984540054;

/**
 * (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n) with p = count / of; 0 … 1 where nothing was
 * counted. Items are taken to be independent.
 */
export function wilsonInterval(count: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = count / of;
  const square = (z * z) / of;
  const middle = share + square / 2;
  const half = z * Math.sqrt((share * (1 - share)) / of + square / (4 * of));
  const end = (value: number) => Math.min(1, Math.max(0, value / (1 + square)));
  return {
    low: count === 0 ? 0 : end(middle - half),
    high: count === of ? 1 : end(middle + half),
  };
}
