/** Watches the outputs for collapse, complete or dimensional, and names it once with its numbers. */
import type { Key } from "../../base/index.ts";
import { type Matrix, spectrum } from "../measure/index.ts";
import type { Caution } from "./settings.ts";

export interface Gauge {
  readonly step: number;
  /** Deviation of l2-normalised outputs times √d: about 1 is healthy, 0 collapsed. */
  readonly deviation: number;
  /** exp of the entropy of the centred outputs' singular values. */
  readonly rank: number;
  /** The rank there could be: min(rows - 1, columns). */
  readonly possible: number;
}

export type Collapse = "complete" | "dimensional";

const collapseLimits = {
  /** 0.1 is a mean cosine of 0.99 between different pictures. */
  deviation: 0.1,
  /** Share of the possible rank. */
  rank: 0.05,
};

const mostRows = 256;

/** At most 256 rows of `projections` are used: enough to tell few directions from many. */
export function gaugeOf(projections: Matrix, deviation: number, at: { step: number; key: Key }) {
  const rows = Math.min(mostRows, projections.rows);
  const values = projections.values.subarray(0, rows * projections.columns);
  const { effectiveRank } = spectrum({ ...projections, rows, values }, { key: at.key });
  const possible = Math.min(rows - 1, projections.columns);
  return { step: at.step, deviation, rank: effectiveRank, possible } satisfies Gauge;
}

export function collapseOf({ deviation, rank, possible }: Gauge): Collapse | undefined {
  if (deviation < collapseLimits.deviation) return "complete";
  // One direction of two or three possible is what small networks have; it means nothing.
  if (possible >= 10 && rank < Math.max(1.5, collapseLimits.rank * possible)) return "dimensional";
  return undefined;
}

/**
 * Speaks when a kind of collapse is seen in two gauges one after the other, and again only after it
 * was gone. Gauges before `from` (the warm-up: untrained outputs are alike) are passed over.
 */
export function createCollapseWatch({ from }: { from: number }): {
  see(gauge: Gauge): Caution | undefined;
  state(): Collapse | undefined;
} {
  let before: Collapse | undefined;
  let named: Collapse | undefined;
  return {
    see(gauge): Caution | undefined {
      if (gauge.step < from) return undefined;
      const now = collapseOf(gauge);
      const confirmed = now !== undefined && now === before;
      before = now;
      if (now === undefined) named = undefined;
      if (!confirmed || now === named) return undefined;
      named = now;
      const { step, deviation, rank, possible } = gauge;
      if (now === "complete") {
        return { code: "train/complete-collapse", values: { step, deviation } };
      }
      return { code: "train/dimensional-collapse", values: { step, rank, possible } };
    },
    state: () => named,
  };
}
