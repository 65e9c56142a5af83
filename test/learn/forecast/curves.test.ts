/** Learning curves, the power law and the forecast: known curves are recovered, and doubt is told. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, normal } from "../../../src/base/index.ts";
import {
  errorAt,
  errorOf,
  fitPowerLaw,
  forecastLabels,
  geometricSizes,
  type LearningCurve,
  labelsFor,
  learningCurve,
} from "../../../src/learn/forecast/index.ts";
import { nccPredictions, pickRows } from "../../../src/learn/measure/index.ts";
import { codeOf } from "../../code-of.ts";
import { fromRows, gaussians } from "../measure/gaussians.ts";

const key = keyFromSeed(12);
const sizes = [20, 28, 40, 57, 80, 113, 160, 226, 320];

describe("the power law", () => {
  test.each([
    [0.8, 0.5, 0.05],
    [2, 0.9, 0],
    [0.5, 0.25, 0.1],
  ])("recovers a = %d, b = %d, c = %d from exact values", (a, b, c) => {
    const law = fitPowerLaw(
      sizes.map((labels) => ({ labels, error: a * labels ** -b + c, weight: labels })),
    );
    expect([law.a, law.b, law.c]).toEqual([
      expect.closeTo(a, 3),
      expect.closeTo(b, 3),
      expect.closeTo(c, 3),
    ]);
    expect(labelsFor(law, errorAt(law, 1000))).toBeCloseTo(1000, 3);
    expect(labelsFor(law, law.c)).toBe(Number.POSITIVE_INFINITY);
  });

  test("a curve that rises or is flat is flat: nothing is promised of more labels", () => {
    const law = fitPowerLaw(
      sizes.map((labels) => ({ labels, error: 0.3 + labels / 1e4, weight: 1 })),
    );
    expect(errorAt(law, 1e6)).toBeGreaterThan(0.29);
    expect(labelsFor(law, 0.2)).toBe(Number.POSITIVE_INFINITY);
  });
});

/** Draws about a known law: deviation of one draw 10 % of the error. */
function curveOf(seed: number, [a, b, c]: readonly number[], upTo = sizes.length): LearningCurve {
  const points = sizes.slice(0, upTo).map((labels) => {
    const truth = a * labels ** -b + c;
    const noise = normal(fork(keyFromSeed(seed), labels), 20);
    const errors = noise.map((z) => truth * (1 + 0.1 * z));
    const mean = errors.reduce((sum, value) => sum + value / 20, 0);
    const variance = errors.reduce((sum, value) => sum + (value - mean) ** 2 / 19, 0);
    return { labels, errors, mean, variance };
  });
  const pool = Number.POSITIVE_INFINITY;
  return { points, items: 2000, pool, classes: 10, chance: 0.9, draw: "random", head: "ncc" };
}

describe("the forecast", () => {
  const law = [1.2, 0.5, 0.04];

  test("of 90 % intervals nine of ten hold the true number", () => {
    // 1.2 n^-0.5 + 0.04 = 0.08 at n = 900, 2.8 times the 320 at hand.
    let held = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { low, high } = forecastLabels(curveOf(seed, law), {
        allowed: 0.08,
      });
      if (low <= 900 && 900 <= high) held++;
    }
    expect(held / 20).toBeGreaterThan(0.8);
  });

  test("names its states", () => {
    const state = (allowed: number, upTo?: number) =>
      forecastLabels(curveOf(1, law, upTo), { allowed }).state;
    expect(state(0.2)).toBe("reached");
    expect(state(0.09)).toBe("forecast");
    // 0.6 n^-0.3 = 0.05 at n = 3,954, 12 times the labels at hand.
    const steep = curveOf(1, [0.6, 0.3, 0]);
    expect(forecastLabels(steep, { allowed: 0.05 }).state).toBe("guess");
  });

  test("what lies far below where a curve flattens is unreachable, what lies just below is doubtful", () => {
    const flat = curveOf(2, [3, 1, 0.1]);
    const far = forecastLabels(flat, { allowed: 0.01 });
    expect(far).toMatchObject({ state: "unreachable", labels: Number.POSITIVE_INFINITY });
    const near = forecastLabels(flat, { allowed: 0.09 });
    expect(near).toMatchObject({ state: "doubtful", high: Number.POSITIVE_INFINITY });
    expect(near.reachable).toBeGreaterThan(far.reachable);
  });

  test("three sizes are not continued", () => {
    expect(codeOf(() => forecastLabels(curveOf(1, law, 3), { allowed: 0.1 }))).toBe(
      "forecast/too-few-sizes",
    );
  });

  test("the largest size is told beside what the law says without it", () => {
    const { check } = forecastLabels(curveOf(3, law), { allowed: 0.08 });
    expect(check.labels).toBe(320);
    expect(Math.abs(check.said / check.error - 1)).toBeLessThan(0.1);
  });
});

describe("the learning curve", () => {
  const shelf = gaussians({ seed: 1, classes: 3, perClass: 40, columns: 6, apart: 0.7 });
  const judged = gaussians({ seed: 2, classes: 3, perClass: 60, columns: 6, apart: 0.7 });
  const goal = { kind: "accuracy", atLeast: 0.9 } as const;

  test("at all labels every draw is what the head errs when fitted on them", async () => {
    const curve = await learningCurve(shelf, judged, { key, goal, repeats: 3, sizes: [30, 120] });
    const predicted = await nccPredictions(shelf, judged.matrix);
    const wrong = predicted.filter((code, i) => code !== judged.codes[i]).length / 180;
    expect([...curve.points[1].errors]).toEqual([1, 1, 1].map(() => expect.closeTo(wrong, 9)));
    expect(curve.points[1].variance).toBeCloseTo(0, 12);
    expect(curve.points[0].mean).toBeGreaterThan(curve.points[1].mean);
    expect(curve.items).toBe(180);
  });

  test("stratified draws take of each class in turn", async () => {
    const few = pickRows(
      shelf.matrix,
      Uint32Array.from({ length: 120 }, (_, i) => i),
    );
    const codes = shelf.codes.map((code, row) => (code === 2 && row > 20 ? -1 : code));
    const options = { key, repeats: 5, sizes: [3], draw: "stratified" } as const;
    const recall = { kind: "recall", class: 2, atLeast: 0.9 } as const;
    const curve = await learningCurve({ matrix: few, codes, classes: 3 }, judged, {
      ...options,
      goal: recall,
    });
    // One label of the class is there in every draw; at random it often is not, and nothing is found.
    expect(Math.max(...curve.points[0].errors)).toBeLessThan(1);
    expect(curve.items).toBe(60);
  });

  test("sizes double by half steps from two a class to all", () => {
    expect(geometricSizes(100, 5)).toEqual([10, 14, 20, 28, 40, 57, 80, 100]);
    expect(geometricSizes(9, 5)).toEqual([9]);
  });
});

test("errors by goal, by hand", () => {
  // Classes 0, 1, 2 of which class 1 had no label.
  const probabilities = fromRows([
    [0.9, 0.1],
    [0.4, 0.6],
    [0.7, 0.3],
    [0.2, 0.8],
    [0.35, 0.65],
  ]);
  const answers = { probabilities, classes: [0, 2], codes: Int32Array.of(0, 0, 1, 2, 2), count: 3 };
  expect(errorOf({ kind: "accuracy", atLeast: 0.9 }, answers)).toBeCloseTo(2 / 5, 9);
  expect(errorOf({ kind: "balanced", atLeast: 0.9 }, answers)).toBeCloseTo(
    1 - (0.5 + 0 + 1) / 3,
    9,
  );
  expect(errorOf({ kind: "recall", class: 0, atLeast: 0.9 }, answers)).toBe(0.5);
  const missed = { kind: "missed", class: 2, atMost: 0.1 } as const;
  expect(errorOf({ ...missed, falseAlarm: 0 }, answers)).toBe(0);
  // Class 0: 0.9 is found first; 0.7 is a false alarm, one of three; then 0.4.
  expect(errorOf({ ...missed, class: 0, falseAlarm: 0 }, answers)).toBe(0.5);
  expect(errorOf({ ...missed, class: 0, falseAlarm: 0.34 }, answers)).toBe(0);
});
