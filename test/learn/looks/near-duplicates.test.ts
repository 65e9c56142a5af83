/** Near-duplicates on drawn pictures: each way of being altered is found, other pictures are not. */
import { describe, expect, it } from "vitest";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import {
  describe as describeWindow,
  descriptorLength,
  mirrored,
  wholePicture,
} from "../../../src/learn/looks/descriptor.ts";
import {
  describeInto,
  emptyDescriptions,
  findNearDuplicates,
  openCells,
  type Pair,
} from "../../../src/learn/looks/index.ts";
import { thumbnail } from "../../../src/learn/looks/thumbnail.ts";

const side = 48;

interface Drawn {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/** Discs of random place, size and colour on a slope: a function of the plane, so it can be cropped. */
function scene(seed: number): (x: number, y: number, c: number) => number {
  const draws = uniform(fork(keyFromSeed(seed), "discs"), 14 * 6);
  return (x, y, c) => {
    let value = 90 + 60 * x * draws[c] + 40 * y * draws[3 + c];
    for (let k = 1; k < 14; k++) {
      const [u, v, radius, ...colour] = draws.subarray(6 * k, 6 * k + 6);
      if (Math.hypot(x - u, y - v) < 0.04 + 0.16 * radius) value = 255 * colour[c];
    }
    return value;
  };
}

interface View {
  readonly window?: readonly [x: number, y: number, share: number];
  readonly turn?: number;
  readonly mirror?: boolean;
  readonly light?: number;
}

function draw(
  seed: number,
  { window = [0, 0, 1], turn = 0, mirror = false, light = 1 }: View = {},
): Drawn {
  const at = scene(seed);
  const [left, top, share] = window;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const pixels = new Uint8Array(3 * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const across = ((mirror ? side - 1 - column : column) + 0.5) / side - 0.5;
      const down = (row + 0.5) / side - 0.5;
      const x = left + share * (0.5 + cos * across - sin * down);
      const y = top + share * (0.5 + sin * across + cos * down);
      for (let c = 0; c < 3; c++) {
        pixels[3 * (row * side + column) + c] = Math.max(0, Math.min(255, light * at(x, y, c)));
      }
    }
  }
  return { pixels, height: side, width: side };
}

function search(pictures: readonly Drawn[], leftOut?: Uint8Array): Pair[] {
  const descriptions = emptyDescriptions(pictures.length);
  for (const [i, picture] of pictures.entries()) describeInto(descriptions, i, picture);
  const pairs: Pair[] = [];
  const source = {
    count: pictures.length,
    size: (i: number) => pictures[i],
    read: (i: number) => pictures[i].pixels,
  };
  findNearDuplicates(source, descriptions, {
    onPair: (pair) => pairs.push(pair),
    ...(leftOut && { leftOut }),
  });
  return pairs;
}

const others = Array.from({ length: 60 }, (_, i) => draw(100 + i));

describe("near-duplicates", () => {
  it.each<[string, View]>([
    ["darker", { light: 0.7 }],
    ["cropped to 90 % in a corner", { window: [0.1, 0, 0.9] }],
    ["cropped to 82 % off the middle", { window: [0.06, 0.12, 0.82] }],
    ["mirrored", { mirror: true }],
    ["mirrored and cropped", { mirror: true, window: [0, 0.1, 0.9] }],
    ["turned by 4 degrees", { turn: 0.07 }],
  ])("finds a picture %s, and no other", (_, view) => {
    const pairs = search([draw(1), ...others, draw(1, view)]);
    const ends = pairs.map(({ outer, inner }) => [outer, inner].sort((a, b) => a - b));
    expect(new Set(ends.map(String))).toEqual(new Set([`0,${others.length + 1}`]));
    expect(pairs.some(({ isMirrored }) => isMirrored)).toBe(view.mirror ?? false);
  });

  it("says nothing of pictures with nothing in them, nor of those left out", () => {
    const grey = { pixels: new Uint8Array(3 * side * side).fill(90), height: side, width: side };
    expect(search([grey, grey, ...others])).toEqual([]);
    const out = Uint8Array.from({ length: others.length + 1 }, (_, i) => (i === 0 ? 1 : 0));
    expect(search([others[3], ...others], out)).toEqual([]);
  });
});

describe("descriptors", () => {
  const into = new Float32Array(descriptorLength);
  const other = new Float32Array(descriptorLength);

  it("of a mirrored picture is the mirrored descriptor", () => {
    describeWindow(thumbnail(draw(5).pixels, draw(5)), wholePicture, { into, at: 0 });
    const seen = draw(5, { mirror: true });
    describeWindow(thumbnail(seen.pixels, seen), wholePicture, { into: other, at: 0 });
    const expected = mirrored(into, new Float32Array(descriptorLength));
    for (let k = 0; k < descriptorLength; k++) expect(other[k]).toBeCloseTo(expected[k], 3);
  });

  it("of a window is nearly that of the picture cut out", () => {
    const window = { x: 0.1, y: 0, width: 0.9, height: 0.9 };
    describeWindow(thumbnail(draw(6).pixels, draw(6)), window, { into, at: 0 });
    const cut = draw(6, { window: [0.1, 0, 0.9] });
    describeWindow(thumbnail(cut.pixels, cut), wholePicture, { into: other, at: 0 });
    expect(into.reduce((sum, value, k) => sum + value * other[k], 0)).toBeGreaterThan(0.97);
  });

  it("of a plain slope is its cosine coefficients, written out", () => {
    // Grey = 128 + 64·cos(πx): one coefficient, that of u = 1.
    const pixels = new Uint8Array(3 * side * side);
    for (let i = 0; i < side * side; i++) {
      const x = ((i % side) + 0.5) / side;
      pixels.fill(Math.round(128 + 64 * Math.cos(Math.PI * x)), 3 * i, 3 * i + 3);
    }
    expect(
      describeWindow(thumbnail(pixels, { height: side, width: side }), wholePicture, {
        into,
        at: 0,
      }),
    ).toBe(true);
    expect(Math.max(...into)).toBeGreaterThan(0.99);
  });
});

describe("cells", () => {
  it("find what is nearest among thousands without looking at all", () => {
    const [count, length] = [4000, 32];
    const values = uniform(keyFromSeed(3), count * length);
    const vectors = Float32Array.from(values, (value) => value - 0.5);
    for (let i = 0; i < count; i++) {
      const row = vectors.subarray(i * length, (i + 1) * length);
      const norm = Math.hypot(...row);
      for (let k = 0; k < length; k++) row[k] /= norm;
    }
    const cells = openCells(vectors, { length, key: keyFromSeed(0) });
    for (const i of [0, 17, 3999]) {
      const query = vectors.slice(i * length, (i + 1) * length);
      const found: number[] = [];
      cells.search(query, { probes: 1, least: 0.95, visit: (row) => found.push(row) });
      expect(found).toEqual([i]);
      let seen = 0;
      cells.search(query, { probes: 4, least: -1, visit: () => seen++ });
      expect(seen).toBeLessThan(count / 4);
    }
  });
});
