/** What the goal takes besides labels to train on: labels to show it by, and to calibrate with. */
import {
  type Budget,
  budget,
  type Forecast,
  type Goal,
  itemsToPlan,
  itemsToShow,
  judgedItems,
  labelsInStrata,
} from "../../learn/forecast/index.ts";
import type { EvaluationNeed } from "./options.ts";
import { classAt } from "./share.ts";

export interface Planning {
  readonly goal: Goal;
  readonly allowed: number;
  readonly judged: { readonly codes: Int32Array; readonly weights: Float64Array | undefined };
  /** Of items like those on the shelf, that they are of the goal's class. */
  readonly probability: ArrayLike<number> | undefined;
}

/** The plan takes half the error allowed for the true one: at the limit itself nothing can be shown. */
const expectedPart = 0.5;

export function evaluationNeed(planning: Planning): EvaluationNeed {
  const { goal, allowed, judged, probability } = planning;
  const expected = expectedPart * allowed;
  const [least, planned] = [
    itemsToShow({ atMost: allowed }),
    itemsToPlan({ atMost: allowed, expected }),
  ];
  const share = classAt(goal, judged);
  const random = Math.ceil(planned / (share ?? 1));
  const inStrata =
    share !== undefined && probability !== undefined && share < rare
      ? scaled(probability, planned)
      : undefined;
  return {
    least,
    planned,
    expected,
    ...(share !== undefined && { share }),
    random,
    ...(inStrata !== undefined && inStrata < random && { strata: inStrata }),
    atHand: Math.round(judgedItems(goal, judged)),
  };
}

/** Where fewer items than this are of the class, strata are worth the trouble. */
const rare = 0.2;

/** For a shelf as large as it has to be, with probabilities spread as here. */
function scaled(probability: ArrayLike<number>, needed: number): number {
  const total = Array.from(probability).reduce((sum, p) => sum + p, 0);
  // Half of the class's items at hand, so that most of them are not all drawn.
  const part = total / 2;
  const labels = labelsInStrata(probability, Math.min(needed, part));
  return Math.ceil((labels * needed) / Math.min(needed, part));
}

export function plannedBudget(forecast: Forecast, need: EvaluationNeed, allowed: number): Budget {
  const labels = need.strata ?? need.random;
  return budget({ training: forecast, calibration: { alpha: allowed }, evaluation: { labels } });
}
