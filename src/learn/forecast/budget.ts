/**
 * The labels a plan takes: for training (forecast), for calibration (what conformal sets and abstention
 * need) and for evaluation (what shows the claim), counted apart, since none may do another's work,
 * and together. Items of a rare class are found by labelling at random: n of them take n / share labels.
 */
import { abstentionItems } from "../heads/index.ts";
import { itemsToPlan, type Planned } from "./evaluation-need.ts";
import type { Forecast } from "./forecast.ts";

export interface BudgetPlan {
  readonly training: Pick<Forecast, "labels" | "low" | "high">;
  readonly calibration?: {
    /** α of conformal sets. */
    readonly alpha?: number;
    /** Error among the answers given, and how often that promise may fail. */
    readonly abstention?: { readonly target: number; readonly delta: number };
  };
  readonly evaluation?:
    | (Planned & {
        /** Share of the items that the claim is about among all: defects, for missed ones. */
        readonly share?: number;
      })
    /** As they were counted otherwise. */
    | { readonly labels: number };
}

export interface Budget {
  readonly training: Count;
  readonly calibration: Count;
  readonly evaluation: Count;
  readonly total: Count;
}

/** Infinity where no number is enough. */
export interface Count {
  readonly labels: number;
  readonly low: number;
  readonly high: number;
}

/** Conformal sets of α are possible from 1 / α - 1 labels and fluctuate; so many times as many are planned. */
const roomy = 5;
export function budget({ training, calibration = {}, evaluation }: BudgetPlan): Budget {
  const { alpha, abstention } = calibration;
  const sets = alpha === undefined ? 0 : Math.ceil(roomy * (1 / alpha - 1) - 1e-9);
  const promise = abstention ? abstentionItems(abstention.target, abstention.delta) : 0;
  const shown = evaluation ? evaluationLabels(evaluation) : 0;
  const parts = [
    {
      labels: Math.ceil(training.labels),
      low: Math.ceil(training.low),
      high: Math.ceil(training.high),
    },
    sure(Math.max(sets, promise)),
    sure(shown),
  ];
  const sum = (of: keyof Count) => parts.reduce((total, part) => total + part[of], 0);
  return {
    training: parts[0],
    calibration: parts[1],
    evaluation: parts[2],
    total: { labels: sum("labels"), low: sum("low"), high: sum("high") },
  };
}

function evaluationLabels(evaluation: NonNullable<BudgetPlan["evaluation"]>): number {
  if ("labels" in evaluation) return Math.ceil(evaluation.labels);
  return Math.ceil(itemsToPlan(evaluation) / (evaluation.share ?? 1));
}

function sure(labels: number): Count {
  return { labels, low: labels, high: labels };
}
