/**
 * Solves (A + s I) x = b for one symmetric positive semidefinite A and any number of shifts s > 0: A is
 * reduced once to tridiagonal form, A = Qᵀ T Q (Householder), after which a shift costs O(n) beside
 * turning b and x (so Eldén 1977 for Tikhonov's problem).
 */
import { tridiagonalise } from "./eigen.ts";

/** Of right sides `[sides, size]`, a solution a row. */
export type SolveShifted = (shift: number) => Float64Array;

/** Only the lower triangle of the `[size, size]` matrix is read; it is left as it is. */
export function shiftedSystems(
  matrix: Float64Array,
  size: number,
  sides: Float64Array,
): SolveShifted {
  const largest = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Scaled to 1, so that squares of tiny entries do not vanish.
  const scale = largest > 0 ? largest : 1;
  const scaled = matrix.map((value) => value / scale);
  const { diagonal, below, reflections } = tridiagonalise(scaled, size);
  const turned = sides.map((value) => value / scale);
  for (const reflect of reflections.toReversed()) reflect(turned);
  return (shift) => {
    const solved = turned.slice();
    const factors = eliminated(diagonal, below, shift / scale);
    for (let start = 0; start < solved.length; start += size) {
      solveInPlace(solved.subarray(start, start + size), below, factors);
    }
    for (const reflect of reflections) reflect(solved);
    return solved;
  };
}

/** Pivots of T + s I without exchanges, which a positive definite matrix needs none of. */
function eliminated(diagonal: Float64Array, below: Float64Array, shift: number): Float64Array {
  const pivots = diagonal.map((value) => value + shift);
  for (let i = 1; i < pivots.length; i++) pivots[i] -= below[i] ** 2 / pivots[i - 1];
  return pivots;
}

function solveInPlace(x: Float64Array, below: Float64Array, pivots: Float64Array): void {
  for (let i = 1; i < x.length; i++) x[i] -= (below[i] / pivots[i - 1]) * x[i - 1];
  for (let i = x.length - 1; i >= 0; i--) {
    const next = i + 1 < x.length ? below[i + 1] * x[i + 1] : 0;
    x[i] = (x[i] - next) / pivots[i];
  }
}
