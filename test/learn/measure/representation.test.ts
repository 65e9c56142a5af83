/** The whole of the measures: what comes back, for whom, and what is refused. */
import { describe, expect, test } from "vitest";
import { canonicalJson, keyFromSeed } from "../../../src/base/index.ts";
import {
  compareOverSeeds,
  comparePaired,
  headlineFeatures,
  identity,
  type LabelSet,
  measureRepresentation,
  spreadOverSeeds,
} from "../../../src/learn/measure/index.ts";
import { gaussians } from "./gaussians.ts";

const key = keyFromSeed(23);
const names = (count: number) => Array.from({ length: count }, (_, c) => `class ${c}`);

function representation(deviation: number, seed = 1) {
  const shape = { classes: 6, columns: 12, deviation };
  const train = gaussians({ ...shape, seed, perClass: 40 });
  const test = gaussians({ ...shape, seed: seed + 1, perClass: 25 });
  const fine: LabelSet = {
    name: "fine",
    train: { codes: train.codes, classes: names(6) },
    test: { codes: test.codes, classes: names(6) },
  };
  return { train: train.matrix, test: test.matrix, labelSets: [fine] };
}
const quick = { key, repeats: 5, bootstrap: 200 } as const;

test("gives every measure once, under both protocols, as plain JSON", async () => {
  const { measurements, evidence, leftOut, unusable } = await measureRepresentation(
    representation(1),
    quick,
  );
  expect(new Set(measurements.map(identity)).size).toBe(measurements.length);
  expect(() => canonicalJson(JSON.parse(JSON.stringify(measurements)))).not.toThrow();
  const shown = measurements
    .filter(({ features }) => features === headlineFeatures)
    .map(({ measure, statistic, split, control }) =>
      [measure, statistic, split, control ?? ""].join(" ").trim(),
    );
  expect(shown).toMatchInlineSnapshot(`
    [
      "rankme dimensions train",
      "effective-rank dimensions train",
      "participation-ratio dimensions train",
      "collapse spread train",
      "collapse mean-cosine train",
      "collapse dimensions train",
      "collapse share train",
      "majority accuracy test",
      "majority balanced-accuracy test",
      "ncc accuracy train",
      "ncc balanced-accuracy train",
      "ncc accuracy test",
      "ncc balanced-accuracy test",
      "ncc accuracy test permuted-labels",
      "ncc balanced-accuracy test permuted-labels",
      "few-shot-ncc accuracy test",
      "few-shot-ncc balanced-accuracy test",
      "few-shot-ncc accuracy test",
      "few-shot-ncc balanced-accuracy test",
      "within-class-variance class-mean train",
      "within-class-variance share train",
      "cdnv pair-mean train",
      "cdnv pair-mean train permuted-labels",
      "directional-cdnv pair-mean train",
      "cross-fitted-cdnv pair-mean train",
      "within-class-variance class-mean test",
      "within-class-variance share test",
      "cdnv pair-mean test",
      "cdnv pair-mean test permuted-labels",
      "directional-cdnv pair-mean test",
      "cross-fitted-cdnv pair-mean test",
      "knn accuracy test",
      "knn balanced-accuracy test",
      "knn accuracy test",
      "knn balanced-accuracy test",
      "linear-probe accuracy test",
      "linear-probe balanced-accuracy test",
    ]
  `);
  expect(measurements.filter(({ features }) => features === "raw")).toHaveLength(shown.length);
  expect(
    measurements.find(({ measure, split }) => measure === "ncc" && split === "test"),
  ).toMatchObject({
    protocol: "ncc/1 l2 centres=train",
    labelSet: "fine",
    items: 150,
    interval: { level: 0.95, method: "bootstrap over items" },
  });
  expect([leftOut, unusable]).toEqual([[], []]);
  expect(evidence.size).toBeGreaterThan(10);
  for (const { value, interval } of measurements) {
    if (value !== null && interval && Number.isFinite(interval.low)) {
      expect(interval.low).toBeLessThanOrEqual(value + 1e-9);
      expect(interval.high).toBeGreaterThanOrEqual(value - 1e-9);
    }
  }
});

test("the control of permuted labels is at chance, the labels far above", async () => {
  const { measurements } = await measureRepresentation(representation(0.5), {
    ...quick,
    measures: ["ncc", "cdnv", "majority"],
    features: ["l2"],
  });
  const find = (control?: string) =>
    measurements.find((m) => m.measure === "ncc" && m.split === "test" && m.control === control)
      ?.value ?? 0;
  expect(find()).toBeGreaterThan(0.95);
  expect(find("permuted-labels")).toBeLessThan(0.35);
  expect(measurements.find(({ measure }) => measure === "majority")?.value).toBeCloseTo(1 / 6, 12);
});

test("only what is asked for is measured", async () => {
  const { measurements } = await measureRepresentation(representation(1), {
    ...quick,
    features: ["l2"],
    measures: ["rankme"],
  });
  expect(measurements.map(({ measure }) => measure)).toEqual(["rankme"]);
});

describe("small classes", () => {
  test("are left out and named; a label set with one class left does not stop the others", async () => {
    const given = representation(1);
    const [fine] = given.labelSets;
    const thin = {
      ...fine.train,
      codes: fine.train.codes.map((code, i) => (code === 5 && i > 5 ? -1 : code)),
    };
    const single = {
      name: "single",
      train: { codes: fine.train.codes.map(() => 0), classes: names(6) },
      test: fine.test,
    };
    const { leftOut, unusable, measurements } = await measureRepresentation(
      { ...given, labelSets: [{ ...fine, train: thin }, single] },
      { ...quick, measures: ["ncc"] },
    );
    expect(leftOut).toEqual([{ labelSet: "fine", class: "class 5", train: 1, test: 25 }]);
    expect(
      unusable.map(({ labelSet, problem }) => [labelSet, problem.code, problem.values.kept]),
    ).toEqual([["single", "measure/one-class", 1]]);
    expect(new Set(measurements.map(({ labelSet }) => labelSet))).toEqual(new Set(["fine"]));
    expect(measurements.find(({ split }) => split === "test")?.items).toBe(125);
  });
});

describe("is refused with what was found", () => {
  const given = representation(1);
  const [fine] = given.labelSets;
  const cases = [
    ["measure/empty-matrix", { train: { rows: 0, columns: 12, values: new Float32Array(0) } }],
    ["measure/values-do-not-fit", { train: { ...given.train, rows: 7 } }],
    [
      "measure/widths-differ",
      { test: { rows: 300, columns: 6, values: given.test.values.slice(0, 1800) } },
    ],
    [
      "measure/labels-do-not-fit",
      { labelSets: [{ ...fine, test: { ...fine.test, codes: new Int32Array(3) } }] },
    ],
    ["measure/groups-do-not-fit", { groups: { train: [1, 2], test: [1] } }],
    [
      "measure/not-finite",
      {
        test: {
          ...given.test,
          values: given.test.values.map((v, i) => (i === 25 ? Number.NaN : v)),
        },
      },
    ],
  ] as const;
  test.each(cases)("%s", async (code, change) => {
    await expect(measureRepresentation({ ...given, ...change }, quick)).rejects.toMatchObject({
      code,
    });
  });

  test("a value that is no number: its place", async () => {
    const values = given.test.values.map((value, at) => (at === 25 ? Number.NaN : value));
    await expect(
      measureRepresentation({ ...given, test: { ...given.test, values } }, quick),
    ).rejects.toMatchObject({ values: { name: "test", row: 2, column: 1 } });
  });
});

describe("comparison in pairs", () => {
  const measures = ["ncc", "cdnv", "directional-cdnv"] as const;
  const options = { ...quick, measures, features: ["l2"] } as const;

  test("a representation against itself: no difference; against a better one: decided", async () => {
    const [worse, better] = [
      await measureRepresentation(representation(2.5), options),
      await measureRepresentation(representation(0.8), options),
    ];
    for (const { difference, interval, decided } of comparePaired(worse, worse, { key })) {
      expect([difference, interval.low, interval.high, decided]).toEqual([0, 0, 0, false]);
    }
    const found = comparePaired(worse, better, { key });
    const ncc = found.find(
      ({ left }) => left.measure === "ncc" && left.split === "test" && !left.control,
    );
    const spread = found.find(
      ({ left }) => left.measure === "directional-cdnv" && left.split === "test",
    );
    expect(ncc?.decided && ncc.interval.low > 0).toBe(true);
    expect(spread?.decided && spread.interval.high < 0).toBe(true);
  });

  test("pairing narrows: two nearly equal representations are told apart by less", async () => {
    const given = representation(1.5);
    const shaken = {
      ...given,
      test: { ...given.test, values: given.test.values.map((v, i) => v + 0.05 * ((i * 7919) % 3)) },
    };
    const [left, right] = [
      await measureRepresentation(given, options),
      await measureRepresentation(shaken, options),
    ];
    const pair = comparePaired(left, right, { key }).find(
      (found) => found.left.measure === "ncc" && found.left.split === "test" && !found.left.control,
    );
    const alone = pair?.left.interval;
    expect((pair?.interval.high ?? 9) - (pair?.interval.low ?? 0)).toBeLessThan(
      ((alone?.high ?? 0) - (alone?.low ?? 0)) / 1.5,
    );
  });

  test("other items are refused", async () => {
    const given = representation(1);
    const [fine] = given.labelSets;
    const fewer = {
      ...fine,
      test: { ...fine.test, codes: fine.test.codes.map((c, i) => (i < 9 ? -1 : c)) },
    };
    const [left, right] = [
      await measureRepresentation(given, options),
      await measureRepresentation({ ...given, labelSets: [fewer] }, options),
    ];
    expect(() => comparePaired(left, right, { key })).toThrow("measure/items-differ");
  });

  test("over three seeds by hand", () => {
    // Differences 1, 2, 3: see the test of Student's interval.
    const { mean, deviation } = compareOverSeeds([1, 1, 1], [2, 3, 4]);
    expect([mean, deviation]).toEqual([2, 1]);
    expect(spreadOverSeeds([2, 3, 4]).mean).toBe(3);
    expect(() => compareOverSeeds([1], [1, 2])).toThrow("measure/items-differ");
  });
});
