/** Counts of labels as text and files can hold them. */
import type { Budget, Count } from "../../learn/forecast/index.ts";
import type { Counted } from "./options.ts";

export function told<T extends Count>(found: T): Omit<T, keyof Counted> & Counted {
  const { labels, low, high, ...rest } = found;
  return { ...rest, labels: finite(labels), low: finite(low), high: finite(high) };
}

export function toldParts({ training, calibration, evaluation, total }: Budget) {
  return {
    training: told(training),
    calibration: told(calibration),
    evaluation: told(evaluation),
    total: told(total),
  };
}

function finite(count: number): number | null {
  return Number.isFinite(count) ? count : null;
}
