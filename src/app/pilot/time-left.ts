/** How long a pilot still takes: from what was asked, then from how fast it goes. No promise. */
import type { Clock, Event } from "../../base/index.ts";
import { trainingDefaults } from "../training-choices.ts";

/** Embedding and measuring on two cores of a usual PC; the work itself soon tells better. */
const secondsAfterTraining = { first: 20, each: 0.02 } as const;

/** Seconds of training, where the asked duration says it. */
export function trainingSeconds({
  epochs,
  minutes,
}: {
  readonly epochs?: number;
  readonly minutes?: number;
}): number | undefined {
  return epochs === undefined ? 60 * (minutes ?? trainingDefaults.minutes) : undefined;
}

export function measuringSeconds(pictures: number): number {
  return secondsAfterTraining.first + secondsAfterTraining.each * pictures;
}

export interface TimeLeft {
  /** In all; undefined where nobody can tell yet. */
  seconds(): number | undefined;
  event(event: Event): void;
  endTraining(): void;
}

interface Expected {
  readonly training: number | undefined;
  readonly measuring: number;
  /** Called now and then while a stage goes on. */
  readonly tell: (seconds: number) => void;
}

const tellMilliseconds = 60_000;

export function openTimeLeft(clock: Clock, expected: Expected): TimeLeft {
  let { training, measuring } = expected;
  const first = new Map<string, { readonly done: number; readonly time: number }>();
  let last = clock.monotonic();
  const seconds = () => (training === undefined ? undefined : Math.round(training + measuring));
  return {
    seconds,
    event(event) {
      if (event.type !== "progress" || event.total === undefined) return;
      const { phase, done, total } = event;
      if (phase !== "pretrain" && phase !== "measure") return;
      const now = clock.monotonic();
      const start = first.get(phase) ?? { done, time: now };
      first.set(phase, start);
      if (done <= start.done) return;
      const left = ((total - done) * (now - start.time)) / 1000 / (done - start.done);
      if (phase === "pretrain") training = left;
      else measuring = left;
      const all = seconds();
      if (now - last < tellMilliseconds || all === undefined) return;
      last = now;
      expected.tell(all);
    },
    endTraining() {
      training = 0;
    },
  };
}
