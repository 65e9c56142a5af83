/** Features that labels are doubted by: what is drawn decides who is whose neighbour, not its shade. */
import { expect, it } from "vitest";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import { doubtfulLabels, openLookFeatures } from "../../../src/learn/check/index.ts";
import { thumbnail } from "../../../src/learn/looks/index.ts";

const [side, each] = [40, 30];

/** Stripes along one axis, of any shade, at any place, with grain. */
function stripes(i: number, isUpright: boolean) {
  const drawn = uniform(fork(keyFromSeed(i), "stripes", isUpright ? 1 : 0), side * side + 2);
  const [shade, shift] = [60 + 120 * drawn[0], 12 * drawn[1]];
  const pixels = Uint8Array.from({ length: 3 * side * side }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
    const wave = Math.sin(((isUpright ? x : y) + shift) / 2);
    return Math.max(0, Math.min(255, shade + 40 * wave + 20 * drawn[2 + Math.floor(at / 3)]));
  });
  return thumbnail(pixels, { height: side, width: side });
}

it("names the labels that were changed first", async () => {
  const looks = openLookFeatures(2 * each);
  for (let i = 0; i < 2 * each; i++) looks.add(i, stripes(i, i >= each));
  const features = await looks.finish();
  expect(features).toMatchObject({ rows: 2 * each, columns: 48 });
  const codes = Array.from({ length: 2 * each }, (_, i) => Number(i >= each));
  for (const wrong of [4, 40]) codes[wrong] = 1 - codes[wrong];
  const set = { name: "stripes", classes: ["level", "upright"], codes, source: "folder" };
  const [{ groups, agreement }] = doubtfulLabels([set], features);
  expect(agreement).toBeGreaterThan(0.9);
  const named = groups.slice(0, 2).map(({ items: [{ at }] }) => at);
  expect(named.sort((a, b) => a - b)).toEqual([4, 40]);
});

it("doubts no label of a set that pictures tell nothing of", async () => {
  const looks = openLookFeatures(2 * each);
  for (let i = 0; i < 2 * each; i++) looks.add(i, stripes(i, i >= each));
  const codes = Array.from({ length: 2 * each }, (_, i) => i % 2);
  const set = { name: "inspector", classes: ["Sato", "Suzuki"], codes, source: "list.csv" };
  const [{ groups, agreement }] = doubtfulLabels([set], await looks.finish());
  expect(agreement).toBeLessThan(0.63);
  expect(groups).toEqual([]);
});
