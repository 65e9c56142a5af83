/**
 * Abstention with a promise, by Learn then Test (Angelopoulos, Bates, Candès, Jordan, Lei 2021, arXiv
 * 2110.01052): among items that are accepted because their confidence reaches a threshold, at most a
 * share `target` is wrong, with probability 1 - δ over the calibration items.
 *
 * Thresholds are tested from strict to lax, ending at the first that fails (fixed sequence): the error
 * among its accepted items has the exact upper bound of Clopper and Pearson, and that must not exceed
 * the target. One unlucky item at a strict beginning would end it, so three sequences begin at stricter
 * and laxer thresholds, each at level δ / 3, and the laxest threshold that any of them reaches is taken.
 * Thresholds must not come from the calibration items; here they are those that accept given shares of
 * unlabelled items. The first accepts half as many again as could prove the target were none wrong.
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
  /** Upper bound of the error among accepted items, at 1 - δ / 3. */
  readonly bound: number;
  /** Share of the unlabelled items that would be accepted. */
  readonly answered: number;
}

const steps = 40;
/** Where the sequences begin, in multiples of the items that could prove the target. */
const beginnings = [1.5, 4, 10];

export function fitAbstention(
  confidence: ArrayLike<number>,
  correct: ArrayLike<boolean | number>,
  { target, delta, unlabelled }: AbstentionOptions,
): Abstention {
  const items = confidence.length;
  const tail = delta / beginnings.length;
  const needed = provingItems(target, tail);
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
    const bound = binomialUpper(wrong, accepted, tail);
    const answered = sorted.filter((value) => value >= threshold).length / sorted.length;
    return { target, delta, confidence: threshold, accepted, wrong, bound, answered };
  };
  const reached = beginnings.flatMap((times) => {
    const first = Math.min(1, (times * needed) / items);
    const passed: Abstention[] = [];
    for (let step = 0; step <= steps; step++) {
      const found = judge(first + ((1 - first) * step) / steps);
      if (found.bound > target) break;
      passed.push(found);
    }
    return passed.slice(-1);
  });
  return reached.reduce(
    (laxest, one) => (one.confidence < laxest.confidence ? one : laxest),
    nothing(target, delta),
  );
}

function nothing(target: number, delta: number): Abstention {
  const confidence = Number.POSITIVE_INFINITY;
  return { target, delta, confidence, accepted: 0, wrong: 0, bound: 1, answered: 0 };
}

/** How many items, none of them wrong, prove an error of `target` at 1 - δ: (1 - target)ⁿ ≤ δ. */
export function provingItems(target: number, delta: number): number {
  return Math.ceil(Math.log(delta) / Math.log1p(-target) - 1e-9);
}
