/** CDNV and directional CDNV: by hand, against the formulas as written, and their known limits. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, normal } from "../../../src/base/index.ts";
import {
  cdnv,
  classStatistics,
  crossFittedCdnv,
  directionalCdnv,
  type Matrix,
  nccPredictions,
  scorePredictions,
  withinClassVariance,
} from "../../../src/learn/measure/index.ts";
import { fromRows, gaussians, rowsOf } from "./gaussians.ts";

const key = keyFromSeed(11);
const measured = (matrix: Matrix, codes: Int32Array, classes: number) =>
  cdnv(matrix, codes, classStatistics(matrix, codes, classes));
const directed = (matrix: Matrix, codes: Int32Array, classes: number) =>
  directionalCdnv(matrix, codes, classStatistics(matrix, codes, classes));

const dot = (a: number[], b: number[]) => a.reduce((sum, value, p) => sum + value * b[p], 0);
const minus = (a: number[], b: number[]) => a.map((value, p) => value - b[p]);

/** Equations of paper.md §A5, row weights allowed (the weighted mean is what influences derive). */
function literal(rows: number[][], codes: number[], classes: number, weights = rows.map(() => 1)) {
  const all = Array.from({ length: classes }, (_, c) => {
    const own = rows.flatMap((row, i) => (codes[i] === c ? [{ row, weight: weights[i] }] : []));
    const total = own.reduce((sum, { weight }) => sum + weight, 0);
    const mu = rows[0].map((_, p) => own.reduce((sum, x) => sum + x.weight * x.row[p], 0) / total);
    const mean = (f: (row: number[]) => number) =>
      own.reduce((sum, x) => sum + x.weight * f(x.row), 0) / total;
    return { mu, mean, variance: mean((row) => dot(minus(row, mu), minus(row, mu))) };
  });
  let [plain, directional] = [0, 0];
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      if (i === j) continue;
      const apart = minus(all[j].mu, all[i].mu);
      const square = dot(apart, apart);
      if (i < j) plain += (all[i].variance + all[j].variance) / (2 * square);
      const u = apart.map((value) => value / Math.sqrt(square));
      directional += all[i].mean((row) => dot(minus(row, all[i].mu), u) ** 2) / square;
    }
  }
  const pairs = (classes * (classes - 1)) / 2;
  return { plain: plain / pairs, directional: directional / (2 * pairs) };
}

describe("by hand", () => {
  // Class 0: (0,0), (2,0): mu (1,0), Var 1. Class 1: (0,4), (0,8): mu (0,6), Var 4. ‖mu-mu'‖² = 37.
  const matrix = fromRows([
    [0, 0],
    [2, 0],
    [0, 4],
    [0, 8],
    [50, 50],
  ]);
  const codes = Int32Array.of(0, 0, 1, 1, -1);

  test("CDNV = (1 + 4) / (2 · 37)", () => {
    const found = measured(matrix, codes, 2);
    expect(found.mean).toBeCloseTo(5 / 74, 14);
    expect(found.median).toBeCloseTo(5 / 74, 14);
    expect([...found.pairs]).toEqual([Number.NaN, 5 / 74, 5 / 74, Number.NaN]);
  });

  test("directional CDNV = mean of 1/37² and 4·36/37²", async () => {
    // D = (-1, 6). Class 0: ((±1,0)·D)² = 1; class 1: ((0,±2)·D)² = 144; both over ‖D‖⁴ = 37².
    const found = await directed(matrix, codes, 2);
    expect(found.pairs[1]).toBeCloseTo(1 / 37 ** 2, 9);
    expect(found.pairs[2]).toBeCloseTo(144 / 37 ** 2, 9);
    expect(found.mean).toBeCloseTo(145 / 2 / 37 ** 2, 9);
  });

  test("within-class variance = (1 + 4) / 2, its share of the total 10 / 47", () => {
    // Common mean (.5, 3): squares 9.25, 11.25, 1.25, 25.25, total 47 over 4; within (1+1+4+4) over 4.
    const found = withinClassVariance(matrix, codes, classStatistics(matrix, codes, 2));
    expect(found.mean).toBeCloseTo(2.5, 14);
    expect(found.share).toBeCloseTo(10 / 47, 14);
  });
});

test("both agree with the formulas as written on random classes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 2, max: 5 }),
      async (seed, classes) => {
        const { matrix, codes } = gaussians({
          seed,
          classes,
          perClass: 5,
          columns: 7,
          centres: seed,
        });
        const expected = literal(rowsOf(matrix), [...codes], classes);
        expect(measured(matrix, codes, classes).mean).toBeCloseTo(expected.plain, 10);
        expect((await directed(matrix, codes, classes)).mean).toBeCloseTo(expected.directional, 5);
      },
    ),
    { numRuns: 25 },
  );
});

test("neither changes under shift, scale and rotation", async () => {
  const { matrix, codes, classes } = gaussians({ seed: 3, classes: 4, perClass: 12, columns: 2 });
  const [cosine, sine] = [Math.cos(0.7), Math.sin(0.7)];
  const turned = fromRows(
    rowsOf(matrix).map(([x, y]) => [
      5 + 3 * (cosine * x - sine * y),
      3 * (sine * x + cosine * y) - 2,
    ]),
  );
  expect(measured(turned, codes, 4).mean).toBeCloseTo(measured(matrix, codes, classes).mean, 5);
  const [before, after] = [await directed(matrix, codes, 4), await directed(turned, codes, 4)];
  expect(after.mean).toBeCloseTo(before.mean, 5);
});

test("a tiny deviation around a large mean is not lost to cancellation", () => {
  // Var = 2^-20 exactly at mean 64: E|x|² - |E x|² in float32 would give 0 or noise.
  const matrix = fromRows([
    [64 + 2 ** -10, 0],
    [64 - 2 ** -10, 0],
    [64 + 2 ** -10, 1],
    [64 - 2 ** -10, 1],
  ]);
  expect(measured(matrix, Int32Array.of(0, 0, 1, 1), 2).mean).toBe(2 ** -20);
});

test("isotropic classes: directional CDNV = CDNV / d", async () => {
  const columns = 16;
  const { matrix, codes, classes } = gaussians({
    seed: 8,
    classes: 3,
    perClass: 4000,
    columns,
    apart: 2,
  });
  const [plain, directional] = [
    measured(matrix, codes, classes),
    await directed(matrix, codes, classes),
  ];
  expect(directional.mean / (plain.mean / columns)).toBeGreaterThan(0.95);
  expect(directional.mean / (plain.mean / columns)).toBeLessThan(1.05);
});

test("NCC goes to 1 as CDNV goes to 0", async () => {
  const accuracies: number[] = [];
  for (const deviation of [8, 2, 0.5, 0.05]) {
    const { matrix, codes, classes } = gaussians({
      seed: 9,
      classes: 6,
      perClass: 30,
      columns: 10,
      deviation,
    });
    const predicted = await nccPredictions({ matrix, codes, classes }, matrix);
    accuracies.push(scorePredictions(predicted, codes, classes).accuracy);
    if (deviation === 0.05) expect(measured(matrix, codes, classes).mean).toBeLessThan(0.01);
  }
  expect(accuracies).toEqual([...accuracies].sort());
  expect(accuracies.at(-1)).toBe(1);
});

describe("nothing to divide by", () => {
  test("all rows equal: no value, all pairs counted as coincident", async () => {
    const matrix = fromRows(new Array(6).fill([0.1, 0.7]));
    const codes = Int32Array.of(0, 0, 1, 1, 2, 2);
    const found = measured(matrix, codes, 3);
    expect([found.mean, found.coincident]).toEqual([Number.NaN, 3]);
    expect((await directed(matrix, codes, 3)).mean).toBeNaN();
  });

  test("a class of one row takes no part", () => {
    const matrix = fromRows([
      [0, 0],
      [2, 0],
      [0, 4],
      [0, 8],
      [50, 50],
    ]);
    const found = measured(matrix, Int32Array.of(0, 0, 1, 1, 2), 3);
    expect(found.mean).toBeCloseTo(5 / 74, 14);
    expect(found.coincident).toBe(0);
  });
});

test("influences are the derivatives by row weight", async () => {
  const { matrix, codes, classes } = gaussians({
    seed: 21,
    classes: 3,
    perClass: 6,
    columns: 4,
    centres: 5,
  });
  const rows = rowsOf(matrix);
  const plain = measured(matrix, codes, classes);
  const directional = await directed(matrix, codes, classes);
  const step = 1e-5;
  for (let x = 0; x < rows.length; x++) {
    const at = (weight: number) =>
      literal(
        rows,
        [...codes],
        classes,
        rows.map((_, i) => (i === x ? 1 + weight : 1)),
      );
    const [above, below] = [at(step), at(-step)];
    expect(plain.influence[x]).toBeCloseTo((above.plain - below.plain) / (2 * step), 6);
    expect(directional.influence[x]).toBeCloseTo(
      (above.directional - below.directional) / (2 * step),
      5,
    );
  }
});

describe("cross-fitting", () => {
  const columns = 64;
  const distance = 3;
  /** Two isotropic classes at a known distance: Vt = 1 / distance². */
  const draw = (seed: number, perClass: number) => {
    const noise = normal(fork(keyFromSeed(seed), "x"), 2 * perClass * columns);
    const codes = Int32Array.from({ length: 2 * perClass }, (_, i) => i % 2);
    const values = Float32Array.from(noise, (value, at) =>
      at % columns === 0 && codes[Math.floor(at / columns)] === 1 ? value + distance : value,
    );
    return { matrix: { rows: 2 * perClass, columns, values }, codes };
  };

  test("undoes the bias of ten rows a class", async () => {
    const [plugIn, fitted]: number[][] = [[], []];
    for (let seed = 0; seed < 60; seed++) {
      const { matrix, codes } = draw(seed, 10);
      plugIn.push((await directed(matrix, codes, 2)).mean);
      fitted.push(
        (await crossFittedCdnv(matrix, { codes, classes: 2 }, { key: fork(key, seed) })).median,
      );
    }
    const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
    const truth = 1 / distance ** 2;
    expect(Math.abs(middle(fitted) / truth - 1)).toBeLessThan(0.3);
    expect(Math.abs(middle(plugIn) / truth - 1)).toBeGreaterThan(0.4);
  });

  test("agrees with the plug-in form when there are many rows", async () => {
    const { matrix, codes } = draw(1, 3000);
    const fitted = await crossFittedCdnv(matrix, { codes, classes: 2 }, { key });
    expect(fitted.mean * distance ** 2).toBeCloseTo(1, 1);
    expect(fitted.mean / (await directed(matrix, codes, 2)).mean).toBeCloseTo(1, 1);
  });

  test("counts what cannot be told apart, leaves out what is too small or one group", async () => {
    const same = gaussians({ seed: 1, classes: 6, perClass: 8, columns: 8, apart: 0 });
    const found = await crossFittedCdnv(same.matrix, same, { key });
    expect(found.inseparable).toBeGreaterThan(0);
    const { matrix, codes } = draw(2, 6);
    const groups = Array.from(codes, (code, i) => (code === 0 ? "one" : i));
    const left = await crossFittedCdnv(matrix, { codes, classes: 2 }, { key, groups });
    expect(left).toMatchObject({ leftOut: [0], mean: Number.NaN });
  });
});
