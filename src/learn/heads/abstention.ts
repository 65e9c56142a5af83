/**
 * Abstention with a promise, by Learn then Test (Angelopoulos, Bates, Candès, Jordan, Lei 2021, arXiv
 * 2110.01052): among items that are accepted because their confidence reaches a threshold, at most a
 * share `target` is wrong, with probability 1 - δ over the calibration items.
 *
 * Thresholds are tested from strict to lax, each at level δ, ending at the first that fails (fixed
 * sequence): the error among its accepted items has the exact upper bound of Clopper and Pearson, and
 * that must not exceed the target. Thresholds must not come from the calibration items; here they are
 * those that accept given shares of unlabelled items. The first accepts three times as many as could
 * prove the target if none were wrong (fewer where there are few items in all): at a stricter beginning
 * one unlucky item would often end it. In simulations of 200 and 500 items that gave more answers than
 * beginnings at 1.5 times as many, or several sequences at δ over their number.
 */
import { Problem } from "../../base/index.ts";
import { binomialUpper } from "../measure/index.ts";

export interface AbstentionOptions {
  /** The largest share of wrong answers among those that are given. */
  readonly target: number;
  /** δ: how often the promise may fail. */
  readonly delta: number;
  /** Confidences of items that are not among the calibration items. */
  readonly unlabelled: ArrayLike<number>;
}

export interface Abstention {
  readonly target: number;
  readonly delta: number;
  /** Answers are given from this confidence on; Infinity where nothing can be promised. */
  readonly confidence: number;
  /** Of the calibration items. */
  readonly accepted: number;
  readonly wrong: number;
  /** Upper bound of the error among accepted items, at 1 - δ. */
  readonly bound: number;
  /** Share of the unlabelled items that would be accepted. */
  readonly answered: number;
}

const steps = 40;
/** Where the sequence begins at the latest, in multiples of the items that could prove the target. */
const beginning = 3;

export function fitAbstention(
  confidence: ArrayLike<number>,
  correct: ArrayLike<boolean | number>,
  { target, delta, unlabelled }: AbstentionOptions,
): Abstention {
  const items = confidence.length;
  const needed = provingItems(target, delta);
  if (needed > items) throw new Problem("heads/too-few-to-promise", { items, needed, target });
  const sorted = Float64Array.from({ length: unlabelled.length }, (_, i) => unlabelled[i]).sort();
  const judge = (share: number) => {
    const place = sorted.length - Math.ceil(share * sorted.length);
    const threshold = sorted[Math.max(0, place)];
    let [accepted, wrong] = [0, 0];
    for (let i = 0; i < items; i++) {
      if (confidence[i] < threshold) continue;
      accepted++;
      if (!correct[i]) wrong++;
    }
    const bound = binomialUpper(wrong, accepted, delta);
    // Equal confidences are all answered.
    let first = Math.max(0, place);
    while (first > 0 && sorted[first - 1] >= threshold) first--;
    const answered = (sorted.length - first) / sorted.length;
    return { target, delta, confidence: threshold, accepted, wrong, bound, answered };
  };
  const first = (Math.min(beginning, Math.sqrt(items / needed)) * needed) / items;
  let reached = nothing(target, delta);
  for (let step = 0; step <= steps; step++) {
    const found = judge(first + ((1 - first) * step) / steps);
    if (found.bound > target) break;
    reached = found;
  }
  return reached;
}

function nothing(target: number, delta: number): Abstention {
  const confidence = Number.POSITIVE_INFINITY;
  return { target, delta, confidence, accepted: 0, wrong: 0, bound: 1, answered: 0 };
}

/** How many calibration items give abstention room to begin with a few wrong answers. */
export function abstentionItems(target: number, delta: number): number {
  return beginning * provingItems(target, delta);
}

/** How many items, none of them wrong, prove an error of `target` at 1 - δ: (1 - target)ⁿ ≤ δ. */
export function provingItems(target: number, delta: number): number {
  return Math.ceil(Math.log(delta) / Math.log1p(-target) - 1e-9);
}
