/** The map: equal keys give equal maps, and neighbours stay neighbours. */
import { expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import { layOutMap } from "../../../src/learn/measure/index.ts";
import { fromRows, gaussians, rowsOf } from "./gaussians.ts";

const key = keyFromSeed(1);

test("separate classes stay separate, and a key is a map", async () => {
  const { matrix, codes } = gaussians({ seed: 1, classes: 4, perClass: 60, columns: 20, apart: 3 });
  const map = await layOutMap(matrix, { key });
  expect([map.rows, map.columns]).toEqual([240, 2]);
  const points = rowsOf(map);
  const agree = points.filter((point, i) => {
    const distances = points.map(([x, y], j) =>
      i === j ? Infinity : Math.hypot(x - point[0], y - point[1]),
    );
    return codes[distances.indexOf(Math.min(...distances))] === codes[i];
  });
  expect(agree.length / points.length).toBeGreaterThan(0.98);
  expect((await layOutMap(matrix, { key })).values).toEqual(map.values);
});

test("a handful of rows, and equal rows, have a map too", async () => {
  expect(
    (
      await layOutMap(
        fromRows([
          [1, 2],
          [3, 4],
        ]),
        { key },
      )
    ).rows,
  ).toBe(2);
  const equal = await layOutMap(fromRows(new Array(12).fill([1, 2, 3])), { key });
  expect(equal.values.every(Number.isFinite)).toBe(true);
});
