/** The time left of a pilot, against a clock set by hand. */
import { expect, it } from "vitest";
import { openTimeLeft, trainingSeconds } from "../../src/app/pilot/time-left.ts";

it("starts from what was asked, follows the work, and tells once a minute", () => {
  const told: number[] = [];
  let time = 0;
  const clock = { monotonic: () => time, now: () => new Date(time) };
  const left = openTimeLeft(clock, {
    training: trainingSeconds({ minutes: 10 }),
    measuring: 100,
    tell: (seconds) => told.push(seconds),
  });
  const at = (seconds: number, phase: "pretrain" | "measure" | "embed", done: number) => {
    time = 1000 * seconds;
    left.event({ type: "progress", phase, done, total: 100 });
  };
  expect(left.seconds()).toBe(700);
  at(10, "pretrain", 20);
  at(30, "pretrain", 30);
  // Ten steps in 20 s: 70 more take 140 s.
  expect(left.seconds()).toBe(240);
  at(50, "embed", 99);
  expect(told).toEqual([]);
  at(70, "pretrain", 50);
  expect(told).toEqual([200]);
  at(80, "pretrain", 55);
  expect(told).toHaveLength(1);
  left.endTraining();
  expect(left.seconds()).toBe(100);
  at(200, "measure", 0);
  at(210, "measure", 50);
  expect(told).toEqual([200, 10]);
});

it("is unknown for a number of epochs until it is seen how fast they go", () => {
  const clock = { monotonic: () => 0, now: () => new Date(0) };
  const training = trainingSeconds({ epochs: 3 });
  expect(training).toBeUndefined();
  expect(openTimeLeft(clock, { training, measuring: 5, tell() {} }).seconds()).toBeUndefined();
});
