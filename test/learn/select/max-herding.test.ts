/** The lazy greedy cover beside the plain algorithm, written out; and large shelves, by draws. */
import { expect, test } from "vitest";
import { keyFromSeed, normal } from "../../../src/base/index.ts";
import { maxHerding } from "../../../src/learn/select/index.ts";
import { blobs, squares } from "./blobs.ts";

/** Mean over items of the kernel to the nearest of the set, all pairs in float64. */
function coverageOf(distances: readonly number[][], set: readonly number[]): number {
  const worth = distances.map((row) => Math.max(0, ...set.map((l) => Math.exp(-row[l]))));
  return worth.reduce((sum, value) => sum + value, 0) / distances.length;
}

test.each([1, 2, 3])(
  "lazy is plain: each pick has the greatest of all gains, seed %i",
  async (seed) => {
    const { matrix } = blobs([25, 20, 15, 10], { seed, apart: 2 });
    const set = seed === 1 ? [] : [2, 30];
    const found = await maxHerding(
      { matrix, labelled: [...set] },
      { count: 15, key: keyFromSeed(seed) },
    );
    const distances = squares(matrix);
    for (const { row, why } of found.picks) {
      const before = coverageOf(distances, set);
      const gains = distances.map((_, c) => coverageOf(distances, [...set, c]) - before);
      // Two items that are each other's nearest may have the same gain.
      expect(gains[row]).toBeGreaterThan(Math.max(...gains) - 1e-7);
      expect(why.kind === "covers" && why.gain).toBeCloseTo(gains[row], 6);
      set.push(row);
    }
  },
);

test("a large shelf is covered by draws, and the coverage told is that of the whole within its error", async () => {
  const rows = 2100;
  const limits = { all: 2000, references: 800, candidates: 400, judged: 1000 };
  const centres = normal(keyFromSeed(3), 12 * 6);
  const values = Float32Array.from(normal(keyFromSeed(4), rows * 6), (noise, at) => {
    return noise + 4 * centres[(Math.floor(at / 6) % 12) * 6 + (at % 6)];
  });
  const matrix = { rows, columns: 6, values };
  const { picks, coverage, sizes } = await maxHerding(
    { matrix },
    { count: 12, key: keyFromSeed(1), limits },
  );
  expect(new Set(picks.map(({ row }) => row % 12)).size).toBe(12);
  // Hoeffding: sqrt(ln(2 / 0.05) / 2000).
  expect(sizes).toEqual({
    references: 800,
    candidates: 400,
    judged: 1000,
    error: expect.closeTo(0.042947, 5),
  });
  const mean = Array.from({ length: 6 }, (_, p) => {
    let sum = 0;
    for (let at = p; at < values.length; at += 6) sum += values[at] / rows;
    return sum;
  });
  let variance = 0;
  values.forEach((value, at) => {
    variance += (value - mean[at % 6]) ** 2 / rows;
  });
  let whole = 0;
  for (let i = 0; i < rows; i++) {
    let least = Number.POSITIVE_INFINITY;
    for (const { row } of picks) {
      let square = 0;
      for (let p = 0; p < 6; p++) square += (values[i * 6 + p] - values[row * 6 + p]) ** 2;
      least = Math.min(least, square);
    }
    whole += Math.exp(-least / variance) / rows;
  }
  expect(Math.abs(coverage - whole)).toBeLessThan(0.0429);
});
