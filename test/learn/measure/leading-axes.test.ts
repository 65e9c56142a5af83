/** Leading axes hold nearly what eigenvectors hold, and are as many as the rows span. */
import { expect, test } from "vitest";
import { symmetricEigen } from "../../../src/learn/measure/eigen.ts";
import { leadingAxes } from "../../../src/learn/measure/leading-axes.ts";
import { type Matrix, transpose } from "../../../src/learn/measure/matrix.ts";
import { gram, plainProduct } from "../../../src/learn/measure/product.ts";
import { gaussians } from "./gaussians.ts";

const columns = 48;
const spec = { classes: 1, columns, apart: 0 };

function decaying(rows: number): Matrix {
  const { matrix } = gaussians({ seed: 5, perClass: rows, ...spec, offset: 1 });
  const mix = gaussians({ seed: 6, perClass: columns, ...spec }).matrix;
  const values = matrix.values.map((v, at) => v / (1 + (at % columns)));
  const out = new Float32Array(values.length);
  for (let at = 0; at < out.length; at++) {
    const [row, p] = [Math.floor(at / columns), at % columns];
    for (let q = 0; q < columns; q++) {
      out[at] += values[row * columns + q] * mix.values[q * columns + p];
    }
  }
  return { ...matrix, values: out };
}

test("the first m hold nearly the most that m axes can, for every m", async () => {
  const rows = decaying(300);
  const { axes, deviation } = await leadingAxes(rows, { count: 24, product: plainProduct });
  expect(axes.rows).toBe(24);
  expect(deviation).toBeLessThan(1e-5);
  const own = (await plainProduct(axes, rows)).values;
  const { values } = symmetricEigen(gram(transpose(rows)), columns);
  const total = values.reduce((sum, value) => sum + value, 0);
  let [held, most] = [0, 0];
  for (let m = 0; m < 24; m++) {
    for (const value of own.subarray(m * 300, (m + 1) * 300)) held += value * value;
    most += values[m];
    expect(held).toBeLessThanOrEqual(most * (1 + 1e-5));
    // What is left out is what the bound has to make up for.
    expect(total - held).toBeLessThan(1.25 * (total - most));
  }
});

test("rows that span less than what is asked for, and rows that coincide", async () => {
  const { matrix } = gaussians({ seed: 8, perClass: 40, ...spec });
  const flat = { ...matrix, values: matrix.values.map((v, at) => (at % columns < 9 ? v : 0)) };
  const found = await leadingAxes(flat, { count: 24, product: plainProduct });
  expect(found.axes.rows).toBe(9);
  expect(found.deviation).toBeLessThan(1e-5);
  const same = { ...matrix, values: matrix.values.map((_, at) => matrix.values[at % columns]) };
  const one = await leadingAxes(same, { count: 24, product: plainProduct });
  expect(one.axes.rows).toBe(1);
  const none = { ...matrix, values: new Float32Array(matrix.values.length) };
  expect((await leadingAxes(none, { count: 24, product: plainProduct })).axes.rows).toBe(0);
});
