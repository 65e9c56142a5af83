/** Heads that have not seen a part: by hand, and where a leak would flatter. */
import { describe, expect, test } from "vitest";
import { judgeable, leftOutPredictions } from "../../../src/learn/measure/index.ts";
import { fromRows } from "./gaussians.ts";

describe("parts left out", () => {
  test("by hand: each row is answered by the other part's centres", async () => {
    // Part 0 has its classes at (1, 0) and (0, 1); in part 1 they lie the other way round.
    const matrix = fromRows([
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ]);
    const codes = Int32Array.of(0, 1, 0, 1);
    const parts = Int32Array.of(0, 0, 1, 1);
    const found = await leftOutPredictions({ matrix, codes, classes: 2, parts });
    expect([...found.ncc]).toEqual([1, 0, 1, 0]);
    expect([...found.knn]).toEqual([1, 0, 1, 0]);
  });

  test("a class that only one part has cannot be judged, and is never answered there", async () => {
    const matrix = fromRows([
      [1, 0],
      [0, 1],
      [0.9, 0.1],
      [0.8, 0.2],
    ]);
    const codes = Int32Array.of(0, 1, 0, 0);
    const parts = Int32Array.of(0, 0, 1, 1);
    expect(judgeable({ codes, parts })).toEqual([true, false, true, true]);
    const { ncc } = await leftOutPredictions({ matrix, codes, classes: 2, parts });
    expect(ncc[1]).toBe(0);
  });

  test("with one part there is nobody to answer", async () => {
    const matrix = fromRows([[1], [2]]);
    const found = await leftOutPredictions({
      matrix,
      codes: Int32Array.of(0, 1),
      classes: 2,
      parts: Int32Array.of(3, 3),
    });
    expect([...found.ncc, ...found.knn]).toEqual([-1, -1, -1, -1]);
  });
});
