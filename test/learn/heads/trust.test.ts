/** Calibration, operating points and the promises: hand-sized cases, then a thousand draws. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, normal, uniform } from "../../../src/base/index.ts";
import {
  cheapestPoint,
  fitAbstention,
  fitConformal,
  fitNovelty,
  fitTemperature,
  pointWithin,
  provingItems,
  reliability,
  softmax,
} from "../../../src/learn/heads/index.ts";
import { codeOf } from "../../code-of.ts";
import { fromRows } from "../measure/gaussians.ts";

test("temperature: three of four right at score difference 2 means 2 / T = ln 3", () => {
  const scores = fromRows([
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
  ]);
  const temperature = fitTemperature(scores, Int32Array.of(0, 0, 0, 1));
  expect(temperature).toBeCloseTo(2 / Math.log(3), 6);
  expect(softmax(scores, temperature).values[0]).toBeCloseTo(0.75, 6);
});

test("reliability: bins, rates and the expected error by hand", () => {
  // Confidences 0.95 right, 0.95 wrong, 0.62 right, 0.66 right.
  const probabilities = fromRows([
    [0.95, 0.05],
    [0.05, 0.95],
    [0.62, 0.38],
    [0.34, 0.66],
  ]);
  const found = reliability(probabilities, Int32Array.of(0, 0, 0, 1));
  expect(found.expectedError).toBeCloseTo(0.5 * 0.45 + 0.5 * 0.36, 6);
  expect(found.bins.map(({ from, right: { count, of } }) => [from, count, of])).toEqual([
    [0.6, 2, 2],
    [0.9, 1, 2],
  ]);
});

describe("operating point", () => {
  const probability = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
  const positive = [1, 0, 1, 0, 0, 1];

  test("costs decide: a missed item of 10 is worth all alarms, one of 0.5 few", () => {
    // Never: cost 10 · 0.5 = 5; always: 0.5. From 0.7: one of 3 missed, one of 3 alarmed.
    expect(cheapestPoint({ probability, positive }, { missed: 10, falseAlarm: 1 })).toMatchObject({
      threshold: 0.4,
      cost: 0.5,
      never: 5,
      always: 0.5,
      missed: { count: 0, of: 3 },
      falseAlarm: { count: 3, of: 3 },
    });
    expect(cheapestPoint({ probability, positive }, { missed: 1, falseAlarm: 1 })).toMatchObject({
      threshold: 0.7,
      cost: expect.closeTo(1 / 3, 12),
      missed: { count: 1 },
      falseAlarm: { count: 1 },
    });
    const rare = { missed: 1, falseAlarm: 1, prevalence: 0.01 };
    expect(cheapestPoint({ probability, positive }, rare)).toMatchObject({ threshold: 0.9 });
  });

  test("within a rate of false alarms as many as possible are found", () => {
    expect(pointWithin({ probability, positive }, 0.34)).toMatchObject({ threshold: 0.7 });
    expect(pointWithin({ probability, positive }, 0)).toMatchObject({ threshold: 0.9 });
    expect(codeOf(() => pointWithin({ probability, positive: [0, 0, 0, 0, 0, 0] }, 0))).toBe(
      "heads/one-sided",
    );
  });
});

describe("conformal sets", () => {
  test("the threshold is the ⌈(n + 1)(1 - α)⌉-th score, and too small an α is refused", () => {
    const own = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
    const probabilities = fromRows(own.map((p) => [p, 1 - p]));
    const codes = new Int32Array(9);
    // n = 9, α = 0.2: the 8th smallest of 1 - p is 0.8.
    const found = fitConformal(probabilities, codes, { alpha: 0.2 });
    expect(found.thresholds).toEqual([expect.closeTo(0.2, 6), expect.closeTo(0.2, 6)]);
    expect(
      found.sets(
        fromRows([
          [0.85, 0.15],
          [0.3, 0.7],
          [0.1, 0.15],
        ]),
      ),
    ).toEqual([[0], [1, 0], []]);
    expect(fitConformal(probabilities, codes, { alpha: 0.1 }).thresholds[0]).toBeCloseTo(0.1, 6);
    expect(codeOf(() => fitConformal(probabilities, codes, { alpha: 0.099 }))).toBe(
      "heads/too-few-to-calibrate",
    );
  });

  test("by class each class has its own threshold; too few items exclude nothing", () => {
    const probabilities = fromRows(
      [0.9, 0.8, 0.7, 0.6]
        .map((p) => [p, 0, 1 - p])
        .concat([
          [0.5, 0.5, 0],
          [0.7, 0.3, 0],
        ]),
    );
    const codes = Int32Array.of(0, 0, 0, 0, 1, 1);
    // n = 4, α = 0.25: the 4th smallest of 1 - p is 0.4; two or no items allow no threshold.
    const found = fitConformal(probabilities, codes, { alpha: 0.25, by: "class" });
    expect(found.thresholds).toEqual([expect.closeTo(0.6, 6), 0, 0]);
    expect(found.sets(fromRows([[0.55, 0.4, 0.05]]))).toEqual([[1, 2]]);
    // A class that the head does not know has probability 0: its items ask for everything.
    const unknown = fitConformal(probabilities, Int32Array.of(0, 0, 0, 0, -1, -1), { alpha: 0.25 });
    expect(unknown.thresholds).toEqual([0, 0, 0]);
  });

  test("over 1,000 calibration draws the true class is in the set as often as promised", () => {
    const [draws, n, alpha] = [1000, 30, 0.15];
    let inside = 0;
    for (let draw = 0; draw < draws; draw++) {
      const { probabilities, codes } = drawItems(draw, n + 1);
      const first = (count: number) => ({ ...probabilities, rows: count });
      const found = fitConformal(first(n), codes.subarray(0, n), { alpha });
      const last = { rows: 1, columns: 2, values: probabilities.values.subarray(2 * n) };
      if (found.sets(last)[0].includes(codes[n])) inside++;
    }
    const error = Math.sqrt((alpha * (1 - alpha)) / draws);
    // Exactly ⌈31 · 0.85⌉ / 31 = 27 / 31 for continuous scores.
    expect(Math.abs(inside / draws - 27 / 31)).toBeLessThan(3.3 * error);
    expect(inside / draws).toBeGreaterThanOrEqual(1 - alpha - 3.3 * error);
  });
});

describe("abstention", () => {
  test("how many items prove a rate: none wrong of 299 prove 1 % at 95 %", () => {
    expect(provingItems(0.01, 0.05)).toBe(299);
    expect(provingItems(0.1, 0.05)).toBe(29);
    expect(provingItems(0.5, 0.5)).toBe(1);
  });

  test("laxer thresholds are tried until one fails; what is refused is refused with the number", () => {
    const confidence = Array.from({ length: 100 }, (_, i) => 1 - i / 100);
    const unlabelled = Array.from({ length: 1000 }, (_, i) => 1 - i / 1000);
    const correct = confidence.map((value) => value > 0.3);
    const found = fitAbstention(confidence, correct, { target: 0.1, delta: 0.05, unlabelled });
    // At 0.05: 2 wrong of 72 have the bound 0.085, 3 of 73 have 0.103.
    expect(found.confidence).toBeGreaterThan(0.26);
    expect(found.confidence).toBeLessThan(0.31);
    expect(found.bound).toBeLessThanOrEqual(0.1);
    expect(found.answered).toBeCloseTo(1 - found.confidence, 2);
    const few = { target: 0.01, delta: 0.05, unlabelled };
    expect(codeOf(() => fitAbstention(confidence, correct, few))).toBe("heads/too-few-to-promise");
  });

  test("where the most confident are wrong nothing is promised", () => {
    const confidence = Array.from({ length: 100 }, (_, i) => 1 - i / 100);
    const found = fitAbstention(
      confidence,
      confidence.map((value) => value < 0.8),
      { target: 0.1, delta: 0.05, unlabelled: confidence },
    );
    expect(found).toMatchObject({ confidence: Number.POSITIVE_INFINITY, accepted: 0 });
  });

  test("over 1,000 draws the promise is broken no more often than δ", () => {
    const [draws, n, target, delta] = [1000, 200, 0.1, 0.1];
    const shelf = drawItems(100_000, 2000);
    const unlabelled = confidences(shelf.probabilities);
    const truth = drawItems(200_000, 20_000);
    const judged = Array.from(confidences(truth.probabilities), (confidence, i) => ({
      confidence,
      right: isRight(truth, i),
    })).sort((a, b) => b.confidence - a.confidence);
    const wrong = new Float64Array(judged.length + 1);
    judged.forEach(({ right }, i) => {
      wrong[i + 1] = wrong[i] + (right ? 0 : 1);
    });
    let broken = 0;
    let answered = 0;
    for (let draw = 0; draw < draws; draw++) {
      const items = drawItems(draw, n);
      const correct = Array.from(items.codes, (_, i) => isRight(items, i));
      const options = { target, delta, unlabelled };
      const found = fitAbstention(confidences(items.probabilities), correct, options);
      answered += found.answered / draws;
      let accepted = 0;
      while (accepted < judged.length && judged[accepted].confidence >= found.confidence)
        accepted++;
      if (accepted > 0 && wrong[accepted] / accepted > target) broken++;
    }
    expect(broken / draws).toBeLessThanOrEqual(
      delta + 3.3 * Math.sqrt((delta * (1 - delta)) / draws),
    );
    // It promises something: a rule that never answers would keep every promise.
    expect(answered).toBeGreaterThan(0.1);
    expect(broken).toBeGreaterThan(0);
  });
});

test("what is far from everything seen is told; what is like it is not, more often than α allows", async () => {
  const draw = (name: string, rows: number) => ({
    rows,
    columns: 4,
    values: Float32Array.from(normal(fork(keyFromSeed(6), name), 4 * rows)),
  });
  const novelty = await fitNovelty(draw("known", 300), draw("calibration", 199), { alpha: 0.05 });
  const far = await novelty.judge(fromRows([[9, 9, 9, 9]]));
  expect(far[0]).toBeCloseTo(1 / 200, 12);
  const like = await novelty.judge(draw("like", 2000));
  const flagged = like.filter((p) => p <= 0.05).length / 2000;
  // Given one calibration set the rate varies as Beta(10, 190): deviation 0.0154.
  expect(Math.abs(flagged - 0.05)).toBeLessThan(3 * 0.0163);
});

/** Items whose stated probability of class 0 is wrong: overconfident by a factor of 2 in the logit. */
function drawItems(draw: number, count: number) {
  const key = fork(keyFromSeed(11), draw);
  const logits = normal(fork(key, "logits"), count);
  const chance = uniform(fork(key, "classes"), count);
  const probabilities = fromRows(
    Array.from(logits, (logit) => {
      const stated = 1 / (1 + Math.exp(-4 * logit));
      return [stated, 1 - stated];
    }),
  );
  const codes = Int32Array.from(logits, (logit, i) =>
    chance[i] < 1 / (1 + Math.exp(-2 * logit)) ? 0 : 1,
  );
  return { probabilities, codes };
}

function confidences({ values }: { readonly values: Float32Array }): number[] {
  return Array.from({ length: values.length / 2 }, (_, i) =>
    Math.max(values[2 * i], values[2 * i + 1]),
  );
}

function isRight({ probabilities, codes }: ReturnType<typeof drawItems>, i: number): boolean {
  return (probabilities.values[2 * i] >= 0.5 ? 0 : 1) === codes[i];
}
