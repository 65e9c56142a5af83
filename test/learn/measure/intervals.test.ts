/** Intervals: known quantiles, coverage by simulation, groups, pairs. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import {
  bootstrapScores,
  cdnv,
  classStatistics,
  deltaInterval,
  directionalCdnv,
  tInterval,
} from "../../../src/learn/measure/index.ts";
import { studentQuantile } from "../../../src/learn/measure/interval.ts";
import { type Gaussians, gaussians } from "./gaussians.ts";

const key = keyFromSeed(17);

test("Student's quantiles are those of the tables", () => {
  // 97.5 % points: Abramowitz & Stegun, table 26.10.
  const table = [
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [9, 2.262],
    [30, 2.042],
    [120, 1.98],
  ];
  for (const [freedom, value] of table) expect(studentQuantile(freedom)).toBeCloseTo(value, 3);
});

test("three seeds by hand", () => {
  // 1, 2, 3: mean 2, deviation 1, half width 4.303 / √3.
  const found = tInterval([1, 2, 3], "t over seeds");
  expect([found.mean, found.deviation]).toEqual([2, 1]);
  expect(found.high - 2).toBeCloseTo(4.3027 / Math.sqrt(3), 4);
  expect(tInterval([1], "t over seeds").low).toBeNaN();
});

describe("bootstrap", () => {
  const draw = (seed: number, items: number, share: number) =>
    Float32Array.from(uniform(fork(keyFromSeed(seed), "items"), items), (u) => (u < share ? 1 : 0));

  test("covers the truth about as often as it says", () => {
    let covered = 0;
    const trials = 300;
    for (let seed = 0; seed < trials; seed++) {
      const scores = draw(seed, 200, 0.7);
      const codes = new Int32Array(200);
      const { accuracy } = bootstrapScores(scores, codes, { key: fork(key, seed), repeats: 400 });
      if (accuracy.low <= 0.7 && 0.7 <= accuracy.high) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.91);
    expect(covered / trials).toBeLessThan(0.985);
  });

  test("groups that agree within themselves widen it by the root of their size", () => {
    const groups = Array.from({ length: 1000 }, (_, i) => Math.floor(i / 10));
    const perGroup = draw(1, 100, 0.5);
    const scores = Float32Array.from(groups, (group) => perGroup[group]);
    const codes = new Int32Array(1000);
    const width = (options: { groups?: number[] }) => {
      const { accuracy } = bootstrapScores(scores, codes, { key, ...options });
      return accuracy.high - accuracy.low;
    };
    expect(width({ groups }) / width({})).toBeGreaterThan(Math.sqrt(10) * 0.85);
    expect(width({ groups }) / width({})).toBeLessThan(Math.sqrt(10) * 1.15);
    expect(bootstrapScores(scores, codes, { key, groups }).accuracy.method).toBe(
      "bootstrap over groups",
    );
  });

  test("balanced accuracy of a rare class is less certain than accuracy; all right is certain", () => {
    const codes = Int32Array.from({ length: 500 }, (_, i) => (i < 20 ? 1 : 0));
    // Standard errors: ½ √(.16/20 + .16/480) = .0456 against √(.16/500) = .0179.
    const fourOfFive = Float32Array.from(codes, (_, i) => (i % 5 === 0 ? 0 : 1));
    const { accuracy, balanced } = bootstrapScores(fourOfFive, codes, { key });
    expect(balanced.high - balanced.low).toBeGreaterThan(1.8 * (accuracy.high - accuracy.low));
    const certain = bootstrapScores(new Float32Array(500).fill(1), codes, { key });
    expect([certain.accuracy.low, certain.balanced.high]).toEqual([1, 1]);
  });
});

describe("delta intervals of variances over distances", () => {
  const shape = { classes: 4, perClass: 60, columns: 6, apart: 1.5 };
  const truths = async () => {
    const { matrix, codes, classes } = gaussians({ ...shape, seed: 1000, perClass: 40_000 });
    const statistics = classStatistics(matrix, codes, classes);
    return [
      cdnv(matrix, codes, statistics).mean,
      (await directionalCdnv(matrix, codes, statistics)).mean,
    ];
  };

  test("cover the truth about as often as they say", async () => {
    const truth = await truths();
    const covered = [0, 0];
    const trials = 200;
    for (let seed = 0; seed < trials; seed++) {
      const { matrix, codes, classes } = gaussians({ ...shape, seed });
      const statistics = classStatistics(matrix, codes, classes);
      const found = [
        cdnv(matrix, codes, statistics),
        await directionalCdnv(matrix, codes, statistics),
      ];
      found.forEach(({ mean, influence }, which) => {
        const { low, high } = deltaInterval(mean, influence, codes);
        if (low <= truth[which] && truth[which] <= high) covered[which]++;
      });
    }
    for (const count of covered) {
      expect(count / trials).toBeGreaterThan(0.88);
      expect(count / trials).toBeLessThanOrEqual(0.99);
    }
  });

  test("doubling every row within a group changes the interval little, without groups it shrinks", () => {
    const { matrix, codes, classes } = gaussians({ ...shape, seed: 5 });
    const doubled = {
      matrix: {
        ...matrix,
        rows: 2 * matrix.rows,
        values: Float32Array.of(...matrix.values, ...matrix.values),
      },
      codes: Int32Array.of(...codes, ...codes),
    };
    const width = (m: Pick<Gaussians, "matrix" | "codes">, groups?: number[]) => {
      const found = cdnv(m.matrix, m.codes, classStatistics(m.matrix, m.codes, classes));
      const { low, high } = deltaInterval(found.mean, found.influence, m.codes, { groups });
      return high - low;
    };
    const groups = Array.from({ length: doubled.codes.length }, (_, i) => i % matrix.rows);
    const single = width({ matrix, codes });
    expect(width(doubled, groups) / single).toBeCloseTo(1, 1);
    expect(width(doubled) / single).toBeCloseTo(Math.SQRT1_2, 1);
  });
});
