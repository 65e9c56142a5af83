/** The plain product and Gram matrix against the definition. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { dotProducts, gram, plainProduct } from "../../../src/learn/measure/product.ts";
import { fromRows, gaussians } from "./gaussians.ts";

test("left · rightᵀ by hand", async () => {
  // [1 2 3] · [1 0 -1] = -2, [1 2 3] · [2 2 2] = 12, [0 1 0] · … = 0, 2
  const out = await plainProduct(
    fromRows([
      [1, 2, 3],
      [0, 1, 0],
    ]),
    fromRows([
      [1, 0, -1],
      [2, 2, 2],
    ]),
  );
  expect(out).toEqual({ rows: 2, columns: 2, values: Float32Array.of(-2, 12, 0, 2) });
});

test("any sizes agree with the triple loop, and Gram with the product", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 2100 }),
      (n, m, k) => {
        const left = gaussians({ seed: n, classes: 1, perClass: n, columns: k }).matrix;
        const right = gaussians({ seed: m + 50, classes: 1, perClass: m, columns: k }).matrix;
        const out = dotProducts(left, right);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < m; j++) {
            let sum = 0;
            for (let p = 0; p < k; p++) sum += left.values[i * k + p] * right.values[j * k + p];
            expect(out[i * m + j]).toBeCloseTo(sum, 9);
          }
        }
        const own = gram(left);
        dotProducts(left, left).forEach((value, at) => {
          expect(own[at]).toBeCloseTo(value, 9);
        });
      },
    ),
    { numRuns: 30 },
  );
});
