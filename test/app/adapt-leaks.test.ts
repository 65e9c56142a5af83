/** Labelled training pictures that are copies of pictures set aside do not train. */
import { expect, test } from "vitest";
import { leakingItems } from "../../src/app/adapt/leaks.ts";
import { fork, keyFromSeed, uniform } from "../../src/base/index.ts";
import { sampleDataset } from "../registry/samples.ts";

const side = 32;

/** Soft blobs, so that pictures have details of their own. */
function drawn(seed: number): Uint8Array {
  const numbers = uniform(fork(keyFromSeed(seed), "blobs"), 60);
  return Uint8Array.from({ length: 3 * side * side }, (_, at) => {
    const [x, y, c] = [Math.floor(at / 3) % side, Math.floor(at / 3 / side), at % 3];
    let value = 0;
    for (let b = 0; b < 10; b++) {
      const [u, v, r, ...tint] = numbers.subarray(6 * b, 6 * b + 6);
      const away = ((x / side - u) ** 2 + (y / side - v) ** 2) / (0.01 + 0.05 * r);
      value += 200 * tint[c] * Math.exp(-away);
    }
    return Math.min(255, value);
  });
}

// Every fifth of the items is set aside; groups hold two items each.
const document = sampleDataset(10, { group: { by: "item" } });
const items = { ...document.items, group: document.items.id };
const all = Array.from({ length: 10 }, (_, i) => drawn(i));
const codes = Array.from({ length: 10 }, (_, i) => i % 2);

function found(pictures: readonly Uint8Array[], changes = {}, labels = codes) {
  const source = {
    count: 10,
    size: () => ({ height: side, width: side }),
    read: (i: number) => pictures[i],
  };
  const own = { ...document, items: { ...items, ...changes } };
  return [...leakingItems({ document: own, pictures: source, codes: labels })].sort();
}

test("pictures of their own leak nothing", () => {
  expect(found(all)).toEqual([]);
});

test("equal bytes, shared groups and near-copies leak, from training alone", () => {
  const digest = items.digest.with(3, items.digest[0]);
  expect(found(all, { digest })).toEqual([3]);
  const group = items.group.with(7, items.group[5]);
  expect(found(all, { group })).toEqual([7]);
  const brighter = all.with(
    8,
    all[5].map((value) => Math.min(255, 1.1 * value + 6)),
  );
  expect(found(brighter)).toEqual([8]);
});

test("what has no label leaks nothing", () => {
  const brighter = all.with(
    8,
    all[5].map((value) => Math.min(255, 1.1 * value + 6)),
  );
  expect(found(brighter, {}, codes.with(5, -1))).toEqual([]);
  expect(found(brighter, {}, codes.with(8, -1))).toEqual([]);
});
