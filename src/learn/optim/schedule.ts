/** The learning rate of each step: linear warm-up, then half a cosine. */

export interface Schedule {
  readonly steps: number;
  readonly warmUp: number;
  readonly peak: number;
  readonly last: number;
}

/** Warm-up takes 10 % of the steps; the cosine ends at a thousandth of the peak. */
export function cosineSchedule(peak: number, steps: number): Schedule {
  return { steps, warmUp: Math.floor(steps / 10), peak, last: peak / 1000 };
}

/**
 * peak·(step + 1)/(warmUp + 1) while warming up, so that no step is wasted at 0 and the step after
 * has the peak; then last + (peak - last)·(1 + cos(π·progress))/2. Steps count from 0.
 */
export function rateAt({ steps, warmUp, peak, last }: Schedule, step: number): number {
  if (step < warmUp) return (peak * (step + 1)) / (warmUp + 1);
  const progress = (step - warmUp) / Math.max(1, steps - 1 - warmUp);
  return last + ((peak - last) * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
}
