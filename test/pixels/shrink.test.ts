/** Banded matrices on pictures, against the sums written out. */
import { describe, expect, it } from "vitest";
import { keyFromSeed, uniform } from "../../src/base/index.ts";
import { type Bands, shrink, shrinkToBytes } from "../../src/pixels/index.ts";

/** Weights between −0.3 and 0.7, from any place of the side on. */
function bands(from: number, to: number, taps: number): Bands {
  const draws = uniform(keyFromSeed(100 * from + taps), to * (taps + 1));
  return {
    firsts: Int32Array.from({ length: to }, (_, i) => draws[i] * (from - taps + 1)),
    weights: Float32Array.from({ length: to * taps }, (_, k) => draws[to + k] - 0.3),
    taps,
  };
}

function dense({ firsts, weights, taps }: Bands, from: number): number[][] {
  return Array.from(firsts, (first, i) => {
    const row = new Array<number>(from).fill(0);
    for (let k = 0; k < taps; k++) row[first + k] = weights[i * taps + k];
    return row;
  });
}

describe.each([
  ["small", { height: 9, width: 7, rows: 5, columns: 6, taps: [1, 3] }],
  ["as Lanczos halves", { height: 26, width: 30, rows: 13, columns: 15, taps: [13, 12] }],
  [
    "more taps than are written out",
    { height: 33, width: 40, rows: 3, columns: 5, taps: [20, 31] },
  ],
  ["one pixel", { height: 1, width: 1, rows: 1, columns: 1, taps: [1, 1] }],
])("%s", (_, { height, width, rows, columns, taps }) => {
  const pixels = Uint8Array.from(uniform(keyFromSeed(1), 3 * height * width), (v) => 256 * v);
  const down = bands(height, rows, taps[0]);
  const across = bands(width, columns, taps[1]);
  const [d, a] = [dense(down, height), dense(across, width)];
  const expected = (i: number, j: number, c: number) => {
    let sum = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) sum += d[i][y] * pixels[3 * (y * width + x) + c] * a[j][x];
    }
    return sum;
  };
  const each = (look: (at: number, value: number, c: number) => void) => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        for (let c = 0; c < 3; c++) look(i * columns + j, expected(i, j, c), c);
      }
    }
  };

  it("is D · X · Aᵀ for each colour", () => {
    const found = shrink({ pixels, height, width }, { down, across });
    expect(found.length).toBe(4 * rows * columns);
    each((at, value, c) => {
      expect(Math.abs(found[4 * at + c] - value)).toBeLessThan(1e-5 * 255 * taps[0] * taps[1]);
    });
  });

  it("as bytes: to the nearest, and within 0 and 255", () => {
    const found = shrinkToBytes({ pixels, height, width }, { down, across });
    expect(found.length).toBe(3 * rows * columns);
    each((at, value, c) => {
      const clamped = Math.min(255, Math.max(0, value));
      expect(Math.abs(found[3 * at + c] - clamped)).toBeLessThan(0.501);
    });
  });
});
