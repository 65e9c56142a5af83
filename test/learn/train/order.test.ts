/** Data order: whole epochs without repeats, by key and step alone. */
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import { createBatches } from "../../../src/learn/train/batches.ts";
import { settle } from "../../../src/learn/train/index.ts";
import { createOrder, placeOf } from "../../../src/learn/train/order.ts";
import { tiny } from "./tiny.ts";

const sizes = { count: 10, batch: 3, stepsPerEpoch: 3 };

describe("data order", () => {
  test("an epoch shows 9 of 10 pictures, once each; the next in another order", () => {
    const order = createOrder(keyFromSeed(4), sizes);
    const epoch = (e: number) => [0, 1, 2].flatMap((i) => [...order(3 * e + i)]);
    const [first, second] = [epoch(0), epoch(1)];
    expect(new Set(first).size).toBe(9);
    expect(new Set(second).size).toBe(9);
    expect(second).not.toEqual(first);
  });

  test("what is left out changes from epoch to epoch", () => {
    const order = createOrder(keyFromSeed(4), sizes);
    const left = Array.from({ length: 8 }, (_, e) => {
      const seen = new Set([0, 1, 2].flatMap((i) => [...order(3 * e + i)]));
      return [...Array(10).keys()].find((i) => !seen.has(i));
    });
    expect(new Set(left).size).toBeGreaterThan(2);
  });

  test("a step can be asked for in any order", () => {
    const [one, other] = [createOrder(keyFromSeed(4), sizes), createOrder(keyFromSeed(4), sizes)];
    const forward = [0, 1, 2, 3, 4, 5, 6].map((step) => [...one(step)]);
    const backward = [6, 5, 4, 3, 2, 1, 0].map((step) => [...other(step)]);
    expect(backward.reverse()).toEqual(forward);
  });

  test("placeOf", () => {
    expect(placeOf(7, 3)).toEqual({ epoch: 2, index: 1 });
  });

  test("views of a step do not depend on the steps before it; epochs draw anew", async () => {
    const settings = settle(tiny());
    await using all = createBatches(settings, { workers: 0 });
    await using late = createBatches(settings, { workers: 0 });
    const found: Float32Array[] = [];
    for (let step = 0; step < 7; step++) found.push((await all.take(step)).views.slice());
    expect((await late.take(6)).views.slice()).toEqual(found[6]);
    expect(found[3]).not.toEqual(found[0]);
  });
});
