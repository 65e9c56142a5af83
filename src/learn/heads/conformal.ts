/**
 * Split conformal prediction (Vovk, Gammerman, Shafer 2005; Sadinle, Lei, Wasserman 2019): the set of
 * all classes whose probability reaches a threshold holds the true class with probability 1 - α at
 * least, over calibration and item together, whatever the head. With scores 1 - p_y of n calibration
 * items the threshold is the ⌈(n + 1)(1 - α)⌉-th smallest; there is none while α < 1 / (n + 1).
 */
import { Problem } from "../../base/index.ts";
import type { Matrix } from "../measure/index.ts";

export interface Conformal {
  readonly alpha: number;
  readonly items: number;
  /** Classes of at least this probability are in the set. */
  readonly probability: number;
  /** Classes in the set of each row, the likeliest first. May be empty: no class is likely enough. */
  sets(probabilities: Matrix): number[][];
}

/** Calibration items are a random sample, and neither the head nor its temperature saw them. */
export function fitConformal(
  probabilities: Matrix,
  codes: Int32Array,
  { alpha }: { readonly alpha: number },
): Conformal {
  const { columns, values } = probabilities;
  const n = codes.length;
  const place = conformalPlace(n, alpha);
  const own = Float64Array.from(codes, (code, i) => values[i * columns + code]).sort();
  const probability = own[n - place];
  return {
    alpha,
    items: n,
    probability,
    sets: ({ rows, columns: classes, values: found }) =>
      Array.from({ length: rows }, (_, i) =>
        Array.from({ length: classes }, (_, c) => c)
          .filter((c) => found[i * classes + c] >= probability)
          .sort((a, b) => found[i * classes + b] - found[i * classes + a] || a - b),
      ),
  };
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
