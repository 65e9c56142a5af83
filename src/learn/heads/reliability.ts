/**
 * Reliability: how often predictions of a stated confidence are right, in bins of equal width, and the
 * expected calibration error Σ n_b / n · |right_b - confidence_b| (Naeini, Cooper, Hauskrecht 2015).
 */
import { binomialRate, type Matrix, type Rate } from "../measure/index.ts";
import { likeliest } from "./temperature.ts";

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  /** Mean confidence of the predictions in the bin. */
  readonly confidence: number;
  readonly right: Rate;
}

export interface Reliability {
  readonly expectedError: number;
  /** Only bins that have predictions. */
  readonly bins: readonly ReliabilityBin[];
}

export function reliability(
  probabilities: Matrix,
  codes: Int32Array,
  { bins = 10 }: { readonly bins?: number } = {},
): Reliability {
  const { predicted, confidence } = likeliest(probabilities);
  const [counts, rights, sums] = [0, 1, 2].map(() => new Float64Array(bins));
  for (let i = 0; i < codes.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(confidence[i] * bins));
    counts[bin]++;
    sums[bin] += confidence[i];
    if (predicted[i] === codes[i]) rights[bin]++;
  }
  const found = Array.from(counts.keys()).filter((bin) => counts[bin] > 0);
  const share = (bin: number) => Math.abs(rights[bin] - sums[bin]) / codes.length;
  return {
    expectedError: found.reduce((sum, bin) => sum + share(bin), 0),
    bins: found.map((bin) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      confidence: sums[bin] / counts[bin],
      right: binomialRate(rights[bin], counts[bin]),
    })),
  };
}
