/**
 * Split conformal prediction (Vovk, Gammerman, Shafer 2005; Sadinle, Lei, Wasserman 2019): the set of
 * all classes whose probability reaches a threshold holds the true class with probability 1 - α at
 * least, over calibration and item together, whatever the head. With scores 1 - p_y of n calibration
 * items the threshold is the ⌈(n + 1)(1 - α)⌉-th smallest; there is none while α < 1 / (n + 1).
 *
 * By class (Vovk 2012, Mondrian): each class has a threshold from its own calibration items, so that the
 * promise holds for each class alone; one with too few of them is in every set, as nothing excludes it.
 */
import { Problem } from "../../base/index.ts";
import type { Matrix } from "../measure/index.ts";

export interface ConformalRule {
  readonly alpha: number;
  /** Calibration items. */
  readonly items: number;
  /** Whether the promise is for all items together or for those of each class. */
  readonly by: "all" | "class";
  /** A class of at least this probability is in the set; one number for each class. */
  readonly thresholds: readonly number[];
}

export interface Conformal extends ConformalRule {
  /** Classes in the set of each row, the likeliest first. May be empty: no class is likely enough. */
  sets(probabilities: Matrix): number[][];
}

export interface ConformalOptions {
  readonly alpha: number;
  readonly by?: ConformalRule["by"];
}

/**
 * Calibration items are a random sample, and neither the head nor its temperature saw them. A code of
 * -1 is a class that the head does not know: its probability is 0.
 */
export function fitConformal(
  probabilities: Matrix,
  codes: Int32Array,
  { alpha, by = "all" }: ConformalOptions,
): Conformal {
  const { columns, values } = probabilities;
  const own = Float64Array.from(codes, (code, i) => (code < 0 ? 0 : values[i * columns + code]));
  const all = thresholdOf(own, alpha);
  const thresholds = Array.from({ length: columns }, (_, c) => {
    if (by === "all") return all;
    const ofClass = own.filter((_, i) => codes[i] === c);
    return alpha < 1 / (ofClass.length + 1) - 1e-12 ? 0 : thresholdOf(ofClass, alpha);
  });
  return openConformal({ alpha, items: codes.length, by, thresholds });
}

export function openConformal(rule: ConformalRule): Conformal {
  const { thresholds } = rule;
  return {
    ...rule,
    sets: ({ rows, columns, values }) =>
      Array.from({ length: rows }, (_, i) =>
        Array.from({ length: columns }, (_, c) => c)
          .filter((c) => values[i * columns + c] >= thresholds[c])
          .sort((a, b) => values[i * columns + b] - values[i * columns + a] || a - b),
      ),
  };
}

function thresholdOf(own: Float64Array, alpha: number): number {
  const place = conformalPlace(own.length, alpha);
  return own.toSorted()[own.length - place];
}

/** ⌈(n + 1)(1 - α)⌉, refused where that is beyond n. */
export function conformalPlace(n: number, alpha: number): number {
  // The sum is rounded upwards at most by what float64 loses: 19.000000000000004 is 19.
  const place = Math.ceil((n + 1) * (1 - alpha) - 1e-9);
  if (place > n || place < 1) {
    throw new Problem("heads/too-few-to-calibrate", {
      items: n,
      alpha,
      needed: Math.ceil(1 / alpha - 1 - 1e-9),
    });
  }
  return place;
}
