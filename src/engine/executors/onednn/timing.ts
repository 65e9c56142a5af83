/** How long one run of something takes, on a machine that may have other work to do. */

export interface Timing {
  /** Milliseconds by the clock, of the fastest run that nothing interrupted; none where all were. */
  readonly clock?: number;
  /** Milliseconds of processor time, of the cheapest run, all threads together. */
  readonly processor: number;
}

/** Nothing could be timed, so it is never the fastest. */
export const unknownTiming: Timing = {
  clock: Number.POSITIVE_INFINITY,
  processor: Number.POSITIVE_INFINITY,
};

/** Runs to go by, and how many are tried to get them. */
const wanted = 2;
const most = 4;

/** After a first run that warms up. */
export function timingOf(run: () => void): Timing {
  run();
  let clock: number | undefined;
  let processor = Number.POSITIVE_INFINITY;
  let calm = 0;
  for (let tried = 0; tried < most && calm < wanted; tried++) {
    const before = process.resourceUsage();
    const start = performance.now();
    run();
    const time = performance.now() - start;
    const after = process.resourceUsage();
    const microseconds =
      after.userCPUTime - before.userCPUTime + after.systemCPUTime - before.systemCPUTime;
    processor = Math.min(processor, microseconds / 1000);
    if (after.involuntaryContextSwitches > before.involuntaryContextSwitches) continue;
    calm++;
    clock = Math.min(clock ?? Number.POSITIVE_INFINITY, time);
  }
  return clock === undefined ? { processor } : { clock, processor };
}

/**
 * The name of the fastest: by the clock, unless some were interrupted whenever they ran. Then the clock tells more
 * of other programs than of them, and processor time decides.
 */
export function fastest(
  timed: readonly { readonly name: string; readonly timing: Timing }[],
): string {
  const calm = timed.every(({ timing }) => timing.clock !== undefined);
  const timeOf = ({ clock = 0, processor }: Timing) => (calm ? clock : processor);
  return timed.reduce((best, one) => (timeOf(one.timing) < timeOf(best.timing) ? one : best)).name;
}
