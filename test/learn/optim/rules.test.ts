/** Schedule by hand; batch, rate and cautions by their stated rules. */
import { describe, expect, test } from "vitest";
import {
  cautions,
  cosineSchedule,
  defaultBatch,
  defaultClip,
  defaultOptimiser,
  defaultRate,
  rateAt,
} from "../../../src/learn/optim/index.ts";

describe("schedule", () => {
  test("of 21 steps: 2 of warm-up, the peak, half a cosine, a thousandth at the end", () => {
    const schedule = cosineSchedule(0.3, 21);
    expect(schedule.warmUp).toBe(2);
    expect(rateAt(schedule, 0)).toBeCloseTo(0.1, 12);
    expect(rateAt(schedule, 1)).toBeCloseTo(0.2, 12);
    expect(rateAt(schedule, 2)).toBeCloseTo(0.3, 12);
    expect(rateAt(schedule, 11)).toBeCloseTo((0.3 + 0.0003) / 2, 12);
    expect(rateAt(schedule, 20)).toBeCloseTo(0.0003, 12);
  });

  test("of one step is the peak", () => {
    expect(rateAt(cosineSchedule(0.3, 1), 0)).toBeCloseTo(0.3, 12);
  });
});

describe("rules", () => {
  test.each([
    [2, 2],
    [15, 15],
    [100, 16],
    [300, 32],
    [1000, 64],
    [2048, 256],
    [50_000, 256],
  ])("%i pictures get a batch of %i", (pictures, batch) => {
    expect(defaultBatch(pictures)).toBe(batch);
  });

  test("LARS from 1,024 on", () => {
    expect([1023, 1024].map((batch) => defaultOptimiser(batch).name)).toEqual(["sgd", "lars"]);
  });

  test("rates are linear in the batch", () => {
    expect(defaultRate("sgd", 256)).toBeCloseTo(0.12, 12);
    expect(defaultRate("lars", 2048)).toBeCloseTo(1.6, 12);
    expect(defaultRate("adamw", 128)).toBeCloseTo(5e-4, 12);
  });

  test("transformers get AdamW at half the rate, and a caution with anything else", () => {
    expect([64, 2048].map((batch) => defaultOptimiser(batch, "transformer").name)).toEqual([
      "adamw",
      "adamw",
    ]);
    expect(defaultRate("adamw", 512, "transformer")).toBeCloseTo(1e-3, 12);
    const usual = { pictures: 20_000, batch: 256, steps: 780, kind: "transformer" } as const;
    expect(cautions({ ...usual, optimiser: "adamw", rate: 5e-4 })).toEqual([]);
    const codes = cautions({ ...usual, optimiser: "sgd", rate: 0.12 }).map(({ code }) => code);
    expect(codes).toEqual(["train/transformer-optimiser"]);
  });

  test("gradients are clipped at 3, but not for LARS", () => {
    const limits = (["sgd", "adamw", "lars"] as const).map(defaultClip);
    expect(limits).toEqual([3, 3, undefined]);
  });

  test("usual settings raise no caution, unusual ones one each", () => {
    const usual = {
      pictures: 20_000,
      batch: 256,
      steps: 780,
      optimiser: "sgd",
      rate: 0.12,
    } as const;
    const codes = (change: Partial<Parameters<typeof cautions>[0]>) =>
      cautions({ ...usual, ...change }).map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ pictures: 499, batch: 32, rate: 0.015 })).toEqual(["train/few-pictures"]);
    expect(codes({ batch: 16, rate: 0.0075 })).toEqual(["train/small-batch"]);
    expect(codes({ pictures: 511 })).toEqual(["train/large-batch"]);
    expect(codes({ batch: 1024, rate: 0.48 })).toEqual(["train/large-batch-optimiser"]);
    expect(codes({ rate: 0.6 })).toEqual(["train/unusual-rate"]);
    expect(codes({ steps: 199 })).toEqual(["train/few-steps"]);
  });
});
