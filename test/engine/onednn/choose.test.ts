/** Choosing among ways, with times that are made up: no library takes part. */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/base/index.ts";
import { createChooser, type Way } from "../../../src/engine/executors/onednn/choose.ts";
import { timingOf } from "../../../src/engine/executors/onednn/timing.ts";

function setting() {
  const stored = new Map<string, Json>();
  const told: string[] = [];
  const measured: string[] = [];
  const way = (name: string, time: number): Way => ({
    name,
    measure() {
      measured.push(name);
      return { clock: time, processor: time };
    },
  });
  const open = (version = "2.6.3", threads = 2) =>
    createChooser({
      library: { version },
      threads,
      store: {
        read: (key) => stored.get(key),
        write: (key, value) => void stored.set(key, value),
      },
      onTuning: (event) => told.push(event.kind === "end" ? `end ${event.choices}` : event.kind),
    });
  return { stored, told, measured, open, ways: [way("direct", 3), way("winograd", 2)] };
}

describe("choosing by measuring", () => {
  it("takes the fastest, measures it once, and keeps it from process to process", () => {
    const { open, ways, told, measured, stored } = setting();
    const chooser = open();
    expect(chooser.choose("shape", ways)).toBe("winograd");
    expect(chooser.choose("shape", ways)).toBe("winograd");
    expect(stored.size, "stored when settled").toBe(0);
    chooser.settle();
    chooser.settle();
    expect(stored.size).toBe(1);
    expect(open().choose("shape", ways)).toBe("winograd");
    expect(measured).toEqual(["direct", "winograd"]);
    expect(told).toEqual(["begin", "end 1"]);
  });

  it.each([
    ["processor time where one was always interrupted", undefined, "winograd"],
    ["the clock where nothing was", 2, "direct"],
  ])("goes by %s", (_, clock, best) => {
    const ways: Way[] = [
      { name: "direct", measure: () => ({ clock: 1, processor: 3 }) },
      { name: "winograd", measure: () => ({ ...(clock && { clock }), processor: 2 }) },
    ];
    expect(setting().open().choose("shape", ways)).toBe(best);
  });

  it("times a run by processor time, however long it waits", () => {
    let runs = 0;
    const { clock = 0, processor } = timingOf(() => {
      runs++;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    });
    expect(runs).toBeGreaterThanOrEqual(3);
    expect(processor).toBeLessThan(9);
    if (clock > 0) expect(clock).toBeGreaterThan(9);
  });

  it.each([
    ["library", "3.2.0", 2],
    ["number of threads", "2.6.3", 1],
  ])("measures again for another %s", (_, version, threads) => {
    const { open, ways, measured } = setting();
    for (const chooser of [open(), open(version, threads)]) {
      chooser.choose("shape", ways);
      chooser.settle();
    }
    expect(measured).toHaveLength(4);
  });

  it("measures nothing where there is one way, or where it may only guess", () => {
    const { open, ways, told, measured } = setting();
    const chooser = open();
    expect(chooser.choose("shape", ways.slice(0, 1))).toBe("direct");
    expect(chooser.guessing("first")("shape", ways)).toBe("direct");
    expect(chooser.guessing("last")("shape", ways)).toBe("winograd");
    chooser.choose("shape", ways);
    expect(chooser.guessing("first")("shape", ways)).toBe("winograd");
    expect([measured.length, told]).toEqual([2, ["begin"]]);
  });

  it("measures again where what is stored is no way any more", () => {
    const { open, ways, stored, measured } = setting();
    const first = open();
    first.choose("shape", ways);
    first.settle();
    for (const key of stored.keys()) stored.set(key, "a way of long ago");
    expect(open().choose("shape", ways)).toBe("winograd");
    expect(measured).toHaveLength(4);
  });

  it("measures again where there is a way that was not there then", () => {
    const { open, ways, measured } = setting();
    const newer = { name: "newer", measure: () => ({ clock: 1, processor: 1 }) };
    for (const some of [ways, [...ways, newer], [...ways, newer]]) {
      const chooser = open();
      chooser.choose("shape", some);
      chooser.settle();
    }
    expect(measured).toEqual(["direct", "winograd", "direct", "winograd"]);
    expect(open().choose("shape", [...ways, newer])).toBe("newer");
  });

  it("follows a plan against what was measured, and refuses one that names no way", () => {
    const { open, ways } = setting();
    const chooser = open();
    chooser.choose("shape", ways);
    expect(chooser.following({ shape: "direct" })("shape", ways)).toBe("direct");
    for (const plan of [{}, { shape: "another" }] as Record<string, string>[]) {
      expect(() => chooser.following(plan)("shape", ways)).toThrow(
        expect.objectContaining({ code: "engine/plan-differs" }),
      );
    }
  });
});
