/** kNN against a brute force in float64, and its rules for k and ties. */
import { expect, test } from "vitest";
import { knnPredictions, type Matrix } from "../../../src/learn/measure/index.ts";
import { fromRows, gaussians, rowsOf } from "./gaussians.ts";

/** The k most similar by (cosine, row), each voting exp(s / 0.1), as written. */
function literal(bank: Matrix, codes: Int32Array, classes: number, queries: Matrix, k: number) {
  const cosine = (a: number[], b: number[]) =>
    a.reduce((sum, value, p) => sum + value * b[p], 0) / (Math.hypot(...a) * Math.hypot(...b));
  const rows = rowsOf(bank);
  return rowsOf(queries).map((query) => {
    const nearest = rows
      .map((row, at) => ({ at, s: cosine(row, query) }))
      .filter(({ at }) => codes[at] >= 0)
      .sort((a, b) => b.s - a.s || a.at - b.at)
      .slice(0, k);
    const votes = new Array<number>(classes).fill(0);
    for (const { at, s } of nearest) votes[codes[at]] += Math.exp(s / 0.1);
    return votes.indexOf(Math.max(...votes));
  });
}

test("agrees with brute force for several k, unlabelled rows apart", async () => {
  const bank = gaussians({ seed: 1, classes: 5, perClass: 60, columns: 12, apart: 0.3 });
  const queries = gaussians({ seed: 2, classes: 5, perClass: 70, columns: 12, apart: 0.3 }).matrix;
  const codes = bank.codes.map((code, row) => (row % 7 === 0 ? -1 : code));
  const neighbours = [1, 5, 50];
  const answers = await knnPredictions({ ...bank, codes }, queries, { neighbours });
  for (const { neighbours: k, predicted } of answers) {
    expect([...predicted]).toEqual(literal(bank.matrix, codes, 5, queries, k));
  }
});

test("k is clipped to the smallest class", async () => {
  const bank = gaussians({ seed: 1, classes: 3, perClass: 10, columns: 4 });
  const codes = bank.codes.map((code, row) => (code === 2 && row > 9 ? -1 : code));
  const answers = await knnPredictions({ ...bank, codes }, bank.matrix);
  expect(answers.map(({ asked, neighbours }) => [asked, neighbours])).toEqual([
    [20, 3],
    [200, 3],
  ]);
});

test("votes by hand: two at cosine .6 lose to one at 1, three equal win", async () => {
  // exp(10) against 2 exp(6); among equals the lower rows are taken, and the lower class wins.
  const bank = fromRows([
    [1, 0],
    [0.6, 0.8],
    [0.6, -0.8],
    [-1, 0],
    [-1, 0],
    [-1, 0],
  ]);
  const codes = Int32Array.of(0, 1, 1, 1, 0, 0);
  const answer = (query: number[], k: number) =>
    knnPredictions({ matrix: bank, codes, classes: 2 }, fromRows([query]), { neighbours: [k] });
  expect((await answer([2, 0], 3))[0].predicted[0]).toBe(0);
  expect((await answer([-1, 0], 1))[0].predicted[0]).toBe(1);
  expect((await answer([-1, 0], 2))[0].predicted[0]).toBe(0);
});

test("collapsed features: the answer comes at once and is one of the classes", async () => {
  const rows = 20_000;
  const matrix = { rows, columns: 4, values: new Float32Array(4 * rows).fill(0.5) };
  const codes = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const queries = { rows: 300, columns: 4, values: matrix.values.subarray(0, 1200) };
  const [answer] = await knnPredictions({ matrix, codes, classes: 2 }, queries, {
    neighbours: [20],
  });
  expect(new Set(answer.predicted)).toEqual(new Set([0]));
});
