/** Heads: each against an independent solution, and the choice between them. */
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import {
  type ClassifierOptions,
  fitClassifier,
  type HeadName,
  headKinds,
  softmax,
} from "../../../src/learn/heads/index.ts";
import { plainProduct } from "../../../src/learn/measure/index.ts";
import { fromRows, gaussians, rowsOf } from "../measure/gaussians.ts";

const key = keyFromSeed(4);
const spec = { classes: 3, perClass: 20, columns: 5, apart: 0.8, offset: 1 };
const train = gaussians({ seed: 1, ...spec });
const test1 = gaussians({ seed: 2, ...spec }).matrix;

/** A frame that changes nothing. */
const plain = { columns: 5, means: new Float64Array(5), scale: 1, axes: undefined };
const fitting = { frame: plain, product: plainProduct };

async function scoresOf(name: HeadName, setting: number, weights = Float64Array.of(1, 1, 1)) {
  const kind = headKinds.find((one) => one.name === name);
  if (!kind) throw new Error(name);
  const examples = { features: train.matrix, codes: train.codes, classes: 3, weights };
  const [scorer] = await kind.fit(examples, [setting], fitting);
  return rowsOf(await scorer(test1));
}

describe("scores", () => {
  const rows = rowsOf(train.matrix);
  const queries = rowsOf(test1);

  test("NCC's differ between classes as half the squared distances to the centres do", async () => {
    const centres = [0, 1, 2].map((c) => {
      const own = rows.filter((_, i) => train.codes[i] === c);
      return own[0].map((_, p) => own.reduce((sum, row) => sum + row[p], 0) / own.length);
    });
    const scores = await scoresOf("ncc", 0);
    queries.forEach((x, i) => {
      const half = centres.map((mu) => mu.reduce((sum, m, p) => sum - (x[p] - m) ** 2 / 2, 0));
      for (const c of [1, 2]) {
        expect(scores[i][c] - scores[i][0]).toBeCloseTo(half[c] - half[0], 4);
      }
    });
  });

  test.each([
    ["alike", Float64Array.of(1, 1, 1)],
    ["weighted", Float64Array.of(2, 0.5, 0.5)],
  ])("ridge solves its normal equations, classes %s", async (_, weights) => {
    // Gradient descent on the stated objective, far from any eigendecomposition.
    const penalty = 0.1;
    const n = rows.length;
    const W = [0, 1, 2].map(() => new Array<number>(5).fill(0));
    const b = [0, 0, 0];
    for (let step = 0; step < 4000; step++) {
      const gW = W.map((w) => w.map((value) => 2 * penalty * value));
      const gb = [0, 0, 0];
      rows.forEach((x, i) => {
        W.forEach((w, c) => {
          const error = w.reduce((s, v, p) => s + v * x[p], b[c]) - (train.codes[i] === c ? 1 : 0);
          const slope = (2 * weights[train.codes[i]] * error) / n;
          for (let p = 0; p < 5; p++) gW[c][p] += slope * x[p];
          gb[c] += slope;
        });
      });
      W.forEach((w, c) => {
        for (let p = 0; p < 5; p++) w[p] -= 0.03 * gW[c][p];
        b[c] -= 0.03 * gb[c];
      });
    }
    const scores = await scoresOf("ridge", penalty, weights);
    queries.slice(0, 10).forEach((x, i) => {
      W.forEach((w, c) => {
        expect(scores[i][c]).toBeCloseTo(
          w.reduce((s, v, p) => s + v * x[p], b[c]),
          3,
        );
      });
    });
  });

  test("ridge is the same by rows and by columns", async () => {
    // 4 rows in 5 columns are solved by rows; each of them twice, 8 rows, by columns.
    const few = rows.slice(0, 4);
    const kind = headKinds[1];
    const fitted = async (list: number[][], codes: number[]) => {
      const examples = {
        features: fromRows(list),
        codes: Int32Array.from(codes),
        classes: 3,
        weights: Float64Array.of(1, 1, 1),
      };
      const [scorer] = await kind.fit(examples, [0.3], fitting);
      return (await scorer(test1)).values;
    };
    const [once, twice] = [
      await fitted(few, [0, 1, 2, 0]),
      await fitted([...few, ...few], [0, 1, 2, 0, 0, 1, 2, 0]),
    ];
    once.forEach((value, at) => {
      expect(twice[at]).toBeCloseTo(value, 5);
    });
  });

  test("logistic: the weighted gradient vanishes", async () => {
    const weights = Float64Array.of(2, 0.5, 0.5);
    const kind = headKinds[2];
    const examples = { features: train.matrix, codes: train.codes, classes: 3, weights };
    const [scorer] = await kind.fit(examples, [0.01], fitting);
    const shares = rowsOf(softmax(await scorer(train.matrix), 1));
    // The bias is free: Σ w_i (p_ic - y_ic) = 0 for each class.
    for (const c of [0, 1, 2]) {
      const slope = shares.reduce(
        (sum, p, i) => sum + weights[train.codes[i]] * (p[c] - (train.codes[i] === c ? 1 : 0)),
        0,
      );
      expect(Math.abs(slope / rows.length)).toBeLessThan(1e-4);
    }
  });

  test("kNN's are logarithms of shares of exp(s / 0.1)", async () => {
    const weights = Float64Array.of(2, 0.5, 0.5);
    const scores = await scoresOf("knn", 3, weights);
    queries.slice(0, 20).forEach((x, i) => {
      const length = (v: number[]) => Math.sqrt(v.reduce((s, a) => s + a * a, 0));
      const near = rows
        .map((row, r) => ({
          s: row.reduce((sum, v, p) => sum + v * x[p], 0) / length(row) / length(x),
          c: train.codes[r],
        }))
        .sort((a, b) => b.s - a.s)
        .slice(0, 3);
      const votes = [0.01, 0.01, 0.01];
      for (const { s, c } of near) votes[c] += weights[c] * Math.exp(s / 0.1);
      const total = votes[0] + votes[1] + votes[2];
      votes.forEach((vote, c) => {
        expect(scores[i][c]).toBeCloseTo(Math.log(vote / total), 3);
      });
    });
  });
});

describe("the choice", () => {
  const options: ClassifierOptions = { key };

  test("few labels of a large shelf: the head chosen predicts well, and says what it tried", async () => {
    const shelf = gaussians({ seed: 3, classes: 4, perClass: 100, columns: 8, apart: 1.5 });
    const codes = shelf.codes.map((code, row) => (row < 40 ? code : -1));
    const found = await fitClassifier({ ...shelf, codes }, options);
    expect(found.tried).toHaveLength(1 + 5 + 5 + 5);
    const best = Math.max(...found.tried.map(({ accuracy }) => accuracy));
    const own = found.tried.find(
      ({ head, setting }) => head === found.head && setting === found.setting,
    );
    expect(own?.accuracy).toBe(best);
    const predicted = await found.predict(shelf.matrix);
    const right = predicted.filter((code, row) => code === shelf.codes[row]).length;
    expect(right / 400).toBeGreaterThan(0.85);
    const { values } = await found.probabilities(shelf.matrix);
    for (let i = 0; i < 400; i++) {
      expect(values[4 * i] + values[4 * i + 1] + values[4 * i + 2] + values[4 * i + 3]).toBeCloseTo(
        1,
        5,
      );
    }
  });

  test("rows without a label change nothing but the frame, and classes without labels are left out", async () => {
    const codes = train.codes.map((code) => (code === 1 ? -1 : code));
    const found = await fitClassifier({ ...train, codes }, options);
    expect(found.classes).toEqual([0, 2]);
    expect(new Set(await found.predict(train.matrix))).toEqual(new Set([0, 2]));
  });

  test("weights make a rare class count: more of it is found", async () => {
    const { matrix, codes: all } = gaussians({
      seed: 8,
      classes: 2,
      perClass: 150,
      columns: 6,
      apart: 0.45,
    });
    // Class 1 is labelled once for every nine of class 0.
    const codes = all.map((code, row) => (code === 1 && row % 18 !== 1 ? -1 : code));
    const foundOf = async (weights: "balanced" | "none") => {
      const kinds = ["logistic"] as const;
      const fitted = await fitClassifier({ matrix, codes, classes: 2 }, { key, weights, kinds });
      return (await fitted.predict(matrix)).filter((code, row) => code === 1 && all[row] === 1)
        .length;
    };
    expect(await foundOf("balanced")).toBeGreaterThan(1.5 * (await foundOf("none")));
  });

  test("groups are held out together: copies of one item cannot flatter", async () => {
    // Labels are noise, each item is there five times: only its copies tell its class.
    const noise = gaussians({ seed: 9, classes: 2, perClass: 30, columns: 6, apart: 0 });
    const rows = rowsOf(noise.matrix).flatMap((row) => [row, row, row, row, row]);
    const codes = Array.from(noise.codes).flatMap((code) => new Array<number>(5).fill(code));
    const shelf = { matrix: fromRows(rows), codes: Int32Array.from(codes), classes: 2 };
    const knn = { ...options, kinds: ["knn"] as const };
    const groups = rows.map((_, i) => Math.floor(i / 5));
    const flattered = await fitClassifier(shelf, knn);
    const honest = await fitClassifier({ ...shelf, groups }, knn);
    expect(flattered.tried[0].accuracy).toBe(1);
    expect(honest.tried[0].accuracy).toBeLessThan(0.7);
  });

  test("one class cannot be told from itself; two labels are enough to begin", async () => {
    const codes = new Int32Array(60).fill(-1);
    codes[0] = 0;
    await expect(fitClassifier({ ...train, codes }, options)).rejects.toMatchObject({
      code: "heads/one-class",
    });
    codes[1] = 1;
    const found = await fitClassifier({ ...train, codes }, options);
    expect(found).toMatchObject({ head: "ncc", tried: [], classes: [0, 1] });
  });
});
