/** The linear probe: optimality in float64, an independent solution, and honest cross-validation. */
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import { crossValidationFolds } from "../../../src/learn/measure/folds.ts";
import { fitProbe, scorePredictions } from "../../../src/learn/measure/index.ts";
import { fromRows, gaussians, rowsOf } from "./gaussians.ts";

const key = keyFromSeed(3);

test("the gradient of the stated objective vanishes, in float64", async () => {
  const { matrix, codes, classes } = gaussians({
    seed: 1,
    classes: 4,
    perClass: 25,
    columns: 6,
    offset: 2,
    apart: 0.7,
  });
  const penalty = 0.01;
  const probe = await fitProbe(
    { matrix, codes, classes },
    { key, penalties: [penalty], tolerance: 1e-7 },
  );
  const rows = rowsOf(matrix);
  const n = rows.length;
  const mean = rows[0].map((_, p) => rows.reduce((sum, row) => sum + row[p] / n, 0));
  const variance =
    rows.flat().reduce((sum, value, at) => sum + (value - mean[at % 6]) ** 2, 0) / n / 6;
  // Penalised are the weights on centred features over one scalar: W · scale.
  const scale = Math.sqrt(variance);
  for (let c = 0; c < classes; c++) {
    const slope = new Array<number>(7).fill(0);
    rows.forEach((row, i) => {
      const logits = Array.from({ length: classes }, (_, k) =>
        row.reduce((sum, value, p) => sum + value * probe.weights[k * 6 + p], probe.bias[k]),
      );
      const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
      const error = Math.exp(logits[c]) / total - (codes[i] === c ? 1 : 0);
      row.forEach((value, p) => {
        slope[p] += (error * (value - mean[p])) / scale / n;
      });
      slope[6] += error / n;
    });
    for (let p = 0; p < 6; p++) slope[p] += penalty * probe.weights[c * 6 + p] * scale;
    for (const value of slope) expect(Math.abs(value)).toBeLessThan(2e-6);
  }
});

test("a problem of one number, solved by bisection", async () => {
  // Features -1, 1 (scale 1), classes 0, 1. By symmetry W = (-w, w), bias 0, and the objective
  // log(1 + exp(-2w)) + penalty w² has its minimum where 2 / (1 + exp(2w)) = 2 penalty w.
  const penalty = 0.1;
  let [low, high] = [0, 10];
  for (let step = 0; step < 80; step++) {
    const w = (low + high) / 2;
    if (2 / (1 + Math.exp(2 * w)) > 2 * penalty * w) low = w;
    else high = w;
  }
  const data = {
    matrix: fromRows([[-1], [1], [-1], [1]]),
    codes: Int32Array.of(0, 1, 0, 1),
    classes: 2,
  };
  const probe = await fitProbe(data, { key, penalties: [penalty], tolerance: 1e-8 });
  expect(probe.weights[1]).toBeCloseTo(low, 5);
  expect(probe.weights[0]).toBeCloseTo(-low, 5);
});

describe("cross-validation", () => {
  test("takes a strong penalty for noise, a weak one for clean classes, and predicts well", async () => {
    const noise = gaussians({ seed: 5, classes: 3, perClass: 30, columns: 40, apart: 0 });
    const clean = gaussians({ seed: 6, classes: 3, perClass: 60, columns: 10, apart: 2 });
    expect((await fitProbe(noise, { key })).penalty).toBe(1);
    const probe = await fitProbe(clean, { key });
    expect(probe.penalty).toBeLessThan(0.1);
    const other = gaussians({ seed: 7, classes: 3, perClass: 60, columns: 10, apart: 2 });
    const scores = scorePredictions(await probe.predict(other.matrix), other.codes, 3);
    expect(scores.accuracy).toBeGreaterThan(0.95);
  });

  test("folds are stratified, cover each row once, and never split a group", () => {
    const codes = Int32Array.from({ length: 60 }, (_, row) => row % 3);
    const folds = crossValidationFolds({ codes }, { key, folds: 5, rows: 1000 });
    expect(folds.flatMap(({ held }) => [...held]).sort((a, b) => a - b)).toEqual([
      ...Array(60).keys(),
    ]);
    for (const { held } of folds) {
      expect([0, 1, 2].map((c) => held.filter((row) => codes[row] === c).length)).toEqual([
        4, 4, 4,
      ]);
    }
    const groups = Array.from(codes, (_, row) => `lot ${row % 7}`);
    for (const { fit, held } of crossValidationFolds(
      { codes, groups },
      { key, folds: 3, rows: 1000 },
    )) {
      const inside = new Set(Array.from(held, (row) => groups[row]));
      expect(Array.from(fit).some((row) => inside.has(groups[row]))).toBe(false);
    }
  });

  test("one group allows no cross-validation: the middle penalty is taken and none was tried", async () => {
    const data = gaussians({ seed: 5, classes: 2, perClass: 5, columns: 3 });
    const probe = await fitProbe(data, { key, groups: new Array(10).fill("one") });
    expect(probe).toMatchObject({ penalty: 1e-3, validation: [] });
  });
});
