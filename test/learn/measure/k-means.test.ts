/** Groups without labels: known heaps, the rule for their number, rows that coincide. */
import { expect, test } from "vitest";
import { keyFromSeed, normal } from "../../../src/base/index.ts";
import { groupsFor, kMeans } from "../../../src/learn/measure/index.ts";
import { fromRows } from "./gaussians.ts";

const key = keyFromSeed(3);

test("finds heaps that lie apart, the largest first", () => {
  const noise = normal(key, 120);
  const heap = (i: number) => (i < 30 ? 0 : i < 50 ? 1 : 2);
  const places = [
    [0, 0],
    [9, 0],
    [0, 9],
  ];
  const rows = Array.from({ length: 60 }, (_, i) =>
    places[heap(i)].map((at, p) => at + 0.5 * noise[2 * i + p]),
  );
  const { group, sizes, centres, squares } = kMeans(fromRows(rows), { key, groups: 3 });
  expect([...sizes]).toEqual([30, 20, 10]);
  expect([...group]).toEqual(rows.map((_, i) => heap(i)));
  expect(centres[2]).toBeCloseTo(9, 0);
  const [x, y] = rows[0];
  expect(squares[0]).toBeCloseTo((x - centres[0]) ** 2 + (y - centres[1]) ** 2, 4);
});

test("forms no more groups than there are different rows", () => {
  const { sizes } = kMeans(fromRows([[1], [1], [1], [5]]), { key, groups: 3 });
  expect([...sizes]).toEqual([3, 1]);
});

test.each([
  [8, 2],
  [72, 6],
  [288, 12],
  [100_000, 12],
])("%i rows are sorted into %i groups", (rows, groups) => {
  expect(groupsFor(rows)).toBe(groups);
});
