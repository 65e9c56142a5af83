/** Splits by facet: days that leave their mark on features flatter a random split, and only that. */
import { expect, test } from "vitest";
import { facetsOf } from "../../../src/app/gather/facets.ts";
import { splitFacts } from "../../../src/app/gather/split-facts.ts";
import { goodClass } from "../../../src/app/good-class.ts";
import { keyFromSeed, normal } from "../../../src/base/index.ts";
import type { DatasetVersion } from "../../../src/formats/documents/index.ts";
import { plainProduct } from "../../../src/learn/measure/index.ts";

const key = keyFromSeed(2);
const count = 240;
const days = 6;

/** Item i is of class i % 2, taken on day ⌊i / 40⌋. */
function version(by: string): DatasetVersion {
  const ids = Array.from({ length: count }, (_, i) => `i${i}`);
  return {
    format: 1,
    name: "parts",
    kind: "pictures",
    source: { kind: "folder", path: "/nowhere" },
    resolution: 32,
    group: { by },
    evaluationShare: 0.2,
    created: "2026-01-01T00:00:00Z",
    packs: [],
    items: {
      id: ids,
      path: ids,
      digest: ids,
      pack: ids.map(() => 0),
      index: ids.map((_, i) => i),
      group: ids.map((_, i) => `day-${Math.floor(i / (count / days))}`),
      split: ids.map((_, i) => (i % 5 === 0 ? "evaluation" : "train")),
    },
    labelSets: [
      { name: "state", classes: ["ok", "bad"], codes: ids.map((_, i) => i % 2), source: "list" },
      { name: "camera", classes: ["a", "b"], codes: ids.map((_, i) => i % 2), source: "list" },
    ],
    rejected: [],
  };
}

/** Features: the class along one axis, and class times day along axes of each day's own. */
function features(strength: number) {
  const columns = 2 + days;
  const values = Float32Array.from(normal(key, count * columns), (z) => 0.05 * z);
  for (let i = 0; i < count; i++) {
    const sign = i % 2 === 0 ? 1 : -1;
    values[i * columns] += 1;
    values[i * columns + 1] += strength * sign;
    values[i * columns + 2 + Math.floor(i / (count / days))] += sign;
  }
  return { rows: count, columns, values };
}

const task = { document: version("column:day"), labelSet: "state", product: plainProduct, key };

test("what only marks of a day tell apart falls to guessing on a new day", async () => {
  const facts = await splitFacts({ ...task, features: features(0) });
  expect(facts.map(({ facet, head }) => `${facet} ${head}`)).toEqual(["day knn", "day ncc"]);
  const [knn] = facts;
  expect(knn).toMatchObject({ values: days, items: count, unjudged: 0 });
  expect(knn.random.value).toBeGreaterThan(0.95);
  expect(knn.byFacet.value).toBeLessThan(0.7);
  expect(knn.difference.high).toBeLessThan(0);
  expect(knn.worst?.of).toBe(count / days);
});

test("what all days share holds on a new one", async () => {
  const [knn, ncc] = await splitFacts({ ...task, features: features(2) });
  expect(knn.byFacet.value).toBeGreaterThan(0.95);
  expect(ncc.byFacet.value).toBeGreaterThan(0.95);
});

test("two values are too few, and without a facet there is nothing to split by", async () => {
  const document = version("near-duplicate");
  const [state] = document.labelSets;
  expect(facetsOf(document, state).map(({ name }) => name)).toEqual(["camera"]);
  expect(await splitFacts({ ...task, document, features: features(0) })).toEqual([]);
});

test.each([
  [["good", "scratch", "dent"], 0],
  [["傷", "良品"], 1],
  [["line1/NG", "line1/OK"], 1],
  [["cat", "dog"], undefined],
  [["a/good", "b/good", "b/bad"], undefined],
])("of %j the good class is %s", (classes, good) => {
  expect(goodClass({ classes })).toBe(good);
});
