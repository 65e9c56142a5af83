/**
 * Reliability: how often predictions of a stated confidence are right, in bins of equal width, and the
 * expected calibration error Σ n_b / n · |right_b - confidence_b| (Naeini, Cooper, Hauskrecht 2015).
 */
import { type Matrix, type Rate, weightedRate } from "../measure/index.ts";
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

export interface ReliabilityOptions {
  readonly bins?: number;
  /** How many items each stands for; default: 1. */
  readonly weights?: ArrayLike<number> | undefined;
}

export function reliability(
  probabilities: Matrix,
  codes: Int32Array,
  { bins = 10, weights }: ReliabilityOptions = {},
): Reliability {
  const { predicted, confidence } = likeliest(probabilities);
  const members: number[][] = Array.from({ length: bins }, () => []);
  for (let i = 0; i < codes.length; i++) {
    members[Math.min(bins - 1, Math.floor(confidence[i] * bins))].push(i);
  }
  const isRight = (i: number) => predicted[i] === codes[i];
  const sum = (items: readonly number[], of: (i: number) => number) =>
    items.reduce((total, i) => total + (weights?.[i] ?? 1) * of(i), 0);
  const found = members.flatMap((items, bin) => {
    if (items.length === 0) return [];
    const right = weightedRate(items, isRight, weights);
    const mean = sum(items, (i) => confidence[i]) / right.of;
    return [{ from: bin / bins, to: (bin + 1) / bins, confidence: mean, right }];
  });
  const all = found.reduce((total, { right }) => total + right.of, 0);
  const gap = ({ confidence: said, right }: ReliabilityBin) =>
    (right.of / all) * Math.abs(right.rate - said);
  return { expectedError: found.reduce((total, bin) => total + gap(bin), 0), bins: found };
}
