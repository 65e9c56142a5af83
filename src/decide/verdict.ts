/** A verdict: the id of a sentence with the numbers it speaks of. `words` has the sentences. */
import type { Evidence } from "../base/index.ts";

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** ○ works, △ partly, × failed, ? unknown; "unlabelled" where nothing could be judged by meaning. */
export type Outcome = "works" | "partly" | "failed" | "unknown" | "unlabelled";

export type VerdictCode =
  | "verdict/pending-data"
  | "verdict/pending-untrained"
  | "verdict/pending-trained"
  | "verdict/works"
  | "verdict/partly-small-gain"
  | "verdict/partly-simple-as-good"
  | "verdict/failed-collapsed"
  | "verdict/failed-no-gain"
  | "verdict/failed-harmed"
  | "verdict/failed-simple-better"
  | "verdict/failed-chance"
  | "verdict/unknown-few"
  | "verdict/unknown-wide"
  | "verdict/unlabelled"
  | "verdict/unlabelled-no-gain"
  | "verdict/finding-of-hundred"
  | "verdict/finding-imbalance"
  | "verdict/finding-control-holds"
  | "verdict/finding-control-equal"
  | "verdict/finding-control-fails"
  | "verdict/finding-coarser-easier"
  | "verdict/finding-finer-easier"
  | "verdict/finding-layer-last"
  | "verdict/finding-layer-earlier"
  | "verdict/finding-regularisation-drives"
  | "verdict/finding-training-gap"
  | "verdict/finding-labels-pay"
  | "verdict/finding-outlines-better"
  | "verdict/finding-low-rank"
  | "verdict/finding-luck"
  | "verdict/finding-stable"
  | "verdict/finding-rejected"
  | "verdict/finding-small-classes"
  | "verdict/next-search"
  | "verdict/next-longer"
  | "verdict/next-more-pictures"
  | "verdict/next-use-simple"
  | "verdict/next-against-collapse"
  | "verdict/next-more-evaluation"
  | "verdict/next-attach-labels"
  | "verdict/next-check-labels"
  | "verdict/next-more-pixels"
  | "verdict/change-gain-gone"
  | "verdict/change-gain-needed"
  | "verdict/change-simple"
  | "verdict/change-more-evaluation"
  | "verdict/change-labels"
  | "verdict/change-break-even"
  | "verdict/change-yen"
  | "verdict/change-sure-missed";

export interface Verdict {
  readonly id: VerdictCode;
  readonly outcome?: Outcome;
  readonly values: Evidence;
}
