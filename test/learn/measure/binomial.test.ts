/** The binomial's tails against sums of whole-number terms, and intervals known from tables. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { logFactorial } from "../../../src/learn/measure/binomial.ts";
import {
  binomialCdf,
  binomialLower,
  binomialRate,
  binomialUpper,
} from "../../../src/learn/measure/index.ts";

/** C(n, i) as an exact whole number, for n up to 40. */
function literalCdf(k: number, n: number, p: number): number {
  let [choose, sum] = [1, 0];
  for (let i = 0; i <= k; i++) {
    sum += choose * p ** i * (1 - p) ** (n - i);
    choose = (choose * (n - i)) / (i + 1);
  }
  return sum;
}

test("tails are the sums of their terms", () => {
  const cases = fc.record({
    n: fc.integer({ min: 1, max: 40 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    p: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
  });
  fc.assert(
    fc.property(cases, ({ n, share, p }) => {
      const k = Math.floor(share * n);
      expect(binomialCdf(k, n, p)).toBeCloseTo(literalCdf(k, n, p), 11);
    }),
  );
});

test("logarithms of factorials join their two forms", () => {
  for (const n of [0, 1, 5, 15, 16, 17, 100]) {
    let sum = 0;
    for (let i = 2; i <= n; i++) sum += Math.log(i);
    expect(logFactorial(n)).toBeCloseTo(sum, 11);
  }
});

test("Clopper and Pearson's intervals", () => {
  // 0 of n: 1 - tail^(1/n); 1 of 1 and 0 of 1 by hand; 10 of 100 as in textbooks: 4.90 % to 17.62 %.
  expect(binomialUpper(0, 299, 0.05)).toBeCloseTo(1 - 0.05 ** (1 / 299), 12);
  expect(binomialRate(0, 1)).toMatchObject({ low: 0, high: expect.closeTo(0.975, 12) });
  expect(binomialRate(1, 1)).toMatchObject({ low: expect.closeTo(0.025, 12), high: 1 });
  const { low, high, rate } = binomialRate(10, 100);
  expect([rate, low, high]).toEqual([0.1, expect.closeTo(0.049, 4), expect.closeTo(0.1762, 4)]);
});

test("a bound is where the tail has the probability asked for, for many items too", () => {
  const upper = binomialUpper(700, 100_000, 0.05);
  expect(binomialCdf(700, 100_000, upper)).toBeCloseTo(0.05, 8);
  const lower = binomialLower(700, 100_000, 0.05);
  expect(1 - binomialCdf(699, 100_000, lower)).toBeCloseTo(0.05, 8);
  expect([lower, upper].map((p) => p * 100_000)).toEqual([
    expect.closeTo(657, -1),
    expect.closeTo(745, -1),
  ]);
});
