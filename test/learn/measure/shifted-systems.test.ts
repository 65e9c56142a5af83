/** Systems of one matrix and many shifts, by substitution into them. */
import { expect, test } from "vitest";
import { keyFromSeed, normal } from "../../../src/base/index.ts";
import { gram, shiftedSystems } from "../../../src/learn/measure/index.ts";

const [size, sides] = [7, 3];

/** X Xᵀ of rank 4 or 7, times `scale`, and right sides. */
function system(rank: number, scale = 1) {
  const values = Float32Array.from(normal(keyFromSeed(5), size * rank));
  const matrix = gram({ rows: size, columns: rank, values }).map((value) => scale * value);
  return { matrix, b: Float64Array.from(normal(keyFromSeed(6), sides * size)) };
}

test.each([
  [7, 1],
  [4, 1],
  [4, 1e8],
])("(A + s I) x is b again, rank %i, times %f", (rank, scale) => {
  const { matrix, b } = system(rank, scale);
  const before = matrix.slice();
  const solve = shiftedSystems(matrix, size, b);
  for (const shift of [10 * scale, 0.1 * scale]) {
    const x = solve(shift);
    for (let side = 0; side < sides; side++) {
      for (let i = 0; i < size; i++) {
        let sum = shift * x[side * size + i];
        for (let j = 0; j < size; j++) sum += matrix[i * size + j] * x[side * size + j];
        expect(sum).toBeCloseTo(b[side * size + i], 10);
      }
    }
  }
  expect(matrix).toEqual(before);
});

test("a matrix of one row, and of zeros", () => {
  expect([...shiftedSystems(Float64Array.of(3), 1, Float64Array.of(8))(1)]).toEqual([2]);
  const zeros = shiftedSystems(new Float64Array(4), 2, Float64Array.of(1, 2));
  expect([...zeros(0.5)]).toEqual([2, 4]);
});
