/** Resolution: stripes that vanish when shrunk are told apart only where pixels show them. */
import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import { centreView } from "../../../src/learn/augment/index.ts";
import { describeEdges, edgeColumns } from "../../../src/learn/data/index.ts";
import { measureSides } from "../../../src/learn/measure/index.ts";

const key = keyFromSeed(11);
const full = 128;
const count = 120;
const plain = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;

/** Uneven light, noise, and stripes four pixels wide in one of two directions, anywhere in phase. */
function striped(i: number, across: boolean): Uint8Array {
  const noise = uniform(fork(key, "noise", i), full * full);
  const [base, phase, turn] = uniform(fork(key, "base", i), 3);
  const [slopeX, slopeY] = [Math.cos(7 * turn), Math.sin(7 * turn)].map((s) => (120 * s) / full);
  const pixels = new Uint8Array(3 * full * full);
  for (let at = 0; at < full * full; at++) {
    const [x, y] = [at % full, Math.floor(at / full)];
    const along = (across ? x : y) + Math.floor(8 * phase);
    const light = 100 + 40 * base + slopeX * (x - full / 2) + slopeY * (y - full / 2);
    const value = light + (along % 8 < 4 ? 20 : -20) + 80 * (noise[at] - 0.5);
    pixels.fill(Math.max(0, Math.min(255, value)), 3 * at, 3 * at + 3);
  }
  return pixels;
}

function described(pixels: (i: number) => Uint8Array, side: number) {
  const values = new Float32Array(count * edgeColumns);
  for (let i = 0; i < count; i++) {
    const planes = new Float32Array(3 * side * side);
    const form = { size: side, normalize: plain };
    centreView(pixels(i), { height: full, width: full }, form, planes, 0);
    describeEdges(planes, side, values, i * edgeColumns);
  }
  return { side, matrix: { rows: count, columns: edgeColumns, values } };
}

const codes = Int32Array.from({ length: count }, (_, i) => i % 2);
const groups = Array.from({ length: count }, (_, i) => `item-${i}`);
const common = { working: 16, codes, classes: 2, groups, key };

describe("sides", () => {
  test("names the smallest side that tells two classes apart", () => {
    const sides = [8, 16, 64].map((side) => described((i) => striped(i, i % 2 === 0), side));
    const { pairs, better, sides: found } = measureSides({ ...common, sides });
    expect(found[1].low).toBeLessThan(0.5);
    expect(found[2].value).toBeGreaterThan(0.95);
    expect(better).toBe(64);
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ classes: [0, 1], items: count, enough: { side: 64 } });
    expect(pairs[0].atWorking.low).toBeLessThanOrEqual(0.5);
  });

  test("names no side where the pictures do not differ", () => {
    const sides = [16, 64].map((side) => described((i) => striped(i, true), side));
    const { pairs, better } = measureSides({ ...common, sides });
    expect(better).toBeUndefined();
    expect(pairs.filter(({ enough }) => enough)).toEqual([]);
  });

  test("has nothing to warn of where brightness alone tells them apart", () => {
    const bright = (i: number) => striped(i, true).map((v) => Math.min(255, v + 80 * (i % 2)));
    const sides = [16, 64].map((side) => described(bright, side));
    const { pairs, sides: found } = measureSides({ ...common, sides });
    expect(pairs).toEqual([]);
    expect(found[0].value).toBeGreaterThan(0.9);
  });

  test("goes up as far as something is gained", () => {
    const noise = uniform(fork(key, "columns"), count * 2);
    const told = (side: number, signal: number) => ({
      side,
      matrix: {
        ...{ rows: count, columns: 2 },
        values: Float32Array.from(noise, (v, at) => v + signal * (codes[at >> 1] - 0.5)),
      },
    });
    const sides = [told(16, 0), told(32, 0.3), told(64, 0.9), told(128, 0.9)];
    expect(measureSides({ ...common, sides }).better).toBe(64);
    expect(measureSides({ ...common, sides: sides.slice(0, 2) }).better).toBe(32);
    expect(measureSides({ ...common, working: 64, sides }).better).toBeUndefined();
  });
});
