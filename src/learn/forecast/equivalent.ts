/**
 * How many labels on one curve do what another's largest number does: read off between measured sizes,
 * never beyond them. The curve is made to fall (weighted isotonic regression) and is straight in log n
 * between sizes. Curves of as many draws are of the same ones, so replicates take the same of both; what
 * evaluation items leave open is taken as independent, which makes the interval wider than it is.
 */
import { fork, type Key } from "../../base/index.ts";
import type { LearningCurve } from "./learning-curve.ts";
import type { Sample } from "./power-law.ts";
import { replicateOf, samplesOf, unmoved } from "./replicates.ts";

export interface Equivalent {
  /** Labels on the curve; below its first size it says no more than that, above its last Infinity. */
  readonly labels: number;
  readonly low: number;
  readonly high: number;
  /** What they do as well as: so many labels of the other curve, and its error there. */
  readonly other: number;
  readonly error: number;
  readonly level: number;
}

export interface EquivalentOptions {
  readonly key: Key;
  readonly replicates?: number;
  readonly level?: number;
}

export function equivalentLabels(
  curve: LearningCurve,
  other: LearningCurve,
  { key, replicates = 400, level = 0.9 }: EquivalentOptions,
): Equivalent {
  const repeats = curve.points[0].errors.length;
  const all = Array.from({ length: repeats }, (_, r) => r);
  const lastOf = (samples: readonly Sample[]) => samples[samples.length - 1];
  const others = other.points[0].errors.length;
  const allOthers = Array.from({ length: others }, (_, r) => r);
  const target = lastOf(samplesOf(other, allOthers, unmoved));
  const found = Float64Array.from({ length: replicates }, (_, replicate) => {
    const chance = fork(key, "replicate", replicate);
    const { draws, shifts } = replicateOf(chance, repeats);
    const theirs = replicateOf(fork(chance, "other"), others);
    const moved = { items: theirs.shifts.items, pool: shifts.pool };
    const same = others === repeats ? draws : theirs.draws;
    const { error } = lastOf(samplesOf(other, same, moved));
    return crossing(samplesOf(curve, draws, shifts), error);
  }).sort();
  const labels = crossing(samplesOf(curve, all, unmoved), target.error);
  const at = (share: number) => found[Math.round(share * (replicates - 1))];
  return {
    labels,
    low: Math.min(labels, at((1 - level) / 2)),
    high: Math.max(labels, at((1 + level) / 2)),
    other: target.labels,
    error: target.error,
    level,
  };
}

/** The least number of labels at which the falling curve is at most the error. */
export function crossing(samples: readonly Sample[], error: number): number {
  const errors = falling(samples);
  const at = errors.findIndex((one) => one <= error);
  if (at < 0) return Number.POSITIVE_INFINITY;
  if (at === 0) return samples[0].labels;
  const [left, right] = [samples[at - 1].labels, samples[at].labels];
  const share = (errors[at - 1] - error) / (errors[at - 1] - errors[at]);
  return left * (right / left) ** share;
}

/** Pool adjacent violators: the falling values nearest to the errors, weighted. */
function falling(samples: readonly Sample[]): number[] {
  const blocks: { error: number; weight: number; count: number }[] = [];
  for (const { error, weight } of samples) {
    let block = { error, weight, count: 1 };
    for (let last = blocks.at(-1); last && last.error < block.error; last = blocks.at(-1)) {
      blocks.pop();
      const total = last.weight + block.weight;
      block = {
        error: (last.error * last.weight + block.error * block.weight) / total,
        weight: total,
        count: last.count + block.count,
      };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ error, count }) => new Array<number>(count).fill(error));
}
