/** Costs counted by hand on graphs of one or two nodes, and what a dry run says. */
import { describe, expect, test } from "vitest";
import { add, convolution, exp, matmul, placeholder } from "../../../src/engine/index.ts";
import { flopsOf, memoryOf } from "../../../src/learn/train/flops.ts";
import { estimate, profileStep } from "../../../src/learn/train/index.ts";
import { countingClock, tiny } from "./tiny.ts";

describe("costs", () => {
  test("a matrix product is 2 · m · k · n", () => {
    const y = matmul(placeholder("a", [3, 5]), placeholder("b", [5, 7]));
    expect(flopsOf({ outputs: { y } })).toBe(2 * 3 * 5 * 7);
  });

  test("a convolution is 2 · outputs · window", () => {
    const x = placeholder("x", [2, 3, 8, 8]);
    const y = convolution(x, placeholder("w", [4, 3, 3, 3]), { padding: [1, 1] });
    expect(flopsOf({ outputs: { y } })).toBe(2 * (2 * 4 * 64) * 27);
  });

  test("an array is freed after its last use", () => {
    const x = placeholder("x", [100]);
    const chain = exp(exp(exp(x)));
    // x, and two of the chain at a time.
    expect(memoryOf({ outputs: { chain } })).toBe(4 * 300);
    const [a, b] = [exp(x), exp(exp(x))];
    expect(memoryOf({ outputs: { y: add(a, b) } })).toBe(4 * 400);
  });
});

describe("dry run", () => {
  test("counts parameters, steps and seconds by a given rate", async () => {
    const found = await estimate(tiny(), { flopsPerSecond: 1e6 });
    const encoder = 4 * 3 * 4 + 8 + 4 * 4 * 4 + 8 + 2 * (4 * 4 * 9 + 8);
    const projector = 4 * 6 + 12 + 6 * 5 + 5;
    expect(found.parameters).toEqual({ encoder, projector });
    expect(found.steps).toBe(9);
    expect(found.seconds).toBeCloseTo((9 * found.flopsPerStep) / 1e6, 9);
    // Parameters, their momentum, and two statistics for each of 22 normalised channels.
    expect(found.checkpointBytes).toBe(4 * (2 * (encoder + projector) + 2 * (4 * 4 + 6)));
    expect(found.cautions.map(({ code }) => code)).toContain("train/few-pictures");
  });

  test("or measures steps: a millisecond each by a clock that counts its readings", async () => {
    const { executor } = tiny();
    const found = await estimate(tiny(), { executor, clock: countingClock() });
    expect(found.seconds).toBeCloseTo(9 / 1000, 9);
  });
});

describe("profile", () => {
  test("says milliseconds of every part", async () => {
    const found = await profileStep(tiny(), {
      executor: tiny().executor,
      clock: { monotonic: () => performance.now(), now: () => new Date() },
      repeats: 3,
    });
    const { draw, apply, forward, backward, optimiser, step } = found;
    for (const part of [draw, apply, forward, backward, optimiser]) {
      expect(part).toBeGreaterThanOrEqual(0);
    }
    expect(forward).toBeGreaterThan(0);
    expect(found.viewsPerSecond).toBeCloseTo(8000 / step, 6);
  });
});
