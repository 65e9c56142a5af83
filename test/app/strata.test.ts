/** Pictures drawn in strata to judge by: what is summed over them is right on average, whatever guides it. */
import { expect, test } from "vitest";
import { drawInStrata } from "../../src/app/select/strata.ts";
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import { plainProduct } from "../../src/learn/measure/index.ts";
import { versionOf } from "../learn/data/version-of.ts";

const [train, aside, columns] = [60, 240, 4];
const items = train + aside;
const key = keyFromSeed(11);

/** Every tenth item is a defect, which features hardly show. */
function shelfOf() {
  const paths = Array.from({ length: items }, (_, i) => `${i}.png`);
  const isDefect = (i: number) => i % 10 === 3;
  const values = Float32Array.from(
    normal(key, items * columns),
    (z, at) => z + (isDefect(Math.floor(at / columns)) ? 0.8 : 0),
  );
  const document = versionOf(paths);
  document.items.split.fill("evaluation", train);
  // Of those set aside, thirty have a label already.
  const codes = paths.map((_, i) => (i < train + 30 ? Number(isDefect(i)) : -1));
  return {
    isDefect,
    shelf: {
      dataset: { document, version: "v", reference: "test" },
      set: { name: "defect", classes: ["ok", "defect"], codes },
      features: { rows: items, columns, values },
      product: plainProduct,
    },
  };
}

test("sums over the drawn and the labelled are right on average, and nearer than of a plain sample", async () => {
  const { shelf, isDefect } = shelfOf();
  const truth = Array.from({ length: aside }, (_, i) => isDefect(train + i)).filter(Boolean).length;
  const known = Array.from({ length: 30 }, (_, i) => isDefect(train + i)).filter(Boolean).length;
  const [draws, count] = [150, 40];
  const found: number[] = [];
  let defects = 0;
  for (let draw = 0; draw < draws; draw++) {
    const asked = { class: "defect", count, key: fork(key, draw) };
    const { standsFor, rows, found: choice } = await drawInStrata(shelf, asked);
    expect(standsFor.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(aside - 30, 9);
    const own = choice.picks.map(({ row }, i) => (isDefect(rows[row]) ? standsFor[i] : 0));
    found.push(known + own.reduce((sum, weight) => sum + weight, 0));
    defects += own.filter((weight) => weight > 0).length / draws;
  }
  const mean = found.reduce((sum, value) => sum + value / draws, 0);
  const variance = found.reduce((sum, value) => sum + (value - mean) ** 2 / (draws - 1), 0);
  expect(Math.abs(mean - truth)).toBeLessThan(3 * Math.sqrt(variance / draws));
  // A plain sample of 40 of 210: hypergeometric.
  const share = (truth - known) / (aside - 30);
  const plain = ((aside - 30) ** 2 * share * (1 - share) * (1 - count / (aside - 30))) / count;
  expect(variance).toBeLessThan(plain);
  expect(defects).toBeGreaterThan(1.3 * count * share);
});

test("the order tells nothing, and few labels still reach every stratum", async () => {
  const { shelf } = shelfOf();
  const { standsFor } = await drawInStrata(shelf, { class: "defect", count: 3, key });
  expect(standsFor.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(aside - 30, 9);
  const many = await drawInStrata(shelf, { class: "defect", count: 40, key });
  const sorted = many.standsFor.toSorted((a, b) => a - b);
  expect(many.standsFor).not.toEqual(sorted);
  await expect(drawInStrata(shelf, { class: "defect", count: 211, key })).rejects.toMatchObject({
    code: "select/count-unusable",
    values: { left: 210 },
  });
});
