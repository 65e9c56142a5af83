/** NCC and its scores: by hand, against float64 distances, and in its limits. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import {
  fewShotNcc,
  majorityPredictions,
  nccPredictions,
  nccPredictionsOf,
  nearestCentres,
  type Product,
  permuteLabels,
  plainProduct,
  sampleNcc,
  scorePredictions,
} from "../../../src/learn/measure/index.ts";
import { fromRows, gaussians, rowsOf } from "./gaussians.ts";

const key = keyFromSeed(5);

/** argmin_c ‖f - mu_c‖ as written, in float64. */
function literal(train: number[][], codes: number[], classes: number, test: number[][]): number[] {
  const centres = Array.from({ length: classes }, (_, c) => {
    const own = train.filter((_, i) => codes[i] === c);
    return own[0].map((_, p) => own.reduce((sum, row) => sum + row[p], 0) / own.length);
  });
  return test.map((row) => {
    const distances = centres.map((mu) => Math.hypot(...row.map((value, p) => value - mu[p])));
    return distances.indexOf(Math.min(...distances));
  });
}

describe("predictions", () => {
  test("by hand: centres (1, 0) and (0, 3); a tie goes to the lower class", async () => {
    const train = fromRows([
      [0, 0],
      [2, 0],
      [0, 2],
      [0, 4],
      [9, 9],
    ]);
    const codes = Int32Array.of(0, 0, 1, 1, -1);
    // (1, 1): 1 against √5. (0, 2): √5 against 1. (2, 2): both √5.
    const test = fromRows([
      [1, 1],
      [0, 2],
      [2, 2],
    ]);
    const bank = { matrix: train, codes, classes: 2 };
    expect([...(await nccPredictions(bank, test))]).toEqual([0, 1, 0]);
  });

  test("of very many classes are exact, and their products few at once", async () => {
    const classes = 20_000;
    const sizes: number[] = [];
    const product: Product = async (left, right) => {
      sizes.push(left.rows * right.rows);
      return await plainProduct(left, right);
    };
    // Offsets are half of squares, whose float32 are as far apart as many classes are.
    const centres = Float64Array.from({ length: classes }, (_, c) => c);
    const own = Array.from({ length: 300 }, (_, i) => 19_999 - 61 * i);
    const rows = fromRows(own.map((c) => [c + 0.4]));
    expect([...(await nearestCentres(rows, centres, { product }))]).toEqual(own);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 ** 22);
  });

  test("several matrices at once as one after the other, rows without a label among them", async () => {
    const { matrix, codes, classes } = gaussians({ seed: 9, classes: 5, columns: 7, perClass: 12 });
    const some = codes.map((code, i) => (i % 4 === 0 ? -1 : code));
    const bank = { matrix, codes: some, classes };
    const other = gaussians({ seed: 10, classes: 5, columns: 7, perClass: 6 }).matrix;
    const [own, others] = await nccPredictionsOf(bank, [matrix, other]);
    expect(own).toEqual(await nccPredictions(bank, { ...matrix }));
    expect(others).toEqual(await nccPredictions(bank, other));
    const labelled = rowsOf(matrix).filter((_, i) => some[i] >= 0);
    const known = [...some].filter((code) => code >= 0);
    expect([...own]).toEqual(literal(labelled, known, classes, rowsOf(matrix)));
  });

  test("are those of exact distances, whoever computed the product", async () => {
    // A product that is wrong in the seventh digit, as any float32 product may be.
    const sloppy: Product = async (left, right) => {
      const out = await plainProduct(left, right);
      out.values.forEach((value, at) => {
        out.values[at] = value * (1 + (at % 2 === 0 ? 1 : -1) * 2e-7);
      });
      return out;
    };
    const { matrix, codes, classes } = gaussians({
      seed: 1,
      classes: 7,
      perClass: 30,
      columns: 24,
      apart: 0.02,
      offset: 3,
    });
    const bank = { matrix, codes, classes };
    const expected = literal(rowsOf(matrix), [...codes], classes, rowsOf(matrix));
    expect([...(await nccPredictions(bank, matrix))]).toEqual(expected);
    expect([...(await nccPredictions(bank, matrix, { product: sloppy }))]).toEqual(expected);
  });

  test("do not change when everything is moved, turned by a quarter and scaled", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const { matrix, codes, classes } = gaussians({ seed, classes: 3, perClass: 8, columns: 2 });
        const moved = fromRows(rowsOf(matrix).map(([x, y]) => [8 - 4 * y, 4 * x - 16]));
        const [before, after] = [
          await nccPredictions({ matrix, codes, classes }, matrix),
          await nccPredictions({ matrix: moved, codes, classes }, moved),
        ];
        const same = before.filter((value, i) => value === after[i]).length;
        expect(same).toBe(before.length);
      }),
      { numRuns: 20 },
    );
  });
});

describe("scores", () => {
  test("by hand: 3 of 5 right, class shares 2/3 and 1/2, unlabelled rows not judged", () => {
    const codes = Int32Array.of(0, 0, 0, 1, 1, -1);
    const scores = scorePredictions(Int32Array.of(0, 0, 1, 1, 0, 0), codes, 3);
    expect(scores.items).toBe(5);
    expect(scores.accuracy).toBeCloseTo(3 / 5, 15);
    expect(scores.balanced).toBeCloseTo((2 / 3 + 1 / 2) / 2, 15);
    expect([...scores.perClass]).toEqual([2 / 3, 1 / 2, Number.NaN]);
    expect([...scores.correct]).toEqual([1, 1, 0, 1, 0]);
  });

  test("guessing the commonest class is 1 / classes when balanced", () => {
    const predicted = majorityPredictions(Int32Array.of(1, 1, 0, 2, -1), 4, 3);
    const scores = scorePredictions(predicted, Int32Array.of(1, 1, 0, 2), 3);
    expect(scores.accuracy).toBe(0.5);
    expect(scores.balanced).toBeCloseTo(1 / 3, 15);
  });
});

describe("few shots", () => {
  const train = gaussians({ seed: 2, classes: 5, perClass: 40, columns: 16 });
  const test5 = gaussians({ seed: 3, classes: 5, perClass: 40, columns: 16 });

  test("as many shots as rows give NCC itself, without spread", async () => {
    const found = await fewShotNcc(train, test5, { key, shots: 40, repeats: 3 });
    const full = scorePredictions(await nccPredictions(train, test5.matrix), test5.codes, 5);
    expect(found.accuracy.mean).toBeCloseTo(full.accuracy, 12);
    expect(found.accuracy.deviation).toBeCloseTo(0, 12);
    expect(found.short).toEqual([]);
  });

  test("more labels help; equal keys give equal numbers; short classes are named", async () => {
    const one = await fewShotNcc(train, test5, { key, shots: 1 });
    const ten = await fewShotNcc(train, test5, { key, shots: 10 });
    expect(ten.accuracy.mean).toBeGreaterThan(one.accuracy.mean + 0.05);
    expect(await fewShotNcc(train, test5, { key, shots: 1 })).toEqual(one);
    expect((await fewShotNcc(train, test5, { key, shots: 41, repeats: 2 })).short).toHaveLength(5);
  });
});

test("sample-level NCC: near views are known again, pure noise is not", async () => {
  const views = (seed: number, deviation: number) => {
    const { matrix, codes } = gaussians({ seed, classes: 50, perClass: 6, columns: 32, deviation });
    return { matrix, items: codes };
  };
  expect((await sampleNcc(views(1, 0.2), views(2, 0.2))).accuracy).toBe(1);
  expect((await sampleNcc(views(1, 100), views(2, 100))).accuracy).toBeLessThan(0.1);
});

test("permuted labels keep class sizes and unlabelled rows, and lose the meaning", async () => {
  const { matrix, codes, classes } = gaussians({
    seed: 4,
    classes: 4,
    perClass: 50,
    columns: 8,
    apart: 4,
  });
  const some = codes.map((code, i) => (i < 20 ? -1 : code));
  const permuted = permuteLabels(some, { key });
  expect([...permuted].sort()).toEqual([...some].sort());
  expect([...permuted.slice(0, 20)]).toEqual(new Array(20).fill(-1));
  expect([...permuteLabels(some, { key, share: 0 })]).toEqual([...some]);
  const predicted = await nccPredictions({ matrix, codes: permuted, classes }, matrix);
  // 180 rows at 1/4, plus what 45 labels a class can fit by chance in 8 dimensions.
  expect(scorePredictions(predicted, permuted, classes).accuracy).toBeLessThan(0.45);
});
