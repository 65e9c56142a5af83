/** Time as something that is passed in: `monotonic` in milliseconds for durations, `now` for stamps. */

export interface Clock {
  monotonic(): number;
  now(): Date;
}

export const systemClock: Clock = {
  monotonic: () => performance.now(),
  now: () => new Date(),
};
