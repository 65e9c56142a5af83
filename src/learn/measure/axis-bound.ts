/**
 * Upper bounds of the inner products of unit rows from their coordinates along some axes. With
 * x' = V x and what is left of the length, r(x) = √(‖x‖² - ‖x'‖²), Cauchy–Schwarz gives for
 * orthonormal axes x · y ≤ x' · y' + r(x) r(y): one inner product of coordinates and a length beside
 * them. Further axes draw the bound closer: their coordinates and the new length are added, the old
 * lengths' product is taken off, which is again an inner product.
 *
 * For axes as they are, with Δ = V Vᵀ - I and x' = V x + δ(x) rounded, and e(x) = x - Vᵀ x',
 *
 *     x · y  = x' · y' - x'ᵀ Δ y' - δ(x) · y' - x' · δ(y) + e(x) · e(y),
 *     ‖e(x)‖² = ‖x‖² - ‖x'‖² + 2 δ(x) · x' + x'ᵀ Δ x',
 *
 * so a length is taken `spare` longer in its square, and a bound may be `slack` too low.
 */
import { dotError } from "./bank.ts";
import type { LeadingAxes } from "./leading-axes.ts";
import { type Matrix, rowBlock } from "./matrix.ts";
import type { Stage } from "./sieve.ts";

export interface AxisBound {
  /** Those that are used, `[last of ends, columns]`. */
  readonly axes: Matrix;
  /** How many axes the bound takes at first, and after each stage. */
  readonly ends: readonly number[];
  readonly spare: number;
  /** Above its float32 bound less this no computed inner product of two unit rows is. */
  readonly slack: number;
  /** Columns of what is multiplied: the first axes and a length. */
  readonly lead: number;
  /** Closer bounds, then the inner product itself. */
  readonly stages: readonly Stage[];
}

/** Widths that vectors and products like: what is multiplied, and what a stage takes, are whole ones. */
export const evenly = 16;

export function axisBound(found: LeadingAxes, ends: readonly number[]): AxisBound {
  const { columns } = found.axes;
  const last = ends[ends.length - 1];
  const [spare, slack] = errors(found, columns, ends);
  const closer = ends.slice(1).map((end, s): Stage => {
    return { width: end - ends[s] + 2, factor: 1, slack };
  });
  const whole: Stage = { width: evenly * Math.ceil(columns / evenly), factor: 0, slack: 0 };
  const axes = rowBlock(found.axes, 0, last);
  return { axes, ends, spare, slack, lead: ends[0] + 1, stages: [...closer, whole] };
}

/** Of unit rows, their own roundings included. */
function errors({ axes, deviation }: LeadingAxes, columns: number, ends: readonly number[]) {
  // ‖δ(x)‖ ≤ γ ‖V‖, Frobenius, row by row as in `dotError`.
  const turning = dotError(columns, 0) * Math.sqrt(axes.rows) * (1 + deviation);
  const length = Math.sqrt(1 + deviation) + turning;
  const apart = deviation * length ** 2 + 2 * turning * length;
  const spare = apart + unitRounding;
  // Both lengths of a stage are terms of the sum, so that of all terms' sizes is at most this.
  const sizes = (1 + spare) * (2 * ends.length - 1);
  const terms = ends[ends.length - 1] + 2 * ends.length;
  return [spare, apart + sizes * dotError(terms, 2) + dotError(columns, 2)] as const;
}

/** ‖x‖² - 1 of a row over its length, each number rounded to float32; and float32 lengths' rounding. */
const unitRounding = 2 ** -20;

interface Parts {
  /** `[rows, lead]`. */
  readonly leads: Float32Array;
  /** Of each stage, and at which row it begins. */
  readonly records: readonly Float32Array[];
  readonly from: number;
  /** Lengths that a stage takes off are negative on one side of the product. */
  readonly side: "bank" | "queries";
}

/** Lays unit rows and their coordinates apart, as what is multiplied and what stages take. */
export function layApart(
  { ends, spare, lead, stages }: AxisBound,
  rows: { readonly unit: Matrix; readonly turned: Matrix },
  { leads, records, from, side }: Parts,
): void {
  const { unit, turned } = rows;
  const sign = side === "bank" ? 1 : -1;
  const last = stages.length - 1;
  const widths = stages.map(({ width }) => width);
  for (let row = 0; row < unit.rows; row++) {
    const own = row * turned.columns;
    let left = 1 + spare;
    let before = 0;
    let start = 0;
    for (let s = 0; s < ends.length; s++) {
      const end = ends[s];
      const [to, at] =
        s === 0 ? [leads, row * lead] : [records[s - 1], (from + row) * widths[s - 1]];
      for (let p = start; p < end; p++) left -= turned.values[own + p] * turned.values[own + p];
      to.set(turned.values.subarray(own + start, own + end), at);
      const length = Math.sqrt(Math.max(0, left)) * (1 + 2 ** -23);
      to[at + end - start] = length;
      if (s > 0) to[at + end - start + 1] = sign * before;
      before = length;
      start = end;
    }
    const [whole, at] = [records[last], (from + row) * widths[last]];
    whole.set(unit.values.subarray(row * unit.columns, (row + 1) * unit.columns), at);
    whole.fill(0, at + unit.columns, at + widths[last]);
  }
}
