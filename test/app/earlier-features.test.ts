/** Features taken over from an earlier version, row by row, against rows laid out by hand. */
import { expect, it } from "vitest";
import { joinRows, sameItems } from "../../src/app/earlier-features.ts";

it("keeps known rows, whatever their order, and puts fresh ones in the gaps", () => {
  const rows = sameItems(["c", "new", "a", "newer"], ["a", "b", "c"]);
  expect([...rows]).toEqual([2, -1, 0, -1]);
  const matrix = (...values: number[]) => ({
    rows: values.length / 2,
    columns: 2,
    values: Float32Array.from(values),
  });
  const features = { last: matrix(1, 2, 3, 4, 5, 6) };
  const joined = joinRows({ features, rows }, { last: matrix(70, 71, 80, 81) });
  expect(joined).toEqual({ last: matrix(5, 6, 70, 71, 1, 2, 80, 81) });
  expect(joinRows({ features, rows: Int32Array.of(1, 0) }, undefined)).toEqual({
    last: matrix(3, 4, 1, 2),
  });
});
