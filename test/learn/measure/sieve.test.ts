/** The sieve names every four in which a number is not below the floor, and only those. */
import { expect, test } from "vitest";
import { matrix } from "../../../src/learn/measure/matrix.ts";
import { openSieve } from "../../../src/learn/measure/sieve.ts";

const block = matrix(2, 9, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0, 0.5, 9]);

test("fours that may exceed the floor, by row", () => {
  using sieve = openSieve({ rows: 9, queries: 2 });
  sieve.take(block);
  const above = (row: number, floor: number, length = 9) => {
    const { hits, count, values, start } = sieve.above(row, { floor, length });
    expect(values[start]).toBe(block.values[row * 9]);
    return [...hits.subarray(0, count)];
  };
  expect(above(0, 2.5)).toEqual([0, 4, 8]);
  expect(above(0, 4)).toEqual([4, 8]);
  expect(above(0, 7.5)).toEqual([8]);
  expect(above(1, 0.25)).toEqual([0, 4, 8]);
  expect(above(1, 0.25, 4)).toEqual([0]);
  expect(above(1, 10)).toEqual([]);
  expect(above(1, Number.NEGATIVE_INFINITY)).toEqual([0, 4, 8]);
});

test("a floor between two float32 does not lose the one above it", () => {
  using sieve = openSieve({ rows: 4, queries: 1 });
  const above = 1 + 2 ** -23;
  sieve.take(matrix(1, 4, [0, above, 0, 0]));
  const floor = above - 2 ** -40;
  expect(sieve.above(0, { floor, length: 4 }).count).toBe(1);
});

test("what was written in its room is not copied, and what lies elsewhere is", () => {
  using sieve = openSieve({ rows: 4, queries: 1 });
  sieve.room.set([1, 2, 3, 4]);
  sieve.take({ rows: 1, columns: 4, values: sieve.room });
  expect(sieve.above(0, { floor: 3.5, length: 4 }).count).toBe(1);
  sieve.take(matrix(1, 4, [0, 0, 0, 0]));
  expect(sieve.above(0, { floor: 3.5, length: 4 }).count).toBe(0);
});
