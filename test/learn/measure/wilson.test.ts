/** Wilson's interval: against values of the literature and at its ends. */
import { expect, test } from "vitest";
import { wilsonInterval } from "../../../src/learn/measure/index.ts";

test.each([
  // Agresti & Coull 1998 and any table: 0 of 10, 5 of 10, 10 of 10.
  [0, 10, 0, 0.2775],
  [5, 10, 0.2366, 0.7634],
  [10, 10, 0.7225, 1],
  [3, 41, 0.0252, 0.1943],
])("%i of %i", (count, of, low, high) => {
  const found = wilsonInterval(count, of);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test("nothing counted says nothing", () => {
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
});
