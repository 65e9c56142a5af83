/** The arena: what lives at once never shares a place. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Storage } from "../../../src/engine/executors/onednn/held.ts";
import { type Lifetime, layOut, lifetimes } from "../../../src/engine/executors/onednn/liveness.ts";

const storage = (bytes: number, kept = false): Storage => ({ bytes, kept });
const padded = (bytes: number) => Math.ceil(Math.max(1, bytes) / 64) * 64;

describe("lifetimes", () => {
  const [input, weight, hidden, result, unused] = [256, 64, 512, 128, 32].map((bytes, i) =>
    storage(bytes, i === 1),
  );
  const steps = [
    { reads: [input, weight], writes: [hidden] },
    { reads: [hidden], writes: [unused] },
    { reads: [hidden], writes: [result] },
    { reads: [], writes: [] },
  ];
  const found = lifetimes(steps, { begins: [input, weight], ends: [result] });
  const lives = new Map(found.map((life) => [life.storage, [life.first, life.last]]));

  it("go from the first step that touches a storage to the last", () => {
    expect(lives.get(hidden)).toEqual([0, 2]);
    expect(lives.get(unused)).toEqual([1, 1]);
  });
  it("begin before the first step where the run begins with them, and end after the last", () => {
    expect(lives.get(input)).toEqual([-1, 0]);
    expect(lives.get(result)).toEqual([2, 4]);
  });
  it("never end for what is kept", () => {
    expect(lives.get(weight)).toEqual([-1, 4]);
  });
});

describe("layOut", () => {
  it("shares a place between storages that take turns", () => {
    const [a, b, c] = [storage(128), storage(64), storage(128)];
    const { bytes, offsets } = layOut([
      { storage: a, first: 0, last: 1 },
      { storage: b, first: 1, last: 2 },
      { storage: c, first: 2, last: 3 },
    ]);
    expect([a, b, c].map((one) => offsets.get(one))).toEqual([0, 128, 0]);
    expect(bytes).toBe(192);
  });

  it("fills a gap that is free for the whole life", () => {
    const [large, low, high, small] = [storage(512), storage(256), storage(192), storage(64)];
    const { bytes, offsets } = layOut([
      { storage: large, first: 0, last: 0 },
      { storage: low, first: 1, last: 9 },
      { storage: high, first: 1, last: 1 },
      { storage: small, first: 1, last: 9 },
    ]);
    expect(bytes).toBe(512);
    expect([low, high, small].map((one) => offsets.get(one))).toEqual([0, 256, 448]);
  });

  const life = fc
    .record({
      bytes: fc.nat(2000),
      kept: fc.boolean(),
      ends: fc.tuple(fc.nat(20), fc.nat(20)),
    })
    .map(
      ({ bytes, kept, ends: [a, b] }): Lifetime =>
        kept
          ? { storage: storage(bytes, true), first: -1, last: 21 }
          : { storage: storage(bytes), first: Math.min(a, b), last: Math.max(a, b) },
    );

  it("keeps apart what lives at once, between the most that lives and the sum", () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 30 }), (lives) => {
        const { bytes, offsets } = layOut(lives);
        const placed = lives.map((one) => {
          const from = offsets.get(one.storage) ?? Number.NaN;
          return { ...one, from, to: from + one.storage.bytes };
        });
        for (const [i, one] of placed.entries()) {
          expect(one.from % 64).toBe(0);
          expect(one.to).toBeLessThanOrEqual(bytes);
          for (const other of placed.slice(i + 1)) {
            const apart = one.first > other.last || other.first > one.last;
            if (!apart) expect(one.to <= other.from || other.to <= one.from).toBe(true);
          }
        }
        const sizes = (alive: readonly Lifetime[]) =>
          alive.reduce((sum, one) => sum + padded(one.storage.bytes), 0);
        const most = Array.from({ length: 23 }, (_, i) => i - 1).map((at) =>
          sizes(lives.filter(({ first, last }) => first <= at && at <= last)),
        );
        expect(bytes).toBeGreaterThanOrEqual(Math.max(0, ...most));
        expect(bytes).toBeLessThanOrEqual(sizes(lives));
      }),
      { numRuns: 200 },
    );
  });
});
