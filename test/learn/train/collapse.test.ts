/** Collapse on constructed outputs: none, complete, dimensional; and when the watch speaks. */
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import { collapseOf, createCollapseWatch, gaugeOf } from "../../../src/learn/train/collapse.ts";
import { numbers } from "../numbers.ts";

const [rows, columns] = [300, 40];
const at = { step: 50, key: keyFromSeed(1) };

function outputs(value: (row: number, column: number, noise: number) => number) {
  const noise = numbers(1, rows * columns);
  const values = Float32Array.from(noise, (z, i) => value(Math.floor(i / columns), i % columns, z));
  return { rows, columns, values };
}

describe("collapse", () => {
  test("isotropic outputs are healthy: nearly all directions are used", () => {
    const gauge = gaugeOf(
      outputs((_, __, z) => z),
      1,
      at,
    );
    expect(gauge.possible).toBe(40);
    expect(gauge.rank).toBeGreaterThan(38);
    expect(collapseOf(gauge)).toBeUndefined();
  });

  test("outputs along one line are a dimensional collapse of rank 1", () => {
    const along = numbers(2, rows);
    const gauge = gaugeOf(
      outputs((row, column) => along[row] * (column + 1)),
      0.9,
      at,
    );
    expect(gauge.rank).toBeCloseTo(1, 3);
    expect(collapseOf(gauge)).toBe("dimensional");
  });

  test("equal outputs are a complete collapse, whatever their rank", () => {
    const gauge = gaugeOf(
      outputs((_, column, z) => column + 1e-3 * z),
      0.01,
      at,
    );
    expect(gauge.rank).toBeGreaterThan(38);
    expect(collapseOf(gauge)).toBe("complete");
  });

  test("the watch passes over warm-up, wants two sights, speaks once, and again after a cure", () => {
    const watch = createCollapseWatch({ from: 10 });
    const see = (step: number, deviation: number) =>
      watch.see({ step, deviation, rank: 30, possible: 40 })?.code;
    expect([see(0, 0), see(5, 0), see(10, 0)]).toEqual([undefined, undefined, undefined]);
    expect(see(15, 0)).toBe("train/complete-collapse");
    expect(watch.state()).toBe("complete");
    expect([see(20, 0), see(25, 1)]).toEqual([undefined, undefined]);
    expect(watch.state()).toBeUndefined();
    expect([see(30, 0), see(35, 0)]).toEqual([undefined, "train/complete-collapse"]);
  });
});
