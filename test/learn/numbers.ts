/** Numbers for tests: drawn from keys, compared with a tolerance that the test names. */
import { expect } from "vitest";
import { keyFromSeed, normal } from "../../src/base/index.ts";
import { evaluate } from "../../src/engine/executors/reference/index.ts";
import type { Tensor } from "../../src/engine/index.ts";

export type Values = Readonly<Record<string, ArrayLike<number>>>;

/** Standard normal numbers; equal seeds give equal numbers. */
export function numbers(seed: number, count: number): Float64Array {
  return normal(keyFromSeed(seed), count);
}

export function rowsOf(values: ArrayLike<number>, columns: number): number[][] {
  const all = Array.from(values);
  return Array.from({ length: all.length / columns }, (_, i) =>
    all.slice(i * columns, (i + 1) * columns),
  );
}

/** Tensors' values in float64. */
export function inFloat64(tensors: readonly Tensor[], values: Values): Float64Array[] {
  const given = Object.entries(values).map(
    ([name, array]) => [name, Float64Array.from(array)] as const,
  );
  return evaluate(tensors, new Map(given));
}

export function expectClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const scale = Math.max(1, Math.abs(expected[i]));
    expect(Math.abs(found[i] - expected[i]) / scale, `at ${i}`).toBeLessThanOrEqual(tolerance);
  }
}

/** ∂f/∂x by central differences of step 1e-5: right to about 1e-9 in float64. */
export function differences(
  f: (x: Float64Array) => number,
  x: Float64Array,
  step = 1e-5,
): Float64Array {
  return x.map((value, i) => {
    const at = (shift: number) => f(x.map((other, j) => (j === i ? value + shift : other)));
    return (at(step) - at(-step)) / (2 * step);
  });
}
