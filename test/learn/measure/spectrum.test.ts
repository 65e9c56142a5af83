/** Eigenvalues, ranks, collapse and principal components in cases whose answers are known. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import {
  collapseStatistics,
  fitPca,
  type Matrix,
  spectrum,
  symmetricEigen,
} from "../../../src/learn/measure/index.ts";
import { fromRows, gaussians, rowsOf } from "./gaussians.ts";

const key = keyFromSeed(2);

describe("symmetric eigenproblem", () => {
  test("by hand: [[2, 1], [1, 2]] has 3 along (1, 1) and 1 along (1, -1)", () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2, { vectors: true });
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(vectors[0] / vectors[1]).toBeCloseTo(1, 14);
    expect(vectors[2] / vectors[3]).toBeCloseTo(-1, 14);
  });

  test("A v = λ v, vectors orthonormal, trace kept, for any symmetric matrix", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }).chain((n) =>
          fc.tuple(
            fc.constant(n),
            fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
              minLength: n * n,
              maxLength: n * n,
            }),
          ),
        ),
        ([n, entries]) => {
          const a = Float64Array.from(entries, (_, at) => {
            const [i, j] = [Math.floor(at / n), at % n];
            return entries[Math.max(i, j) * n + Math.min(i, j)];
          });
          const { values, vectors } = symmetricEigen(a, n, { vectors: true });
          const row = (k: number) => Array.from(vectors.subarray(k * n, (k + 1) * n));
          const dot = (x: number[], y: number[]) =>
            x.reduce((sum, value, p) => sum + value * y[p], 0);
          for (let k = 0; k < n; k++) {
            for (let i = 0; i < n; i++) {
              expect(dot(Array.from(a.subarray(i * n, (i + 1) * n)), row(k))).toBeCloseTo(
                values[k] * row(k)[i],
                9,
              );
            }
            for (let l = 0; l <= k; l++)
              expect(dot(row(k), row(l))).toBeCloseTo(k === l ? 1 : 0, 10);
          }
          expect([...values]).toEqual([...values].sort((x, y) => y - x));
        },
      ),
    );
  });
});

describe("ranks", () => {
  test("by hand: singular values 3 and 1 give exp(H(3/4, 1/4)), eigenvalues of C ½·(9, 1)", () => {
    // Rows ±: columns are orthogonal and centred, so centred and plain agree.
    const matrix = fromRows([
      [3 / Math.SQRT2, 0],
      [-3 / Math.SQRT2, 0],
      [0, Math.SQRT1_2],
      [0, -Math.SQRT1_2],
    ]);
    const found = spectrum(matrix, { key });
    const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    expect(found.effectiveRank).toBeCloseTo(Math.exp(entropy), 5);
    expect(found.rankMe).toBeCloseTo(Math.exp(entropy), 5);
    // tr C = 10/4, tr C² = 82/16: ratio 100/82.
    expect(found.participationRatio).toBeCloseTo(100 / 82, 5);
    expect(found.eigenvalues[0]).toBeCloseTo(9 / 4, 5);
  });

  test("isotropic features use all dimensions, collapsed ones a single one", () => {
    const wide = gaussians({ seed: 1, classes: 1, perClass: 4000, columns: 32, apart: 0 }).matrix;
    expect(spectrum(wide, { key }).rankMe).toBeGreaterThan(31.9);
    const flat = fromRows(
      rowsOf(wide)
        .slice(0, 200)
        .map((row) => row.map((_, p) => row[0] * (p + 1))),
    );
    expect(spectrum(flat, { key }).rankMe).toBeLessThan(1.01);
    expect(spectrum(flat, { key }).participationRatio).toBeCloseTo(1, 6);
  });

  test("fewer rows than columns: the same numbers from the other Gram matrix", () => {
    const { matrix } = gaussians({ seed: 4, classes: 1, perClass: 20, columns: 30, offset: 1 });
    const square: Matrix = { rows: 20, columns: 20, values: new Float32Array(400) };
    const found = spectrum(matrix, { key });
    // Zero columns change no singular value and turn "wide" into "tall".
    const padded = fromRows([...rowsOf(matrix), ...[]].map((row) => row));
    expect(found.eigenvalues).toHaveLength(20);
    expect(found.eigenvalues[19]).toBeLessThan(1e-6);
    const total =
      rowsOf(padded).reduce((sum, row) => sum + row.reduce((s, v) => s + v * v, 0), 0) / 20;
    const mean = rowsOf(padded)[0].map((_, p) =>
      rowsOf(padded).reduce((s, row) => s + row[p] / 20, 0),
    );
    const centred = total - mean.reduce((sum, value) => sum + value * value, 0);
    expect(found.eigenvalues.reduce((sum, value) => sum + value, 0)).toBeCloseTo(centred, 4);
    expect(spectrum(square, { key })).toMatchObject({
      rankMe: 0,
      effectiveRank: 0,
      participationRatio: 0,
    });
  });

  test("only as many rows as asked are used", () => {
    const { matrix } = gaussians({ seed: 4, classes: 1, perClass: 300, columns: 4 });
    expect(spectrum(matrix, { key, rows: 100 }).rows).toBe(100);
  });
});

describe("collapse", () => {
  test("by hand: four directions of the plane", () => {
    const found = collapseStatistics(
      fromRows([
        [2, 0],
        [-1, 0],
        [0, 5],
        [0, -3],
      ]),
    );
    // Unit rows: each dimension is ±1, 0, 0, so variance ½; spread √½ · √2 = 1. Sum of rows 0.
    expect(found.spread).toBeCloseTo(1, 12);
    expect(found.meanCosine).toBeCloseTo(-1 / 3, 12);
    expect(found).toMatchObject({ deadDimensions: 0, zeroRows: 0 });
  });

  test("equal rows: no spread, cosine 1, all dimensions dead; zero rows are counted", () => {
    const found = collapseStatistics(
      fromRows([
        [3, 4],
        [3, 4],
        [3, 4],
      ]),
    );
    expect(found.spread).toBeCloseTo(0, 6);
    expect(found.meanCosine).toBeCloseTo(1, 6);
    expect(found.deadDimensions).toBe(2);
    expect(
      collapseStatistics(
        fromRows([
          [0, 0],
          [1, 0],
          [0, 1],
        ]),
      ).zeroRows,
    ).toBe(1);
  });

  test("isotropic features are spread evenly", () => {
    const { matrix } = gaussians({ seed: 3, classes: 1, perClass: 3000, columns: 16, apart: 0 });
    expect(collapseStatistics(matrix).spread).toBeCloseTo(1, 1);
    expect(Math.abs(collapseStatistics(matrix).meanCosine)).toBeLessThan(0.01);
  });
});

describe("principal components", () => {
  test("keep the variance of the leading eigenvalues", async () => {
    const { matrix } = gaussians({ seed: 6, classes: 1, perClass: 400, columns: 60, apart: 0 });
    const scaled = { ...matrix, values: matrix.values.map((v, at) => v / (1 + (at % 60))) };
    const pca = await fitPca(scaled, { key, width: 5 });
    const projected = await pca.project(scaled);
    expect([projected.rows, projected.columns]).toEqual([400, 5]);
    const kept = spectrum(projected, { key }).eigenvalues;
    spectrum(scaled, { key })
      .eigenvalues.subarray(0, 5)
      .forEach((value, k) => {
        expect(kept[k] / value).toBeCloseTo(1, 3);
      });
  });

  test("as wide as the features they are a rotation", async () => {
    const { matrix } = gaussians({ seed: 7, classes: 3, perClass: 10, columns: 4 });
    const projected = await (await fitPca(matrix, { key })).project(matrix);
    const gap = (m: Matrix) =>
      Math.hypot(...rowsOf(m)[0].map((value, p) => value - rowsOf(m)[7][p]));
    expect(projected.columns).toBe(4);
    expect(gap(projected)).toBeCloseTo(gap(matrix), 5);
  });
});
