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
  const spanned = async (rows: Matrix) => {
    const { axes, deviation } = await leadingAxes(rows, { count: 24, product: plainProduct });
    expect(axes.rows).toBe(24);
    expect(deviation).toBeLessThan(1e-5);
    const lengths = Array.from({ length: 24 }, (_, i) =>
      Math.hypot(...axes.values.subarray(i * columns, (i + 1) * columns)),
    );
    const none = lengths.indexOf(0);
    expect(lengths.slice(none).every((length) => length === 0)).toBe(true);
    return none;
  };
  expect(await spanned(flat)).toBe(9);
  const same = { ...matrix, values: matrix.values.map((_, at) => matrix.values[at % columns]) };
  expect(await spanned(same)).toBe(1);
  expect(await spanned({ ...matrix, values: new Float32Array(matrix.values.length) })).toBe(0);
});

test("eigenvalues that fall by ten powers of ten: the first axes hold what they can", async () => {
  const { matrix } = gaussians({ seed: 9, perClass: 300, ...spec });
  const steep = {
    ...matrix,
    values: matrix.values.map((v, at) => v * 10 ** (-(at % columns) / 9)),
  };
  const { axes, deviation } = await leadingAxes(steep, { count: 40, product: plainProduct });
  expect(deviation).toBeLessThan(1e-5);
  const { values } = symmetricEigen(gram(transpose(steep)), columns);
  const total = values.reduce((sum, value) => sum + value, 0);
  const first = { rows: 12, columns, values: axes.values.subarray(0, 12 * columns) };
  const held = (await plainProduct(first, steep)).values.reduce((sum, v) => sum + v * v, 0);
  const least = total - values.subarray(0, 12).reduce((sum, value) => sum + value, 0);
  expect(total - held).toBeLessThan(1.25 * least);
});
