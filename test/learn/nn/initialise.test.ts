/** Initial values: their distribution, and that they depend on name and key alone. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed } from "../../../src/base/index.ts";
import {
  conv,
  heNormalOut,
  initialValues,
  linear,
  sequence,
  truncatedNormal,
  uniformByFan,
} from "../../../src/learn/nn/index.ts";

const key = keyFromSeed(7);

function moments(values: Float32Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length), most: most(values) };
}

function most(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

describe("initial values", () => {
  test("He by outputs: N(0, 2 / (out · h · w))", () => {
    const shape = [64, 32, 3, 3];
    const { mean, deviation, most } = moments(heNormalOut(key, shape));
    const expected = Math.sqrt(2 / (64 * 9));
    // 18,432 draws: the deviation is known to 0.5 %, the mean to 0.7 % of it.
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean / expected)).toBeLessThan(0.03);
    expect(most / expected).toBeGreaterThan(3);
  });

  test("linear: U(-1/√fan, 1/√fan)", () => {
    const { mean, deviation, most } = moments(uniformByFan(100)(key, [100, 200]));
    expect(most).toBeLessThanOrEqual(0.1);
    expect(Math.abs(deviation / (0.1 / Math.sqrt(3)) - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean)).toBeLessThan(0.002);
  });

  test("truncated normal ends at two deviations and has 0.8796 of the deviation", () => {
    const { deviation, most } = moments(truncatedNormal(0.02)(key, [200, 200]));
    expect(most).toBeLessThanOrEqual(0.04 + 1e-9);
    expect(Math.abs(deviation / (0.02 * 0.8796) - 1)).toBeLessThan(0.02);
  });

  test("a parameter's values depend on its name, not on what else there is", () => {
    const alone = conv("b", { from: 3, to: 4, kernel: 3 });
    const both = sequence([linear("a", { from: 5, to: 6 }), alone]);
    const values = initialValues(both, key);
    expect(values["b/weight"]).toEqual(initialValues(alone, key)["b/weight"]);
    const other = initialValues(both, fork(key, "other"));
    expect(values["b/weight"]).not.toEqual(other["b/weight"]);
  });
});
