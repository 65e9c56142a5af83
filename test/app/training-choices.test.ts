/** Where a training's views are made, by what computes. */
import { expect, test } from "vitest";
import { computesAside } from "../../src/app/training-choices.ts";

test.each([
  ["torch", "cuda", true],
  ["torch", "cuda:1", true],
  ["torch", "mps", true],
  ["torch", "cpu", false],
  ["onednn", "cpu", false],
  ["ort", "webgpu", false],
])("%s on %s: a step computes beside this process: %s", (executor, device, expected) => {
  expect(computesAside({ executor, device })).toBe(expected);
});
