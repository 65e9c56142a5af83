/** TypiClust, ProbCover and k-centre on cases small enough to be written out. */
import { expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import { kCentre, probCover, typiclust } from "../../../src/learn/select/index.ts";
import { blobs, squares } from "./blobs.ts";

const key = keyFromSeed(2);

test("TypiClust takes of each blob, from the largest, the item nearest to its 20 (or half) neighbours", async () => {
  const sizes = [70, 50, 24, 9];
  const { matrix } = blobs(sizes, { apart: 30 });
  const distances = squares(matrix);
  let from = 0;
  const expected = sizes.map((size) => {
    const own = Array.from({ length: size }, (_, i) => from + i);
    from += size;
    const mean = own.map((row) => {
      const near = own
        .filter((other) => other !== row)
        .map((other) => distances[row][other] ** 0.5);
      const nearest = near.sort((a, b) => a - b).slice(0, Math.min(20, Math.floor(size / 2)));
      return nearest.reduce((sum, value) => sum + value, 0) / nearest.length;
    });
    return own[mean.indexOf(Math.min(...mean))];
  });
  const { picks } = await typiclust({ matrix }, { count: 4, key });
  expect(picks.map(({ row }) => row)).toEqual(expected);
  expect(picks.map(({ why }) => why.kind === "typical" && why.cluster)).toEqual(
    sizes.map((size) => expect.closeTo(size / 153, 9)),
  );
});

test("TypiClust leaves small clusters alone while others have items", async () => {
  const { matrix, blob } = blobs([30, 20, 5], { apart: 30 });
  const few = await typiclust({ matrix }, { count: 3, key });
  expect(few.picks.map(({ row }) => blob[row]).sort()).toEqual([0, 0, 1]);
  const all = await typiclust({ matrix }, { count: 55, key });
  expect(new Set(all.picks.map(({ row }) => row)).size).toBe(55);
});

test("ProbCover's radius stops at the nearest item of another cluster", async () => {
  // Two clusters of three: distances to the other are 100, 99, 98, so balls of 98 are pure, and
  // each holds its own cluster; from 98 to 100 the border item would not be.
  const matrix = { rows: 6, columns: 1, values: Float32Array.of(0, 1, 2, 100, 101, 102) };
  const { picks } = await probCover({ matrix }, { count: 2, key });
  expect(picks.map(({ row }) => (row < 3 ? "low" : "high")).sort()).toEqual(["high", "low"]);
  for (const { why } of picks) expect(why).toEqual({ kind: "covers", gain: 0.5 });
});

test("k-centre goes to the farthest, then to the farthest from both", async () => {
  const matrix = { rows: 6, columns: 1, values: Float32Array.of(0, 1, 2, 4.5, 9, 10) };
  const { picks } = await kCentre({ matrix, labelled: [0] }, { count: 3, key });
  expect(picks.map(({ row }) => row)).toEqual([5, 3, 2]);
  const mean = 26.5 / 6;
  const deviation = Math.sqrt(matrix.values.reduce((s, x) => s + (x - mean) ** 2 / 6, 0));
  expect(picks.map(({ why }) => why.kind === "farthest" && why.distance * deviation)).toEqual(
    [10, 4.5, 2].map((distance) => expect.closeTo(distance, 5)),
  );
});
