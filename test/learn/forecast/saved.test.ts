/** Labels that one curve saves over another, and strata for a rare class: by hand and by simulation. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import {
  drawStrata,
  equivalentLabels,
  type LearningCurve,
  labelsInStrata,
  strataOf,
} from "../../../src/learn/forecast/index.ts";

function curveOf(errors: readonly number[]): LearningCurve {
  const points = errors.map((error, i) => ({
    labels: 100 * 2 ** i,
    errors: new Float64Array(8).fill(error),
    mean: error,
    variance: 0,
  }));
  return { points, items: 1e9, pool: 1e9, classes: 2, chance: 0.5, draw: "random", head: "ncc" };
}

describe("labels that do as well", () => {
  const key = keyFromSeed(3);

  test("are read off between sizes, straight in log n", () => {
    const found = equivalentLabels(curveOf([0.4, 0.2, 0.1]), curveOf([0.6, 0.5, 0.3]), { key });
    expect(found).toMatchObject({ other: 400, error: 0.3 });
    // Half of the way from 0.4 at 100 to 0.2 at 200.
    expect(found.labels).toBeCloseTo(100 * Math.SQRT2, 6);
    expect(found.low).toBeLessThanOrEqual(found.labels);
    expect(found.high).toBeGreaterThanOrEqual(found.labels);
  });

  test("of a curve that never gets there are more than can be said, and a bump is levelled out", () => {
    const worse = equivalentLabels(curveOf([0.9, 0.8, 0.7]), curveOf([0.6, 0.5, 0.3]), { key });
    expect(worse.labels).toBe(Number.POSITIVE_INFINITY);
    const bump = equivalentLabels(curveOf([0.4, 0.5, 0.2]), curveOf([0.6, 0.5, 0.45]), { key });
    // 0.4 and 0.5 are one level of 0.45.
    expect(bump.labels).toBe(100);
  });
});

describe("strata", () => {
  const key = keyFromSeed(4);
  // One item in fifty is of the class, mostly where it is likely.
  const probability = Float64Array.from(uniform(key, 5000), (u) => u ** 49);
  const isOf = uniform(fork(key, "truth"), 5000).map((u, i) => Number(u < probability[i]));

  test("cover all items once, and weights count them", () => {
    const strata = strataOf(probability, { count: 300 });
    expect([...strata.order].sort((a, b) => a - b)).toEqual([...probability.keys()]);
    const drawn = drawStrata(strata, key);
    expect(drawn.length).toBe(300);
    expect(new Set(drawn.map(({ item }) => item)).size).toBe(300);
    expect(drawn.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(5000, 6);
  });

  test("estimate the class's share without bias, from far more of its items than chance would find", () => {
    const strata = strataOf(probability, { count: 300 });
    const truth = isOf.reduce((sum, one) => sum + one, 0);
    let [estimate, found] = [0, 0];
    for (let r = 0; r < 400; r++) {
      for (const { item, weight } of drawStrata(strata, fork(key, r))) {
        estimate += (isOf[item] * weight) / 400;
        found += isOf[item] / 400;
      }
    }
    expect(Math.abs(estimate / truth - 1)).toBeLessThan(0.1);
    expect(found).toBeGreaterThan(3 * 300 * (truth / 5000));
    expect(labelsInStrata(probability, 20)).toBeLessThan(20 / (truth / 5000));
  });
});
