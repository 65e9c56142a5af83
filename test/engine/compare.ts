/** How near two results are: normalised mean squared error, with special values compared exactly. */
import { expect } from "vitest";
import type { Special, Tolerance } from "./cases/case.ts";

/** Σ (found − expected)² / Σ expected², over expected values that are finite in float32. */
export function nmse(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0;
  let power = 0;
  for (let i = 0; i < expected.length; i++) {
    if (!Number.isFinite(Math.fround(expected[i]))) continue;
    error += (found[i] - expected[i]) ** 2;
    power += expected[i] ** 2;
  }
  return error === 0 ? 0 : error / power;
}

export function expectNear(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  { nmse: limit, because }: Tolerance,
): void {
  expect(found.length, "elements").toBe(expected.length);
  expect(specials(found), "NaN and infinities").toEqual(specials(expected));
  expect(nmse(found, expected), `NMSE; allowed: ${because}`).toBeLessThanOrEqual(limit);
}

/** As `expectNear`, as far as the op's cases promise it for special values. */
export function expectNearSpecial(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  { special, tolerance }: { special: Special; tolerance: Tolerance },
): void {
  expect(found.length, "elements").toBe(expected.length);
  if (special === "as reference") expectNear(found, expected, tolerance);
  else if ("free" in special)
    expect(nmse(found, expected), tolerance.because).toBeLessThanOrEqual(tolerance.nmse);
  else expect(specials(found), special.spreads).toMatchObject(anySpecial(specials(expected)));
}

function anySpecial(places: Record<number, number>): Record<number, unknown> {
  return Object.fromEntries(Object.keys(places).map((at) => [at, expect.any(Number)]));
}

/** Where values are not finite, and what they are there; float32 overflows count as infinite. */
function specials(values: ArrayLike<number>): Record<number, number> {
  const found: Record<number, number> = {};
  for (let i = 0; i < values.length; i++) {
    const value = Math.fround(values[i]);
    if (!Number.isFinite(value)) found[i] = value;
  }
  return found;
}
