/** Shares of items that stand for several each. */
import { expect, test } from "vitest";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import { binomialRate, weightedRate } from "../../../src/learn/measure/index.ts";

test("without weights, and where each stands for itself, it is the exact binomial rate", () => {
  const holds = (i: number) => i < 3;
  const items = Array.from({ length: 12 }, (_, i) => i);
  expect(weightedRate(items, holds)).toEqual(binomialRate(3, 12));
  expect(weightedRate(items, holds, new Float64Array(12).fill(1))).toEqual(binomialRate(3, 12));
});

test("by hand: weights 1, 1, 4, 4 tell as much as (10)² / 34 = 2 items", () => {
  const found = weightedRate([0, 1, 2, 3], (i) => i >= 2, [1, 1, 4, 4]);
  const { low } = binomialRate(1, 2);
  expect(found).toMatchObject({ count: 8, of: 10, rate: 0.8, low });
  // 0.8 · 2 = 1.6 is rounded outwards, to 1 and 2.
  expect(found.high).toBe(binomialRate(2, 2).high);
});

test("the interval holds the true share of what the items stand for", () => {
  // Three strata of 40, 160 and 800 items, of which 15 each are drawn; the share differs between them.
  const strata = [
    { size: 40, share: 0.6 },
    { size: 160, share: 0.2 },
    { size: 800, share: 0.05 },
  ];
  const drawn = 15;
  const truth = strata.reduce((sum, { size, share }) => sum + (size * share) / 1000, 0);
  const repeats = 1000;
  const weights = strata.flatMap(({ size }) => new Array<number>(drawn).fill(size / drawn));
  const items = [...weights.keys()];
  let [held, sum] = [0, 0];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const chance = uniform(fork(keyFromSeed(3), repeat), items.length);
    const holds = (i: number) => chance[i] < strata[Math.floor(i / drawn)].share;
    const { rate, low, high } = weightedRate(items, holds, weights);
    sum += rate / repeats;
    if (low <= truth && truth <= high) held++;
  }
  expect(Math.abs(sum - truth)).toBeLessThan(0.005);
  expect(held / repeats).toBeGreaterThan(0.95);
});
