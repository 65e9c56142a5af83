/** From labels to a head: each label has one use, and nothing depends on how things are written down. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, normal, permutation } from "../../../src/base/index.ts";
import {
  type Adaptation,
  adaptHead,
  calibrationLabels,
  divideLabels,
  type LabelledShelf,
} from "../../../src/learn/heads/index.ts";
import { type Matrix, pickRows } from "../../../src/learn/measure/index.ts";
import { gaussians } from "../measure/gaussians.ts";

const key = keyFromSeed(5);
const promises = { alpha: 0.1, by: "all", target: 0.2, delta: 0.1 } as const;
const options = { key, ...promises, alarm: { class: 2, missed: 5, falseAlarm: 1 } };

/** 3 classes, 100 each; every fifth is set aside, every seventh of the others has no label. */
function shelf(): LabelledShelf {
  const spec = { classes: 3, perClass: 100, columns: 6, apart: 0.9, offset: 2 };
  const { matrix, codes } = gaussians({ seed: 12, ...spec });
  const rows = [...codes.keys()];
  return {
    matrix,
    codes: codes.map((code, row) => (row % 5 !== 0 && row % 7 === 0 ? -1 : code)),
    classes: 3,
    groups: rows.map((row) => `g${Math.floor(row / 2)}`),
    ids: rows.map((row) => `item-${String(row * 7919).padStart(8, "0")}`),
    aside: rows.map((row) => row % 5 === 0),
  };
}

describe("division", () => {
  test("every label has one use, groups stay together, a class of one group trains", () => {
    const codes = Int32Array.from({ length: 90 }, (_, row) => (row < 2 ? 4 : row % 3));
    const groups = Array.from(codes, (_, row) => `g${Math.floor(row / 2)}`);
    const aside = Array.from(codes, (_, row) => row >= 70);
    const found = divideLabels({ codes, groups, aside }, { key, calibration: 20 });
    const { training, calibration, evaluation, single } = found;
    expect(single).toEqual([4]);
    expect([...evaluation]).toEqual(Array.from({ length: 20 }, (_, i) => 70 + i));
    expect(calibration.length).toBe(20);
    expect(training).toContain(0);
    const all = [...training, ...calibration, ...evaluation].sort((a, b) => a - b);
    expect(all).toEqual([...codes.keys()]);
    const groupsOf = (rows: Uint32Array) => new Set(Array.from(rows, (row) => groups[row]));
    const [trained, held] = [groupsOf(training), groupsOf(calibration)];
    expect([...trained].filter((group) => held.has(group))).toEqual([]);
  });

  test("what was chosen to be labelled trains and calibrates nothing", () => {
    const codes = Int32Array.from({ length: 60 }, (_, row) => row % 3);
    const groups = Array.from(codes, (_, row) => `g${row}`);
    const aside = Array.from(codes, (_, row) => row >= 50);
    const chosen = Array.from(codes, (_, row) => row % 2 === 0);
    const found = divideLabels({ codes, groups, aside, chosen }, { key, calibration: 40 });
    expect([...found.calibration].sort((a, b) => a - b)).toEqual(
      [...codes.keys()].filter((row) => row < 50 && row % 2 === 1),
    );
    expect(found.training.length).toBe(25);
  });

  test("a quarter calibrates, a third where promises need it", () => {
    const asked = { alpha: 0.1, target: 0.05, delta: 0.05 };
    // 59 items without a mistake prove 5 % at 95 %; 9 are needed for sets at 10 %.
    expect(calibrationLabels(400, asked)).toBe(100);
    expect(calibrationLabels(200, asked)).toBe(59);
    expect(calibrationLabels(150, asked)).toBe(37);
    expect(calibrationLabels(30, asked)).toBe(9);
    expect(calibrationLabels(20, asked)).toBe(5);
    expect(calibrationLabels(100_000, asked)).toBe(2000);
  });
});

describe("an adapted head", () => {
  test("keeps what it promises within the intervals, and says what it took for what", async () => {
    const found = await adaptHead(shelf(), options);
    const { judgement, classifier, alarm } = found;
    if (!judgement?.coverage || !judgement.answered) throw new Error("not judged");
    expect(judgement.items).toBe(60);
    expect(judgement.accuracy.value).toBeGreaterThan(2 * judgement.commonest);
    const wrong = judgement.confused.reduce((sum, { count }) => sum + count, 0);
    expect(1 - wrong / 60).toBeCloseTo(judgement.accuracy.value, 12);
    expect(judgement.confusion.values.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(judgement.coverage.all.high).toBeGreaterThanOrEqual(0.9);
    expect(judgement.answered.given.count).toBeGreaterThan(0);
    expect(judgement.answered.wrong?.low).toBeLessThanOrEqual(0.2);
    expect(judgement.unlike?.low).toBeLessThanOrEqual(0.1);
    expect(alarm?.held?.judged?.missed.of).toBe(20);
    expect(alarm?.held?.judged?.falseAlarm.of).toBe(40);
    expect(classifier.tried.length).toBeGreaterThan(1);
  });

  test("a class that only the items set aside have is counted wrong and told", async () => {
    const all = shelf();
    const codes = all.codes.map((code, row) => (code === 2 && !all.aside[row] ? -1 : code));
    const { judgement, classifier, alarm } = await adaptHead({ ...all, codes }, options);
    expect(classifier.classes).toEqual([0, 1]);
    expect(judgement?.unknown).toBe(20);
    expect(judgement?.byClass[2]).toMatchObject({ count: 0, of: 20 });
    expect(alarm?.refused?.code).toBe("heads/nothing-held-out");
  });

  test("too few labels promise nothing, and say how many would", async () => {
    const all = shelf();
    const few = [...all.codes.keys()].filter((row) => !all.aside[row] && all.codes[row] >= 0);
    const kept = new Set(few.slice(0, 12));
    const codes = all.codes.map((code, row) => (kept.has(row) || all.aside[row] ? code : -1));
    const { promises: found } = await adaptHead({ ...all, codes }, options);
    expect(found.sets.refused).toMatchObject({
      code: "heads/too-few-to-calibrate",
      values: { needed: 9 },
    });
    expect(found.abstention.refused?.code).toBe("heads/too-few-to-promise");
    expect(found.novelty.refused?.code).toBe("heads/too-few-to-calibrate");
  });

  const before = adaptHead(shelf(), options);

  test("the order of items changes nothing", async () => {
    const all = shelf();
    const order = permutation(fork(key, "order"), all.codes.length);
    const at = <T>(list: ArrayLike<T>) => Array.from(order, (row) => list[row]);
    const moved = {
      ...all,
      matrix: pickRows(all.matrix, order),
      codes: Int32Array.from(at(all.codes)),
      groups: at(all.groups),
      ids: at(all.ids),
      aside: at(all.aside),
    };
    expectSame(await before, await adaptHead(moved, options));
  });

  test("other names and numbers of classes change nothing", async () => {
    const all = shelf();
    const renumbered = [2, 0, 1];
    const codes = all.codes.map((code) => (code < 0 ? code : renumbered[code]));
    const alarm = { ...options.alarm, class: renumbered[2] };
    const found = await adaptHead({ ...all, codes }, { ...options, alarm });
    expectSame(await before, found, renumbered);
  });

  test("features turned and scaled change nothing", async () => {
    const all = shelf();
    const moved = { ...all, matrix: turnedAndScaled(all.matrix, 7) };
    expectSame(await before, await adaptHead(moved, options));
  });
});

/** Everything that is said of a head, but for what rounding does. */
function expectSame(one: Adaptation, other: Adaptation, renumbered = [0, 1, 2]): void {
  const numbers = ({ classifier, promises: found, judgement, alarm }: Adaptation) => ({
    head: classifier.head,
    setting: classifier.setting,
    accuracy: judgement?.accuracy.value,
    balanced: judgement?.balanced.value,
    covered: judgement?.coverage?.all.count,
    size: judgement?.coverage?.meanSize.toFixed(6),
    given: judgement?.answered?.given.count,
    wrong: judgement?.answered?.wrong?.count,
    unlike: judgement?.unlike?.count,
    bound: found.abstention.held?.bound.toFixed(6),
    missed: alarm?.held?.judged?.missed.count,
    alarms: alarm?.held?.judged?.falseAlarm.count,
    confused: judgement?.confused.map(({ count }) => count),
  });
  expect(numbers(other)).toEqual(numbers(one));
  const [a, b] = [one, other].map(({ promises: found }) => found.sets.held?.thresholds[0] ?? -1);
  expect(b).toBeCloseTo(a, 4);
  expect(other.classifier.temperature).toBeCloseTo(one.classifier.temperature, 3);
  for (const [code, as] of renumbered.entries()) {
    expect(other.judgement?.byClass[as]).toEqual(one.judgement?.byClass[code]);
  }
}

/** Reflections in random planes (a rotation and more), then one factor for all. */
function turnedAndScaled({ rows, columns, values }: Matrix, factor: number): Matrix {
  const turned = Float64Array.from(values);
  for (let plane = 0; plane < columns; plane++) {
    const normalVector = normal(fork(key, "plane", plane), columns);
    const length = Math.hypot(...normalVector);
    for (let i = 0; i < rows; i++) {
      const own = turned.subarray(i * columns, (i + 1) * columns);
      const along = own.reduce((sum, v, p) => sum + (v * normalVector[p]) / length, 0);
      for (let p = 0; p < columns; p++) own[p] -= (2 * along * normalVector[p]) / length;
    }
  }
  return { rows, columns, values: Float32Array.from(turned, (value) => factor * value) };
}
