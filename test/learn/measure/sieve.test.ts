/** The sieve names the places that are not below the floor, and those that stay at closer bounds. */
import { expect, test } from "vitest";
import { type Matrix, matrix } from "../../../src/learn/measure/matrix.ts";
import { openSieve, type Rule, type Sieve, type Stage } from "../../../src/learn/measure/sieve.ts";
import { numbers } from "../numbers.ts";

const block = matrix(2, 9, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0, 0.5, 9]);

/** Places and values that stay, by row of the block. */
function left(sieve: Sieve, block: Matrix, rule: Partial<Rule> & Pick<Rule, "floors">) {
  const { length = block.columns, first = 0 } = rule;
  const { values, columns, places, apart, counts } = sieve.sift(block, {
    ...rule,
    length,
    first,
  })();
  return Array.from(counts, (count, r) =>
    Array.from(places.subarray(r * apart, r * apart + count))
      .filter((place) => place < length)
      .map((place) => [place, values[r * columns + place]] as const),
  );
}

const placesOf = (found: readonly (readonly (readonly [number, number])[])[]) =>
  found.map((row) => row.map(([place]) => place));

test("places that are not below their row's floor", () => {
  using sieve = openSieve({ rows: 9, queries: 2 });
  const at = (...floors: number[]) =>
    placesOf(left(sieve, block, { floors: Float64Array.from(floors) }));
  expect(at(6.5, 0.25)).toEqual([
    [7, 8],
    [0, 7, 8],
  ]);
  expect(at(8, 9)).toEqual([[8], [0, 8]]);
  expect(at(9, 10)).toEqual([[], []]);
  const all = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  expect(at(Number.NEGATIVE_INFINITY, 0)).toEqual([all, all]);
  const short = { floors: Float64Array.of(1, 0.5), length: 5 };
  expect(placesOf(left(sieve, block, short))).toEqual([[1, 2, 3, 4], [0]]);
});

test("floors are those from the block's first query on, and less the slack", () => {
  using sieve = openSieve({ rows: 9, queries: 2 });
  const floors = Float64Array.of(100, 8, 9.5);
  expect(placesOf(left(sieve, block, { floors, first: 1 }))).toEqual([[8], []]);
  expect(placesOf(left(sieve, block, { floors, first: 1, slack: 0.5 }))).toEqual([[8], [0, 8]]);
});

test("a floor between two float32 does not lose the one above it", () => {
  using sieve = openSieve({ rows: 4, queries: 1 });
  const above = 1 + 2 ** -23;
  const floors = Float64Array.of(above - 2 ** -40);
  expect(left(sieve, matrix(1, 4, [0, above, 0, 0]), { floors })).toEqual([[[1, above]]]);
});

test("what was written in its room is not copied, and what lies elsewhere is", () => {
  using sieve = openSieve({ rows: 4, queries: 1 });
  const floors = Float64Array.of(3.5);
  const room = sieve.room();
  room.set([1, 2, 3, 4]);
  const written = { rows: 1, columns: 4, values: room };
  expect(placesOf(left(sieve, written, { floors }))).toEqual([[3]]);
  expect(placesOf(left(sieve, matrix(1, 4, [0, 0, 0, 0]), { floors }))).toEqual([[]]);
});

test("what was found stands while the next block is written and sifted", () => {
  using sieve = openSieve({ rows: 4, queries: 1, threads: 2 });
  const rule = { first: 0, floors: Float64Array.of(2), length: 4 };
  const sift = (...values: number[]) => {
    const room = sieve.room();
    room.set(values);
    return sieve.sift({ rows: 1, columns: 4, values: room }, rule);
  };
  const first = sift(1, 2, 3, 0)();
  const second = sift(9, 0, 0, 0)();
  expect([...first.places.subarray(0, first.counts[0])]).toEqual([1, 2]);
  expect([...first.values]).toEqual([1, 2, 3, 0]);
  expect([...second.places.subarray(0, second.counts[0])]).toEqual([0]);
});

test.each([
  [1, 0],
  [3, 1],
] as const)("stages add inner products of the records, %i threads, bank %i", (threads, bank) => {
  const [rows, queries, wanted] = [11, 2, 5];
  const stages: Stage[] = [
    { width: 16, factor: 1, slack: 0.5 },
    { width: 32, factor: 0, slack: 0.25 },
  ];
  using sieve = openSieve({ rows, queries, stages, wanted, threads });
  const draw = (seed: number, length: number) => Float32Array.from(numbers(seed, length));
  stages.forEach(({ width }, s) => {
    sieve.banks[bank][s].set(draw(s, rows * width));
    sieve.queries[s].set(draw(s + 9, wanted * width));
  });
  const bounds = matrix(queries, rows, draw(30, queries * rows));
  const inner = (s: number, query: number, place: number) => {
    const { width } = stages[s];
    let sum = 0;
    for (let p = 0; p < width; p++) {
      const own = sieve.queries[s][query * width + p];
      sum += own * sieve.banks[bank][s][place * width + p];
    }
    return sum;
  };
  const floors = Float64Array.of(9, 9, 9, -0.4, 0.1);
  const first = 3;
  const expected = [0, 1].map((r) =>
    Array.from({ length: rows }, (_, place) => place).filter((place) => {
      const [bound, floor] = [bounds.values[r * rows + place], floors[first + r]];
      if (bound < floor - 1) return false;
      if (bound + inner(0, first + r, place) < floor - 0.5) return false;
      return inner(1, first + r, place) >= floor - 0.25;
    }),
  );
  const found = left(sieve, bounds, { floors, first, slack: 1, bank });
  expect(placesOf(found)).toEqual(expected);
  expect(expected.flat().length).toBeGreaterThan(4);
  expect(expected.flat().length).toBeLessThan(18);
  found.forEach((row, r) => {
    for (const [place, value] of row) expect(value).toBeCloseTo(inner(1, first + r, place), 4);
  });
});
