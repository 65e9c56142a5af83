/** The streamed search: chunks, blocks and compaction lose no neighbour, and memory stays bounded. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AxisBound, axisBound } from "../../../src/learn/measure/axis-bound.ts";
import { chooseBound, isEnough } from "../../../src/learn/measure/axis-choice.ts";
import { knnPredictions, type Matrix, type Product } from "../../../src/learn/measure/index.ts";
import { leadingAxes } from "../../../src/learn/measure/leading-axes.ts";
import { matrix, pickRows } from "../../../src/learn/measure/matrix.ts";
import { nearestRows } from "../../../src/learn/measure/nearest-rows.ts";
import { noneSoFar, nthGreatest, primeFloors } from "../../../src/learn/measure/nearest-so-far.ts";
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

test("first floors: the count-th greatest of those that count less the slack, where there is none yet", () => {
  const state = noneSoFar(4, { count: 2, slack: 0.5 });
  state.floors[2] = -7;
  const block = matrix(2, 5, [3, 1, 2, 0, 9, 8, 8, 8, 8, 8]);
  primeFloors(state, block, { first: 1, length: 4 });
  expect([...state.floors]).toEqual([-Infinity, 1.5, -7, -Infinity]);
  expect([...block.values.subarray(0, 5)]).toEqual([3, 1, 2, 0, 9]);
  primeFloors(state, block, { first: 0, length: 1 });
  expect(state.floors[0]).toBe(-Infinity);
  const wide = matrix(1, 200, new Float32Array(200).fill(1, state.places));
  primeFloors(state, wide, { first: 3, length: 200 });
  expect(state.floors[3]).toBe(-0.5);
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

/** Directions' deviations fall as 1 / √k, as the bench's do. */
function decaying(seed: number, rows: number, columns = 64): Matrix {
  const { matrix } = gaussians({ seed, classes: 1, perClass: rows, columns, apart: 0 });
  return { ...matrix, values: matrix.values.map((v, at) => v / Math.sqrt(1 + (at % columns))) };
}

async function boundOf(rows: Matrix, ends: readonly number[]): Promise<AxisBound> {
  const count = Math.max(...ends);
  return axisBound(await leadingAxes(unit(rows), { count, product: plainProduct }), ends);
}

const ends = [15, 29, 43];

/** The `count` most similar rows by (cosine in float64, row), literally. */
function literal(bank: Matrix, query: Float32Array, count: number): number[] {
  const cosines = Array.from({ length: bank.rows }, (_, row) => {
    let [dot, own, other] = [0, 0, 0];
    for (let p = 0; p < bank.columns; p++) {
      const [a, b] = [bank.values[row * bank.columns + p], query[p]];
      dot += a * b;
      own += a * a;
      other += b * b;
    }
    return dot === 0 ? 0 : dot / Math.sqrt(own * other);
  });
  return [...cosines.keys()].sort((a, b) => cosines[b] - cosines[a] || a - b).slice(0, count);
}

/** Candidates of all queries with the bound, which have to hold the literal answer. */
async function boundedSearch(bank: Matrix, queries: Matrix, count: number, bound: AxisBound) {
  const rows = Uint32Array.from({ length: bank.rows }, (_, i) => i);
  const found = new Map<number, { rows: number[]; similarities: number[] }>();
  const search = {
    bank,
    rows,
    queries,
    count,
    product: plainProduct,
    chunk: 300,
    block: 17,
    bound,
  };
  await nearestRows(search, (one) =>
    found.set(one.query, { rows: [...one.rows], similarities: [...one.similarities] }),
  );
  expect(found.size).toBe(queries.rows);
  for (const [query, candidates] of found) {
    const own = queries.values.subarray(query * bank.columns, (query + 1) * bank.columns);
    const right = literal(bank, own, count);
    expect(candidates.rows).toEqual(expect.arrayContaining(right));
    expect(candidates.rows).toEqual(candidates.rows.toSorted((a, b) => a - b));
    expect(new Set(candidates.rows).size).toBe(candidates.rows.length);
  }
  return found;
}

test("bounded by leading axes no neighbour is lost: decaying, isotropic, repeated, zero rows", async () => {
  const some = decaying(11, 700);
  const isotropic = gaussians({
    seed: 12,
    classes: 1,
    perClass: 700,
    columns: 64,
    apart: 0,
  }).matrix;
  const places = [...Array(700).keys()];
  const repeated = pickRows(
    some,
    [...places].map((i) => i % 90),
  );
  const gaps = { ...some, values: some.values.map((v, at) => (at % 320 < 64 ? 0 : v)) };
  for (const bank of [some, isotropic, repeated, gaps]) {
    const bound = await boundOf(bank, ends);
    for (const queries of [decaying(13, 20), pickRows(gaps, places.slice(0, 20))]) {
      await boundedSearch(bank, queries, 5, bound);
    }
  }
});

test("bounded, all rows come where fewer are there than are sought", async () => {
  const bank = decaying(14, 9);
  const bound = await boundOf(decaying(15, 100), ends);
  const found = await boundedSearch(bank, decaying(16, 3), 20, bound);
  for (const { rows } of found.values()) expect(rows.length).toBe(9);
});

test("a floor that was guessed too high is noticed", async () => {
  // Eighteen rows near to the query, all of them in the sample from which floors are guessed.
  const bank = decaying(17, 6000);
  const query = decaying(18, 1);
  for (let i = 100; i < 118; i++) {
    const row = Math.floor((i * 6000) / 2048);
    const noise = bank.values.subarray(row * 64, (row + 1) * 64);
    for (let p = 0; p < 64; p++) noise[p] = query.values[p] + 0.01 * noise[p];
  }
  await boundedSearch(bank, query, 20, await boundOf(bank, ends));
});

test("a bound is chosen where the spectrum falls and enough is asked, none for isotropic rows", async () => {
  const choose = (bank: Matrix, queries: Matrix, asking = 10_000) =>
    chooseBound({
      ...{ many: unit(bank), bank: unit(bank), queries: unit(queries) },
      ...{ rows: 50_000, asking, count: 20, product: plainProduct },
    });
  const sharp = (seed: number, rows: number) => {
    const made = decaying(seed, rows, 128);
    return { ...made, values: made.values.map((v, at) => v / Math.sqrt(1 + (at % 128))) };
  };
  const [bank, queries] = [sharp(19, 1000), sharp(20, 16)];
  const bound = await choose(bank, queries);
  expect(bound?.lead).toBeLessThanOrEqual(64);
  expect(bound?.stages.at(-1)).toEqual({ width: 128, factor: 0, slack: 0 });
  expect(await choose(bank, queries, 50)).toBeUndefined();
  const isotropic = (seed: number, perClass: number) =>
    gaussians({ seed, classes: 1, perClass, columns: 128, apart: 0 }).matrix;
  expect(await choose(isotropic(23, 1000), isotropic(24, 16))).toBeUndefined();
});

test("few pairs are not worth finding axes", () => {
  expect(isEnough(50_000 * 10_000, 512)).toBe(true);
  expect(isEnough(5000 * 1000, 512)).toBe(false);
});

function unit({ rows, columns, values }: Matrix): Matrix {
  const lengths = Array.from({ length: rows }, (_, i) =>
    Math.hypot(...values.subarray(i * columns, (i + 1) * columns)),
  );
  return { rows, columns, values: values.map((v, at) => v / lengths[Math.floor(at / columns)]) };
}
