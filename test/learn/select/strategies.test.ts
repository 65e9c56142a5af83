/** What every strategy keeps: labels there are, sizes asked for, items before order, honest shares. */
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import { strategies } from "../../../src/learn/select/index.ts";
import { blobs, shuffled, squares } from "./blobs.ts";

const shelf = blobs([60, 40, 30, 20, 20, 10]);
const labelled = [0, 61, 100];
const options = { count: 12, key: keyFromSeed(5) };

describe.each(Object.entries(strategies))("%s", (name, strategy) => {
  test("chooses as many as asked, none twice, none that has a label", async () => {
    const { strategy: said, picks } = await strategy({ ...shelf, labelled }, options);
    expect(said).toBe(name);
    const rows = picks.map(({ row }) => row);
    expect(new Set([...rows, ...labelled]).size).toBe(15);
  });

  test("chooses the same items whatever their order, if they have names", async () => {
    const other = shuffled(shelf, 9);
    const named = labelled.map((row) => other.ids.indexOf(shelf.ids[row]));
    const [first, second] = [
      await strategy({ ...shelf, labelled }, options),
      await strategy({ ...other, labelled: named }, options),
    ];
    expect(second.picks.map(({ row }) => other.ids[row]).sort()).toEqual(
      first.picks.map(({ row }) => shelf.ids[row]).sort(),
    );
  });

  test("tells coverage and shares as a literal count gives them", async () => {
    const found = await strategy({ ...shelf, labelled }, options);
    const distances = squares(shelf.matrix);
    const coverageOf = (rows: readonly number[]) =>
      distances.reduce((sum, own) => sum + Math.exp(-Math.min(...rows.map((r) => own[r]))), 0) /
      distances.length;
    const rows = [...labelled, ...found.picks.map(({ row }) => row)];
    expect(found.before).toBeCloseTo(coverageOf(labelled), 5);
    expect(found.coverage).toBeCloseTo(coverageOf(rows), 5);
    found.picks.forEach(({ row, share, coverage }, i) => {
      expect(coverage).toBeCloseTo(coverageOf(rows.slice(0, 4 + i)), 5);
      const own = distances.filter((to) => rows.every((r) => to[row] <= to[r])).length;
      expect(share).toBeCloseTo(own / distances.length, 9);
    });
    expect(found.sizes).toEqual({ references: 180, candidates: 177, judged: 180, error: 0 });
  });

  test("can label the whole shelf, equal items included, and refuses more", async () => {
    const few = blobs([3, 2, 2]);
    const values = few.matrix.values.slice();
    values.copyWithin(5, 0, 5);
    const same = { matrix: { ...few.matrix, values }, labelled: [6] };
    const { picks, coverage } = await strategy(same, { ...options, count: 6 });
    expect(picks.map(({ row }) => row).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(coverage).toBeCloseTo(1, 5);
    await expect(strategy(same, { ...options, count: 7 })).rejects.toMatchObject({
      code: "select/count-unusable",
    });
  });
});

test.each(["max-herding", "typiclust", "prob-cover"] as const)(
  "%s gives each blob one label before any has two, and passes over blobs that have one",
  async (name) => {
    const pick = async (known: readonly number[], count: number) => {
      const { picks } = await strategies[name](
        { ...shelf, labelled: known },
        { ...options, count },
      );
      return picks.map(({ row }) => shelf.blob[row]);
    };
    expect((await pick([], 6)).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await pick([0, 61, 100], 3)).sort()).toEqual([3, 4, 5]);
  },
);

test("the larger blob first, where coverage counts", async () => {
  const { picks } = await strategies["max-herding"](shelf, { ...options, count: 3 });
  expect(picks.map(({ row }) => shelf.blob[row])).toEqual([0, 1, 2]);
});

test("another key draws others", async () => {
  const draw = (seed: number) => strategies.random(shelf, { count: 12, key: keyFromSeed(seed) });
  expect((await draw(1)).picks).not.toEqual((await draw(2)).picks);
});

test("a row that does not exist cannot be labelled", async () => {
  await expect(strategies.random({ ...shelf, labelled: [180] }, options)).rejects.toMatchObject({
    code: "select/row-outside",
  });
});
