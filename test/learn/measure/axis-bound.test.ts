/** The bound is one, whatever the axes and the rows, and closer with each stage. */
import { expect, test } from "vitest";
import { axisBound, layApart } from "../../../src/learn/measure/axis-bound.ts";
import { type LeadingAxes, leadingAxes } from "../../../src/learn/measure/leading-axes.ts";
import { type Matrix, pickRows } from "../../../src/learn/measure/matrix.ts";
import { gram, plainProduct } from "../../../src/learn/measure/product.ts";
import { gaussians } from "./gaussians.ts";

const columns = 40;
const ends = [15, 29];

function unit({ rows, columns, values }: Matrix): Matrix {
  const out = Float32Array.from(values);
  for (let row = 0; row < rows; row++) {
    const own = out.subarray(row * columns, (row + 1) * columns);
    const length = Math.hypot(...own);
    if (length > 0) for (const [p, value] of own.entries()) own[p] = value / length;
  }
  return { rows, columns, values: out };
}

const spec = { classes: 1, columns, apart: 0 };
const noise = unit(gaussians({ seed: 1, perClass: 60, ...spec }).matrix);

/** Directions' deviations fall as 1 / k. */
function decaying(seed: number, rows: number): Matrix {
  const { matrix } = gaussians({ seed, perClass: rows, ...spec, offset: 0.3 });
  return unit({ ...matrix, values: matrix.values.map((v, at) => v / (1 + (at % columns))) });
}

/** Bounds of all pairs after each stage, as the sieve takes them: by inner products in float32. */
async function bounds(found: LeadingAxes, queries: Matrix, bank: Matrix) {
  const bound = axisBound(found, ends);
  const parts = await Promise.all(
    [queries, bank].map(async (rows, i) => {
      const leads = new Float32Array(rows.rows * bound.lead);
      const records = bound.stages.map(({ width }) => new Float32Array(rows.rows * width).fill(7));
      const turned = await plainProduct(rows, bound.axes);
      const side = i === 0 ? "queries" : "bank";
      layApart(bound, { unit: rows, turned }, { leads, records, from: 0, side });
      const matrices = [bound.lead, ...bound.stages.map(({ width }) => width)].map((width, s) => ({
        rows: rows.rows,
        columns: width,
        values: s === 0 ? leads : records[s - 1],
      }));
      return matrices;
    }),
  );
  const inner = await Promise.all(parts[0].map((left, s) => plainProduct(left, parts[1][s])));
  const closer = inner[0].values.map((value, at) => value + inner[1].values[at]);
  return { bound, stages: [inner[0].values, closer], whole: inner[2].values };
}

async function expectBounds(found: LeadingAxes, queries: Matrix, bank: Matrix) {
  const { bound, stages, whole } = await bounds(found, queries, bank);
  const truth = (await plainProduct(queries, bank)).values;
  expect(whole).toEqual(truth);
  for (const values of stages) {
    const least = values.reduce((least, v, at) => Math.min(least, v - truth[at]), 9);
    expect(least).toBeGreaterThanOrEqual(-bound.slack);
  }
  return { bound, stages, truth };
}

test("rows of all kinds along leading axes of others", async () => {
  const found = await leadingAxes(decaying(2, 200), { count: 32, product: plainProduct });
  const twice = pickRows(
    noise,
    [...Array(60).keys()].map((i) => i % 7),
  );
  const zeros = { ...noise, values: new Float32Array(noise.values.length) };
  for (const queries of [decaying(3, 50), noise, twice, zeros]) {
    for (const bank of [decaying(4, 50), noise, twice, zeros]) {
      await expectBounds(found, queries, bank);
    }
  }
});

test("axes that are neither orthogonal nor of unit length", async () => {
  const axes = pickRows(noise, [...Array(30).keys()]);
  const skewed = {
    ...axes,
    values: axes.values.map((v, at) => (at % 41 === 0 ? 1.02 : 0) + v * 1e-3),
  };
  const off = gram(skewed).map((v, at) => (v - (at % 31 === 0 ? 1 : 0)) ** 2);
  const deviation = Math.sqrt(off.reduce((sum, v) => sum + v, 0));
  expect(deviation).toBeGreaterThan(0.1);
  await expectBounds({ axes: skewed, deviation }, decaying(3, 50), noise);
});

test("x' · y' + r(x) r(y), and closer with more axes", async () => {
  const bank = decaying(4, 80);
  const found = await leadingAxes(bank, { count: 32, product: plainProduct });
  const { bound, stages, truth } = await expectBounds(found, bank, bank);
  expect(bound.slack).toBeLessThan(1e-3);
  expect(bound.spare).toBeLessThan(1e-3);
  const [x, y] = [3, 60].map((row) => bank.values.subarray(row * columns, (row + 1) * columns));
  ends.forEach((end, s) => {
    let [inner, left, right] = [0, 1, 1];
    for (let p = 0; p < end; p++) {
      const axis = found.axes.values.subarray(p * columns, (p + 1) * columns);
      const [a, b] = [x, y].map((row) => row.reduce((sum, v, q) => sum + v * axis[q], 0));
      inner += a * b;
      left -= a * a;
      right -= b * b;
    }
    const expected = inner + Math.sqrt((left + bound.spare) * (right + bound.spare));
    expect(stages[s][3 * 80 + 60]).toBeCloseTo(expected, 5);
  });
  const above = stages.map((values) => values.reduce((sum, v, at) => sum + v - truth[at], 0));
  expect(above[1]).toBeLessThan(0.6 * above[0]);
});

test("where the spectrum falls few pairs reach a query's fifth neighbour, and fewer at each stage", async () => {
  const [queries, bank] = [decaying(5, 30), decaying(6, 400)];
  const found = await leadingAxes(decaying(7, 200), { count: 32, product: plainProduct });
  const { bound, stages, truth } = await expectBounds(found, queries, bank);
  const shares = stages.map((values) => {
    let reaching = 0;
    for (let q = 0; q < queries.rows; q++) {
      const own = (of: Float32Array) => of.subarray(q * bank.rows, (q + 1) * bank.rows);
      const floor = own(truth).toSorted()[bank.rows - 5] - bound.slack;
      for (const value of own(values)) if (value >= floor) reaching++;
    }
    return reaching / truth.length;
  });
  expect(shares[0]).toBeLessThan(0.05);
  expect(shares[1]).toBeLessThan(0.02);
  expect(shares[1]).toBeGreaterThanOrEqual(5 / bank.rows);
});
