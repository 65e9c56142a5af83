/** How many pictures a labelled one stands for. */
import { expect, test } from "vitest";
import { standingFor } from "../../src/app/drawn-labels.ts";
import { versionOf } from "../learn/data/version-of.ts";

/** One stratum of 12, of which 4 were drawn, and one of 2, both drawn; two more had labels before. */
function drawn(codes: readonly number[]) {
  const document = versionOf(Array.from({ length: 9 }, (_, i) => `${i}.png`));
  document.items.split.fill("evaluation", 0, 8);
  const weights = [3, 3, 3, 3, 1.5, 1.5];
  const answers = weights.map((weight, i) => ({
    item: document.items.id[i],
    chosen: "strata",
    weight,
    label: codes[i] >= 0 ? String(codes[i]) : "",
    by: "Sato",
    at: "2026-03-01T00:00:00Z",
  }));
  return { document, set: { codes: [...codes, 0, 1, 1], answers } };
}

const total = (weights: Float64Array | undefined, codes: readonly number[]) =>
  codes.reduce((sum, code, i) => (code >= 0 ? sum + (weights?.[i] ?? 1) : sum), 0);

test("each drawn one stands for its share of the stratum", () => {
  const { document, set } = drawn([0, 0, 1, 0, 1, 1]);
  const weights = standingFor(document, set);
  expect([...(weights ?? [])]).toEqual([3, 3, 3, 3, 1.5, 1.5, 1, 1, 1]);
});

test("those of which nobody could tell are stood for by the others of their stratum", () => {
  const { document, set } = drawn([0, -1, 1, 0, -1, 1]);
  const weights = standingFor(document, set);
  expect([...(weights ?? [])]).toEqual([4, 1, 4, 4, 1, 3, 1, 1, 1]);
  expect(total(weights, set.codes.slice(0, 6))).toBe(15);
});

test("a stratum of which nobody could tell anything stands for nothing, and the rest as before", () => {
  const { document, set } = drawn([0, 0, 1, 0, -1, -1]);
  const weights = standingFor(document, set);
  expect([...(weights ?? [])]).toEqual([3, 3, 3, 3, 1, 1, 1, 1, 1]);
});
