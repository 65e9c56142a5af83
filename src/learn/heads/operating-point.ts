/**
 * Where to raise the alarm: the threshold on the probability of one class that costs least, at given
 * costs of a missed item and of a false alarm (only their ratio matters to where it lies), or that
 * misses least within an allowed rate of false alarms. Rates carry exact intervals.
 */
import { Problem } from "../../base/index.ts";
import { binomialRate, type Rate } from "../measure/index.ts";

export interface Judged {
  /** Probability that an item is of the class that must not be missed. */
  readonly probability: ArrayLike<number>;
  readonly positive: ArrayLike<boolean | number>;
}

export interface Costs {
  readonly missed: number;
  readonly falseAlarm: number;
  /** Share of such items where it will be used; default: that among the judged items. */
  readonly prevalence?: number;
}

export interface OperatingPoint {
  /** Alarm from this probability on; Infinity = never. */
  readonly threshold: number;
  readonly missed: Rate;
  readonly falseAlarm: Rate;
}

export interface CheapestPoint extends OperatingPoint {
  /** Expected cost per item, and of never and of always raising the alarm. */
  readonly cost: number;
  readonly never: number;
  readonly always: number;
}

/** Of equal costs the lowest threshold: fewer are missed. */
export function cheapestPoint(
  judged: Judged,
  { missed, falseAlarm, prevalence }: Costs,
): CheapestPoint {
  const all = sweep(judged);
  const { positives, negatives } = all[0];
  const share = prevalence ?? positives / (positives + negatives);
  const costOf = ({ found, alarms }: Step) =>
    share * missed * (1 - found / positives) + (1 - share) * falseAlarm * (alarms / negatives);
  const best = all.reduce((a, b) => (costOf(b) <= costOf(a) ? b : a));
  return {
    ...pointOf(best),
    cost: costOf(best),
    never: share * missed,
    always: (1 - share) * falseAlarm,
  };
}

/** The lowest threshold whose false alarms stay within the rate. */
export function pointWithin(judged: Judged, falseAlarm: number): OperatingPoint {
  const within = sweep(judged).filter(({ alarms, negatives }) => alarms <= falseAlarm * negatives);
  return pointOf(within[within.length - 1]);
}

interface Step {
  readonly threshold: number;
  readonly found: number;
  readonly alarms: number;
  readonly positives: number;
  readonly negatives: number;
}

/** Every threshold that makes a difference, from never to always. */
function sweep({ probability, positive }: Judged): Step[] {
  const items = Array.from({ length: probability.length }, (_, i) => i).sort(
    (a, b) => probability[b] - probability[a],
  );
  const positives = items.filter((i) => positive[i]).length;
  const negatives = items.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new Problem("heads/one-sided", { positives, negatives });
  }
  let [found, alarms] = [0, 0];
  const steps = [{ threshold: Number.POSITIVE_INFINITY, found, alarms, positives, negatives }];
  items.forEach((item, at) => {
    if (positive[item]) found++;
    else alarms++;
    const threshold = probability[item];
    const next = items[at + 1];
    if (next !== undefined && probability[next] === threshold) return;
    steps.push({ threshold, found, alarms, positives, negatives });
  });
  return steps;
}

function pointOf({ threshold, found, alarms, positives, negatives }: Step): OperatingPoint {
  return {
    threshold,
    missed: binomialRate(positives - found, positives),
    falseAlarm: binomialRate(alarms, negatives),
  };
}
