/** The margin predictor against simulation, the bound, and exact numbers of evaluation items. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, normal } from "../../../src/base/index.ts";
import {
  budget,
  cdnvBound,
  itemsToPlan,
  itemsToShow,
  marginError,
  marginMoments,
  marginShots,
} from "../../../src/learn/forecast/index.ts";
import { normalCdf } from "../../../src/learn/forecast/normal-cdf.ts";
import { binomialCdf } from "../../../src/learn/measure/index.ts";

test("Φ at table values", () => {
  expect(normalCdf(0)).toBe(0.5);
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
  expect(normalCdf(-3)).toBeCloseTo(0.0013498980316300933, 14);
});

describe("Gaussian margin", () => {
  /** Two classes at distance `apart` along one axis, variances by class, `[rows, 16]`. */
  const columns = 16;
  const deviations = [1, 1.3];
  const apart = 3;
  function draw(seed: number, perClass: number) {
    const rows = 2 * perClass;
    const codes = Int32Array.from({ length: rows }, (_, row) => row % 2);
    const values = Float32Array.from(normal(keyFromSeed(seed), rows * columns), (z, at) => {
      const c = codes[Math.floor(at / columns)];
      return deviations[c] * z + (at % columns === 0 && c === 1 ? apart : 0);
    });
    return { matrix: { rows, columns, values }, codes, classes: 2 };
  }

  /** NCC from m rows a class, simulated: its error on fresh rows, mean over both classes. */
  function simulated(m: number): number {
    let wrong = 0;
    const trials = 4000;
    const key = fork(keyFromSeed(77), m);
    const draws = normal(key, trials * columns * 3);
    for (let t = 0; t < trials; t++) {
      const c = t % 2;
      const distance = [0, 0];
      for (let p = 0; p < columns; p++) {
        const at = 3 * t * columns + 3 * p;
        const offset = p === 0 ? apart : 0;
        const x = deviations[c] * draws[at] + c * offset;
        const centres = [0, 1].map(
          (b) => (deviations[b] * draws[at + 1 + b]) / Math.sqrt(m) + b * offset,
        );
        distance[0] += (x - centres[0]) ** 2;
        distance[1] += (x - centres[1]) ** 2;
      }
      if (distance[1 - c] < distance[c]) wrong++;
    }
    return wrong / trials;
  }

  test.each([2, 5, 20])("at %i labels a class it says what a simulation gives", async (m) => {
    const moments = await marginMoments(draw(5, 400), { key: keyFromSeed(1) });
    const found = marginError(moments, m);
    // Monte-Carlo error of 4,000 trials is below 0.006.
    expect(Math.abs(found - simulated(m))).toBeLessThan(0.02);
  });

  test("moments are right on average from few rows: plug-in ones would be far off", async () => {
    const sums = { distance: 0, square: 0, product: 0, along: 0 };
    const repeats = 300;
    for (let seed = 0; seed < repeats; seed++) {
      const { distances, squares, products, along } = await marginMoments(draw(seed, 8), {
        key: keyFromSeed(2),
      });
      sums.distance += distances[1] / repeats;
      sums.square += squares[0] / repeats;
      sums.product += products[1] / repeats;
      sums.along += along[1] / repeats;
    }
    // ‖D‖² = 9, tr S² = 16 (plug-in: 50), tr S_a S_b = 16 · 1.69, D'S_a D = 9 (plug-in: 14).
    expect(Math.abs(sums.distance - 9)).toBeLessThan(0.7);
    expect(Math.abs(sums.square - 16)).toBeLessThan(1);
    expect(Math.abs(sums.product - 16 * 1.69)).toBeLessThan(1);
    expect(Math.abs(sums.along - 9)).toBeLessThan(1.2);
  });

  test("the shots for an error are the least that reach it, and none reach the impossible", async () => {
    const moments = await marginMoments(draw(5, 400), { key: keyFromSeed(1) });
    const shots = marginShots(moments, 0.12);
    expect(marginError(moments, shots)).toBeLessThanOrEqual(0.12);
    expect(marginError(moments, shots - 1)).toBeGreaterThan(0.12);
    expect(marginShots(moments, 0.05)).toBe(Number.POSITIVE_INFINITY);
  });
});

test("the bound says nothing of few labels, and tends to 4 Vt (k - 1)", () => {
  const pairs = Float64Array.of(Number.NaN, 0.5, 0.5, Number.NaN);
  const directional = Float64Array.of(Number.NaN, 0.004, 0.004, Number.NaN);
  const values = { classes: 2, pairs, directional };
  expect(cdnvBound(values, 5)).toBeGreaterThan(1);
  // As m grows a may grow too: Vt / (1/2)² = 4 Vt.
  expect(cdnvBound(values, 1e14)).toBeCloseTo(4 * 0.004, 3);
  // One term by hand, a = 10, m = 100: the least over a is no more than that.
  const margin = 0.5 - 0.2 - 2 ** 1.5 / 1000;
  const atTen = 0.004 / margin ** 2 + 2.5 * (0.2 * (Math.sqrt(0.5) + 0.5) + 0.005);
  expect(cdnvBound(values, 100)).toBeLessThanOrEqual(atTen);
});

describe("evaluation items", () => {
  test("at most 1 % at 95 %: 299 items with none missed, 473 with one, 628 with two", () => {
    expect([0, 1, 2].map((missed) => itemsToShow({ atMost: 0.01 }, missed))).toEqual([
      299, 473, 628,
    ]);
    expect(itemsToShow({ atMost: 0.05 })).toBe(59);
    expect(itemsToShow({ atMost: 0.01, level: 0.9 })).toBe(230);
  });

  test("a plan has its power, and one missed less would not have", () => {
    const items = itemsToPlan({ atMost: 0.05, expected: 0.02, power: 0.8 });
    const allowed = Array.from({ length: 40 }, (_, k) => k).filter(
      (k) => itemsToShow({ atMost: 0.05 }, k) <= items,
    );
    const most = Math.max(...allowed);
    expect(binomialCdf(most, items, 0.02)).toBeGreaterThanOrEqual(0.8);
    const fewer = itemsToShow({ atMost: 0.05 }, most - 1);
    expect(binomialCdf(most - 1, fewer, 0.02)).toBeLessThan(0.8);
    expect(itemsToPlan({ atMost: 0.05, expected: 0.05 })).toBe(Number.POSITIVE_INFINITY);
  });
});

test("a budget counts training, calibration and evaluation apart and adds them", () => {
  const found = budget({
    training: { labels: 150.2, low: 90, high: 400 },
    calibration: { alpha: 0.1, abstention: { target: 0.05, delta: 0.1 } },
    evaluation: { atMost: 0.01, expected: 0, share: 0.1 },
  });
  // 3 · 45 for abstention (0.95^45 ≤ 0.1) is more than 5 · 9 for the sets; 299 defects in 2,990 labels.
  expect(found).toEqual({
    training: { labels: 151, low: 90, high: 400 },
    calibration: { labels: 135, low: 135, high: 135 },
    evaluation: { labels: 2990, low: 2990, high: 2990 },
    total: { labels: 3276, low: 3215, high: 3525 },
  });
});
