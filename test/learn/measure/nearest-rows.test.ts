/** The streamed search: chunks, blocks and compaction lose no neighbour, and memory stays bounded. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { knnPredictions, type Matrix, type Product } from "../../../src/learn/measure/index.ts";
import { nearestRows, nthGreatest } from "../../../src/learn/measure/nearest-rows.ts";
import { plainProduct } from "../../../src/learn/measure/product.ts";
import { fromRows, gaussians } from "./gaussians.ts";

/** A product whose every value is off by nearly what float32 may be off in 24 columns. */
const sloppy: Product = async (left, right) => {
  const out = await plainProduct(left, right);
  out.values.forEach((value, at) => {
    out.values[at] = value + (at % 2 === 0 ? 1 : -1) * 1e-6;
  });
  return out;
};

test("the n-th greatest is what sorting gives, equal values included", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 60 }),
      fc.nat(),
      (values, some) => {
        const n = 1 + (some % values.length);
        const sorted = values.toSorted((a, b) => b - a);
        expect(nthGreatest(Float32Array.from(values), n)).toBe(sorted[n - 1]);
      },
    ),
  );
});

const spec = { classes: 1, columns: 24, apart: 0 };
const bank = gaussians({ seed: 1, perClass: 900, ...spec }).matrix;
const queries = gaussians({ seed: 2, perClass: 60, ...spec }).matrix;

test("chunk by chunk and block by block all of the k greatest stay, in order of rows", async () => {
  const rows = Uint32Array.from({ length: 800 }, (_, i) => i + 50);
  const all = (await plainProduct(unit(queries), unit(bank))).values;
  const found = new Map<number, number[]>();
  const search = { bank, rows, queries, count: 3, product: plainProduct, chunk: 300, block: 25 };
  await nearestRows(search, (one) => found.set(one.query, [...one.rows]));
  expect(found.size).toBe(60);
  for (const [query, candidates] of found) {
    const best = Array.from(rows)
      .sort((a, b) => all[query * 900 + b] - all[query * 900 + a])
      .slice(0, 3);
    expect(candidates).toEqual(expect.arrayContaining(best));
    expect(candidates).toEqual(candidates.toSorted((a, b) => a - b));
    expect(new Set(candidates).size).toBe(candidates.length);
    expect(candidates.length).toBeLessThanOrEqual(8 * (3 + 8));
  }
});

test("predictions are those of float64, however wrong a float32 product may be", async () => {
  const codes = Int32Array.from({ length: 900 }, (_, row) => row % 7);
  const train = { matrix: bank, codes, classes: 7 };
  const options = { neighbours: [1, 2, 9] };
  const right = await knnPredictions(train, queries, options);
  expect(await knnPredictions(train, queries, { ...options, product: sloppy })).toEqual(right);
});

test("no product is larger than a block of queries by a chunk of rows", async () => {
  let largest = 0;
  const watched: Product = async (left, right) => {
    largest = Math.max(largest, left.rows * right.rows, right.values.length);
    return { rows: left.rows, columns: right.rows, values: answers(left.rows * right.rows) };
  };
  const reused = new Float32Array(2 ** 22);
  const answers = (length: number) => {
    const values = length <= reused.length ? reused.subarray(0, length) : new Float32Array(length);
    for (let at = 0; at < length; at++) values[at] = Math.fround(((at * 7919) % 10_007) / 10_007);
    return values;
  };
  const rows = 70_000;
  const matrix = { rows, columns: 64, values: new Float32Array(rows * 64).fill(1) };
  const codes = Int32Array.from({ length: rows }, (_, row) => row % 10);
  const queries = { rows: 300, columns: 64, values: matrix.values.subarray(0, 300 * 64) };
  await knnPredictions({ matrix, codes, classes: 10 }, queries, {
    neighbours: [20],
    product: watched,
  });
  expect(largest).toBeLessThanOrEqual(256 * 65_536);
});

test("a row or a query of zeros is as far from everything as a right angle", async () => {
  const matrix = fromRows([
    [0, 0],
    [1, 0],
    [-1, 0],
  ]);
  const codes = Int32Array.of(0, 1, 2);
  const queries = fromRows([
    [0, 0],
    [2, 0],
  ]);
  const [{ predicted }] = await knnPredictions({ matrix, codes, classes: 3 }, queries, {
    neighbours: [1],
  });
  expect([...predicted]).toEqual([0, 1]);
});

function unit({ rows, columns, values }: Matrix): Matrix {
  const lengths = Array.from({ length: rows }, (_, i) =>
    Math.hypot(...values.subarray(i * columns, (i + 1) * columns)),
  );
  return { rows, columns, values: values.map((v, at) => v / lengths[Math.floor(at / columns)]) };
}
