/** Near-duplicates on pictures drawn by hand: what is joined, what is not, what is cut. */
import { describe, expect, it } from "vitest";
import { digestBytes, fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import { clusterLookAlikes } from "../../../src/learn/data/clusters.ts";
import {
  correlation,
  differenceHash,
  fingerprint,
  gridBytes,
  hashDistance,
} from "../../../src/learn/looks/fingerprint.ts";
import type { Pair } from "../../../src/learn/looks/index.ts";
import { findLookAlikes } from "../../../src/learn/looks/look-alikes.ts";

interface Picture {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

const [height, width] = [32, 36];

/** A smooth random picture: a coarse random grid, enlarged bilinearly. */
function scene(seed: number, change: (value: number, i: number) => number = (v) => v): Picture {
  const values = uniform(fork(keyFromSeed(seed), "scene"), 6 * 6 * 3);
  const pixels = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const [v, u] = [(y / (height - 1)) * 4.99, (x / (width - 1)) * 4.99];
        const [row, column] = [Math.floor(v), Math.floor(u)];
        const at = (i: number, j: number) => values[((row + i) * 6 + column + j) * 3 + c];
        const [p, q] = [v - row, u - column];
        const top = at(0, 0) * (1 - q) + at(0, 1) * q;
        const bottom = at(1, 0) * (1 - q) + at(1, 1) * q;
        const i = (y * width + x) * 3 + c;
        pixels[i] = Math.max(0, Math.min(255, change(255 * (top * (1 - p) + bottom * p), i)));
      }
    }
  }
  return { pixels, height, width };
}

function plain(level: number): Picture {
  return { pixels: new Uint8Array(height * width * 3).fill(level), height, width };
}

function looksOf(pictures: readonly Picture[]) {
  const grids = new Uint8Array(pictures.length * gridBytes);
  pictures.forEach((picture, i) => {
    grids.set(fingerprint(picture.pixels, picture), i * gridBytes);
  });
  const aspects = Float64Array.from(pictures, (picture) => picture.width / picture.height);
  return { grids, aspects };
}

function cluster(
  pictures: readonly Picture[],
  frozen: readonly string[] = [],
  pairs: readonly Pair[] = [],
) {
  const digests = pictures.map(({ pixels }) => digestBytes(pixels));
  return clusterLookAlikes({ ...looksOf(pictures), digests, frozen, pairs });
}

function pair(outer: number, inner: number, likeness = 0.9): Pair {
  return { outer, inner, likeness, isMirrored: false };
}

const noise = (value: number, i: number) => value + ((i * 7919) % 13) - 6;
const brighter = (value: number) => value * 0.85 + 25;

describe("fingerprint", () => {
  it("takes means of cells, also where cells outnumber pixels", () => {
    const grid = fingerprint(Uint8Array.from([10, 20, 30, 50, 60, 70]), { height: 1, width: 2 });
    expect([...grid.subarray(0, 3)]).toEqual([10, 20, 30]);
    expect([...grid.subarray(gridBytes - 3)]).toEqual([50, 60, 70]);
  });

  it("hashes whether a cell is clearly brighter than its right neighbour", () => {
    const row = Uint8Array.from([90, 80, 80, 79, 20, 30, 10, 10, 9].flatMap((v) => [v, v, v]));
    const grid = Uint8Array.from({ length: gridBytes }, (_, i) => row[i % 27]);
    const [high, low] = differenceHash(grid);
    expect([high & 255, high >>> 24, low & 255]).toEqual([0b00101001, 0b00101001, 0b00101001]);
    expect(hashDistance(0xffffffff, 0b1011)).toBe(35);
  });

  it("correlates as the textbook does", () => {
    const [a, b] = [scene(1), scene(2)].map((picture) => fingerprint(picture.pixels, picture));
    const mean = (x: Uint8Array) => x.reduce((sum, v) => sum + v, 0) / x.length;
    let [product, squareA, squareB] = [0, 0, 0];
    for (let i = 0; i < gridBytes; i++) {
      product += (a[i] - mean(a)) * (b[i] - mean(b));
      squareA += (a[i] - mean(a)) ** 2;
      squareB += (b[i] - mean(b)) ** 2;
    }
    const both = Uint8Array.from([...a, ...b]);
    expect(correlation(both, 0, 1)).toBeCloseTo(product / Math.sqrt(squareA * squareB), 10);
    expect(correlation(both, 0, 0)).toBeCloseTo(1, 12);
  });
});

describe("clusters", () => {
  it("join noise, another brightness and equal pictures, and nothing else", () => {
    const scenes = Array.from({ length: 40 }, (_, i) => scene(i));
    const copies = [scene(3, noise), scene(5, brighter), scene(5, noise), scene(7)];
    const { groups, cut } = cluster([...scenes, ...copies]);
    expect(cut).toBe(0);
    expect(groups.slice(40)).toEqual([groups[3], groups[5], groups[5], groups[7]]);
    expect(new Set(groups).size).toBe(40);
  });

  it("do not depend on the order", () => {
    const pictures = [scene(1), scene(1, noise), scene(2), scene(3), scene(3, brighter)];
    const turned = [...pictures].reverse();
    expect(cluster(turned).groups.reverse()).toEqual(cluster(pictures).groups);
  });

  it("tell plain pictures apart by their colour only", () => {
    const { groups } = cluster([plain(255), plain(254), plain(0), plain(255)]);
    expect(groups[3]).toBe(groups[0]);
    expect(new Set(groups).size).toBe(3);
  });

  it("do not join different proportions", () => {
    const looks = looksOf([scene(4), scene(4)]);
    const pairs: number[][] = [];
    findLookAlikes(
      { ...looks, aspects: Float64Array.from([1, 1.2]) },
      {
        onPair: (i, j) => pairs.push([i, j]),
      },
    );
    expect(pairs).toEqual([]);
  });

  it("bring new pictures to the frozen group they look like, and move nobody", () => {
    const frozen = ["lot-a", "lot-b", "lot-c"];
    const old = [scene(1), scene(2), scene(1, noise)];
    const { groups } = cluster([...old, scene(2, brighter), scene(9), scene(9, noise)], frozen);
    expect(groups.slice(0, 4)).toEqual(["lot-a", "lot-b", "lot-c", "lot-b"]);
    expect(groups[5]).toBe(groups[4]);
    expect(frozen).not.toContain(groups[4]);
  });

  it("are cut where all pictures look alike: a fixed camera makes no single group", () => {
    const shots = Array.from({ length: 200 }, (_, n) =>
      scene(1, (value, i) => (i % 997 === n ? 255 - value : value)),
    );
    const { groups, cut } = cluster([...shots, scene(2), scene(2, noise)]);
    expect(cut).toBe(200);
    expect(new Set(groups.slice(0, 200)).size).toBe(200);
    expect(groups[200]).toBe(groups[201]);
    const alike = shots.slice(1).map((_, i) => pair(i + 1, i, i === 70 ? 0.999 : 0.98));
    const kept = cluster(shots, [], alike).groups;
    expect(kept[71]).toBe(kept[70]);
    expect(new Set(kept).size).toBe(199);
  });

  it("keep the stretches of a pan together, and leave a cloud of poses apart", () => {
    const blend = (a: number, b: number, share: number) => {
      const other = scene(b).pixels;
      return scene(a, (value, i) => value * (1 - share) + other[i] * share);
    };
    const pan = Array.from({ length: 120 }, (_, i) =>
      blend(60 + Math.floor(i / 12), 61 + Math.floor(i / 12), (i % 12) / 12),
    );
    const panned = cluster(pan);
    expect(panned.cut).toBeGreaterThan(50);
    expect(new Set(panned.groups).size).toBeLessThan(70);
    const numbers = uniform(fork(keyFromSeed(1), "poses"), 120 * 8);
    const changes = Array.from({ length: 8 }, (_, k) => scene(80 + k).pixels);
    const poses = Array.from({ length: 120 }, (_, n) =>
      scene(1, (value, i) =>
        changes.reduce(
          (sum, { [i]: c }, k) => sum + 0.3 * (numbers[8 * n + k] - 0.5) * (c - 128),
          value,
        ),
      ),
    );
    const posed = cluster(poses);
    expect(posed.cut).toBe(120);
    expect(new Set(posed.groups).size).toBeGreaterThan(110);
  });
});

describe("crops and mirrored copies", () => {
  const others = Array.from({ length: 4 }, (_, i) => scene(50 + i));

  it("join what looks different from afar, and draw new pictures to frozen ones", () => {
    expect(new Set(cluster(others).groups).size).toBe(4);
    const { groups } = cluster(others, [], [pair(2, 0), pair(3, 1)]);
    expect(groups[0]).toBe(groups[2]);
    expect(groups[1]).toBe(groups[3]);
    expect(groups[0]).not.toBe(groups[1]);
    const joined = cluster(others, ["a", "b"], [pair(0, 2, 0.8), pair(2, 1, 0.9), pair(0, 1)]);
    expect(joined.groups.slice(0, 3)).toEqual(["a", "b", "b"]);
  });

  it("yield to a close copy among the frozen", () => {
    const close = [scene(50), scene(51), scene(50, brighter)];
    expect(cluster(close, ["a", "b"], [pair(1, 2, 1)]).groups[2]).toBe("a");
  });

  it("do not grow beyond what can be believed", () => {
    const many = Array.from({ length: 60 }, (_, i) => scene(100 + i));
    const chain = many.slice(1).map((_, i) => pair(i + 1, i, i === 7 ? 0.999 : 0.99));
    const { groups, cut } = cluster(many, [], chain);
    expect(cut).toBe(60);
    expect(groups[8]).toBe(groups[7]);
    expect(new Set(groups).size).toBe(59);
    expect(new Set(cluster(many, [], chain.slice(0, 49)).groups).size).toBe(11);
  });
});
