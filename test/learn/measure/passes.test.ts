/** Sums by class and squared lengths beside plain loops, for widths that fill vectors and that do not. */
import { expect, test } from "vitest";
import { fork, keyFromSeed, normal, uniform } from "../../../src/base/index.ts";
import { sumByClass, sumWithLengths } from "../../../src/learn/measure/class-sums.ts";
import { type Matrix, matrix } from "../../../src/learn/measure/matrix.ts";
import { squaredLengths } from "../../../src/learn/measure/passes.ts";

const key = keyFromSeed(3);

function drawn(rows: number, columns: number, classes: number) {
  const own = fork(key, rows, columns);
  const codes = Int32Array.from(uniform(fork(own, "codes"), rows), (share) => {
    return Math.floor(share * (classes + 1)) - 1;
  });
  return { matrix: matrix(rows, columns, normal(own, rows * columns)), codes, classes };
}

/** Literally: Σ (f - s) and Σ ‖f - s‖² of each class. */
function plainSums({ columns, values }: Matrix, codes: Int32Array, shifts: Float64Array) {
  const sums = new Float64Array(shifts.length);
  const squares = new Float64Array(shifts.length / columns);
  codes.forEach((c, row) => {
    for (let p = 0; c >= 0 && p < columns; p++) {
      const difference = values[row * columns + p] - shifts[c * columns + p];
      sums[c * columns + p] += difference;
      squares[c] += difference ** 2;
    }
  });
  return { sums, squares };
}

function expectNear(found: Float64Array, wanted: Float64Array): void {
  expect(found.length).toBe(wanted.length);
  const off = found.map((value, at) => Math.abs(value - wanted[at]) / (1 + Math.abs(wanted[at])));
  expect(off.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(1e-11);
}

for (const [rows, columns] of [
  [1, 1],
  [37, 3],
  [50, 4],
  [9, 130],
  [1500, 257],
]) {
  test(`sums of ${rows} × ${columns} by class, about shifts and about nothing`, () => {
    const given = drawn(rows, columns, 7);
    const shifts = normal(fork(key, "shifts", columns), 7 * columns);
    const wanted = plainSums(given.matrix, given.codes, shifts);
    const found = sumByClass(given, { shifts });
    expectNear(found.sums, wanted.sums);
    expectNear(found.squares, wanted.squares);
    const about = plainSums(given.matrix, given.codes, new Float64Array(7 * columns));
    expectNear(sumByClass(given).sums, about.sums);
  });

  test(`squared lengths of ${rows} × ${columns}`, () => {
    const { matrix: drawnRows, codes } = drawn(rows, columns, 7);
    const wanted = Float64Array.from(codes, (_, row) => {
      const own = drawnRows.values.subarray(row * columns, (row + 1) * columns);
      return own.reduce((sum, value) => sum + value * value, 0);
    });
    expectNear(squaredLengths(drawnRows), wanted);
  });
}

test("threads and lengths change no bit of sums, and lengths are those of labelled rows", () => {
  const codes = Int32Array.from({ length: 9000 }, (_, row) => ((row * 31) % 8) - 1);
  const values = Float32Array.from({ length: 9000 * 512 }, (_, at) => ((at * 7919) % 1009) / 1009);
  const given = { matrix: { rows: 9000, columns: 512, values }, codes, classes: 7 };
  const shifts = normal(fork(key, "shifts"), 7 * 512);
  const alone = sumByClass(given, { shifts });
  expect(sumByClass(given, { shifts, threads: 2 })).toEqual(alone);
  const { sums, lengths } = sumWithLengths(given, { threads: 2 });
  expect(sums).toEqual(sumByClass(given).sums);
  const squares = squaredLengths(given.matrix);
  expect(squaredLengths(given.matrix, { threads: 2 })).toEqual(squares);
  expect(lengths).toEqual(squares.map((square, i) => (given.codes[i] < 0 ? Number.NaN : square)));
});

test("more classes than sums have room for at once are taken in ranges", () => {
  const [columns, classes] = [3000, 2000];
  const codes = Int32Array.of(1999, 5, -1, 1999, 1500);
  const rows = matrix(codes.length, columns, new Float32Array(codes.length * columns).fill(0.5));
  const { sums, squares } = sumByClass(
    { matrix: rows, codes, classes },
    { shifts: new Float64Array(classes * columns) },
  );
  const totals = Float64Array.from({ length: classes }, (_, c) => sums[c * columns + columns - 1]);
  const filled = [...totals.entries()].filter(([, total]) => total !== 0);
  expect(filled).toEqual([
    [5, 0.5],
    [1500, 0.5],
    [1999, 1],
  ]);
  expect([squares[5], squares[1500], squares[1999], squares[4]]).toEqual([750, 750, 1500, 0]);
});
