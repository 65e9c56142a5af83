/** The rule for what ONNX Runtime takes, on graphs counted by hand. */
import { expect, it } from "vitest";
import { arenaEstimate } from "../../src/engine/executors/ort/memory.ts";
import { add, exp, parameter, placeholder, reshape, sum } from "../../src/engine/index.ts";

it("counts a third more than is alive at most, and parameters and state 4.4 times", () => {
  const x = placeholder("x", [1000]);
  const w = parameter("w", [1000]);
  // Two of the chain at a time: an input is not the program's, and a reshaped value lies where it lay.
  const chain = reshape(exp(exp(exp(add(x, w)))), [10, 100]);
  const loss = sum(chain);
  expect(arenaEstimate({ outputs: { loss } })).toBe(1.35 * 2 * 4000 + 4.4 * 4000);
});

it("counts what is stored to the end", () => {
  const x = placeholder("x", [1000]);
  const w = parameter("w", [1000]);
  const next = add(w, x);
  const loss = sum(exp(exp(exp(add(x, next)))));
  // The new parameter beside two of the chain.
  expect(arenaEstimate({ outputs: { loss }, updates: [[w, next]] })).toBe(
    Math.ceil(1.35 * 3 * 4000 + 4.4 * 4000),
  );
});
