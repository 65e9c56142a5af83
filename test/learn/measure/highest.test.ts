/** The greatest number less its offset of each row, and the next one: beside plain loops, for any width. */
import { expect, test } from "vitest";
import { fork, keyFromSeed, normal } from "../../../src/base/index.ts";
import { openHighest } from "../../../src/learn/measure/highest.ts";
import { type Matrix, matrix } from "../../../src/learn/measure/matrix.ts";

const key = keyFromSeed(11);

/** Literally, each difference rounded to float32. */
function literal({ rows, columns, values }: Matrix, offsets: Float64Array) {
  return Array.from({ length: rows }, (_, i) => {
    const given = Array.from(offsets, (offset, c) =>
      Math.fround(values[i * columns + c] - Math.fround(offset)),
    );
    const [best, next = Number.NEGATIVE_INFINITY] = given.toSorted((a, b) => b - a);
    return { class: given.indexOf(best), best, next };
  });
}

function found(block: Matrix, offsets: Float64Array, threads = 1) {
  using highest = openHighest({ rows: block.rows, offsets, threads });
  const { classes, best, next } = highest.look(block)();
  return Array.from(classes, (of, i) => ({ class: of, best: best[i], next: next[i] }));
}

test("by hand: offsets are taken off, a tie has no margin, one class has no next", () => {
  const block = matrix(3, 3, [1, 2, 3, 5, 5, 0, -1, -2, -9]);
  const offsets = Float64Array.of(0, 0.5, 4);
  const [first, second, third] = found(block, offsets);
  expect(first).toEqual({ class: 1, best: 1.5, next: 1 });
  expect(second).toEqual({ class: 0, best: 5, next: 4.5 });
  expect(third).toEqual({ class: 0, best: -1, next: -2.5 });
  const [tied] = found(matrix(1, 2, [2, 3]), Float64Array.of(1, 2));
  expect([tied.best, tied.next]).toEqual([1, 1]);
  const [lone] = found(matrix(1, 1, [2]), Float64Array.of(1));
  expect(lone).toEqual({ class: 0, best: 1, next: Number.NEGATIVE_INFINITY });
});

for (const [rows, classes] of [
  [1, 5],
  [7, 4],
  [33, 100],
  [4, 131],
]) {
  test(`${rows} rows of ${classes} classes, by one thread and by two`, () => {
    const own = fork(key, rows, classes);
    const block = matrix(rows, classes, normal(own, rows * classes));
    const offsets = normal(fork(own, "offsets"), classes);
    const wanted = literal(block, offsets);
    expect(found(block, offsets)).toEqual(wanted);
    expect(found(block, offsets, 2)).toEqual(wanted);
  });
}

test("a block waits in its own place while the next one is written and looked through", () => {
  const offsets = new Float64Array(2);
  using highest = openHighest({ rows: 2, offsets, threads: 2 });
  const write = (...values: number[]) => {
    const room = highest.room();
    room.set(values);
    return { rows: 2, columns: 2, values: room };
  };
  const first = highest.look(write(1, 2, 4, 3));
  const second = highest.look(write(6, 5, 8, 7));
  const { classes, best, block } = first();
  expect([[...classes], [...best], [...block.values]]).toEqual([
    [1, 0],
    [2, 4],
    [1, 2, 4, 3],
  ]);
  expect([...second().best]).toEqual([6, 8]);
});
