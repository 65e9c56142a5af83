/** Near-duplicates on drawn pictures: each way of being altered is found, other pictures are not. */
import { describe, expect, it } from "vitest";
import { keyFromSeed, uniform } from "../../../src/base/index.ts";
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
import { type Drawn, draw, side, type View } from "./drawn.ts";

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

describe("thumbnails", () => {
  it("are means of the pixels that a cell covers, those at its edges in part", () => {
    const [height, width] = [40, 20];
    const draws = uniform(keyFromSeed(9), 3 * height * width);
    const pixels = Uint8Array.from(draws, (value) => 255 * value);
    const found = thumbnail(pixels, { height, width });
    const cover = (cell: number, length: number, place: number) =>
      Math.max(
        0,
        Math.min(cell + 1, (32 * (place + 1)) / length) - Math.max(cell, (32 * place) / length),
      );
    for (const [row, column] of [
      [0, 0],
      [7, 30],
      [31, 13],
    ]) {
      const colour = [0, 0, 0];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const share = cover(row, height, y) * cover(column, width, x);
          for (let c = 0; c < 3; c++) colour[c] += share * pixels[3 * (y * width + x) + c];
        }
      }
      const [r, g, b] = colour;
      const luma = 0.299 * r + 0.587 * g + 0.114 * b;
      const at = 32 * row + column;
      expect(found[at]).toBeCloseTo(luma, 3);
      expect(found[1024 + at]).toBeCloseTo(128 + 0.564 * (b - luma), 3);
      expect(found[2048 + at]).toBeCloseTo(128 + 0.713 * (r - luma), 3);
    }
  });
});

describe("cells", () => {
  it.each([1, 5, 1499, 1601])(
    "of %i vectors, all looked into, find what all products say",
    (count) => {
      const length = 12;
      const vectors = Float32Array.from(uniform(keyFromSeed(4), count * length), (v) => v - 0.4);
      const leftOut = Uint8Array.from({ length: count }, (_, i) => (i % 7 === 3 ? 1 : 0));
      const cells = openCells(vectors, { length, key: keyFromSeed(0), leftOut });
      const query = vectors.slice(0, length);
      const product = (i: number) =>
        query.reduce((sum, value, k) => sum + value * vectors[i * length + k], 0);
      const found = new Map<number, number>();
      cells.search(query, {
        probes: 100,
        least: 0.1,
        visit: (row, value) => found.set(row, value),
      });
      const expected = Array.from({ length: count }, (_, i) => i).filter(
        (i) => !leftOut[i] && product(i) >= 0.1,
      );
      expect([...found.keys()].sort((a, b) => a - b)).toEqual(expected);
      for (const [row, value] of found) expect(value).toBeCloseTo(product(row), 5);
    },
  );

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
