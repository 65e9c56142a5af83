/** What chance leaves open in a curve: against simulation, and by hand. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, normal, permutation } from "../../../src/base/index.ts";
import { curveCovariance, drawDeviations } from "../../../src/learn/forecast/curve-noise.ts";
import { chanceError, judgedItems, type LearningCurve } from "../../../src/learn/forecast/index.ts";
import { momentsOf } from "../../../src/learn/forecast/learning-curve.ts";
import { whitening } from "../../../src/learn/forecast/whitening.ts";

const sizes = [8, 16, 32, 64];
const [pool, repeats] = [64, 20];

/** Each label adds its own to the error: 0.3 + 0.1 · mean of the labels' normals. */
function pilot(seed: number): LearningCurve {
  const key = keyFromSeed(seed);
  const own = normal(fork(key, "labels"), pool);
  const orders = Array.from({ length: repeats }, (_, r) => permutation(fork(key, r), pool));
  const points = sizes.map((labels) => {
    const errors = Float64Array.from(orders, (order) => {
      const drawn = order.subarray(0, labels);
      return 0.3 + (0.1 * drawn.reduce((sum, at) => sum + own[at], 0)) / labels;
    });
    return { labels, errors, ...momentsOf(errors) };
  });
  return { points, items: 1e9, pool, classes: 2, chance: 0.5, draw: "random", head: "ncc" };
}

describe("mean errors of one pilot hang together", () => {
  const pilots = Array.from({ length: 500 }, (_, seed) => pilot(seed));
  const means = pilots.map(({ points }) => points.map(({ mean }) => mean));

  test("as five hundred pilots say that they do", () => {
    const said = sizes.flatMap((_, i) =>
      sizes.map((_, j) => {
        const at = i * sizes.length + j;
        return pilots.reduce((sum, one) => sum + curveCovariance(one)[at] / pilots.length, 0);
      }),
    );
    const found = sizes.flatMap((_, i) =>
      sizes.map((_, j) =>
        means.reduce((sum, one) => sum + ((one[i] - 0.3) * (one[j] - 0.3)) / means.length, 0),
      ),
    );
    // Variances of 500 pilots are known to 6 %.
    for (const [at, value] of found.entries())
      expect(Math.abs(said[at] / value - 1)).toBeLessThan(0.2);
  });

  test("one draw of fresh labels is told from draws of the same labels", () => {
    const said = momentsOf(Float64Array.from(pilots, (one) => drawDeviations(one)[3] ** 2)).mean;
    // The largest size is one draw only, always the same.
    expect(pilots[0].points[3].variance).toBeCloseTo(0, 12);
    expect(Math.sqrt(said) / (0.1 / Math.sqrt(64))).toBeCloseTo(1, 0.7);
  });
});

test("whitened vectors are independent: L Lᵀ is the covariance", () => {
  // L = [[2, 0], [1, 3]].
  const whitened = whitening(Float64Array.of(4, 2, 2, 10));
  expect([...whitened(Float64Array.of(2, 1))]).toEqual([1, 0]);
  expect([...whitened(Float64Array.of(2, 7))]).toEqual([1, 2]);
});

describe("evaluation items", () => {
  const codes = Int32Array.from({ length: 100 }, (_, i) => (i < 10 ? 0 : 1));

  test("of a mean over classes are as many as its rarest class lets tell", () => {
    // (0.5² / 10 + 0.5² / 90)⁻¹ = 36 items.
    expect(judgedItems({ kind: "balanced", atLeast: 0.9 }, { codes })).toBeCloseTo(36, 9);
    expect(judgedItems({ kind: "accuracy", atLeast: 0.9 }, { codes })).toBe(100);
    expect(judgedItems({ kind: "recall", class: 0, atLeast: 0.9 }, { codes })).toBe(10);
  });

  test("with weights tell as much as fewer without", () => {
    const weights = Float64Array.of(1, 3);
    const judged = { codes: Int32Array.of(0, 0), weights };
    expect(judgedItems({ kind: "accuracy", atLeast: 0.9 }, judged)).toBeCloseTo(16 / 10, 9);
  });

  test("chance guesses classes alike, or alarms as often as it may", () => {
    expect(chanceError({ kind: "balanced", atLeast: 0.9 }, 4)).toBe(0.75);
    const missed = { kind: "missed", class: 0, atMost: 0.01, falseAlarm: 0.05 } as const;
    expect(chanceError(missed, 2)).toBe(0.95);
  });
});
