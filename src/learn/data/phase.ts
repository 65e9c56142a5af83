/** A stretch of work as events: begins, goes on, ends with its seconds. */
import type { Clock, Emit, Phase } from "../../base/index.ts";

export interface Stretch {
  /** Tells where the work is; not every item, so that listeners are not flooded. */
  at(done: number): void;
  end(): void;
}

const every = 32;

export function startPhase(
  phase: Phase,
  { emit, clock, total }: { emit: Emit; clock: Clock; total?: number },
): Stretch {
  const started = clock.monotonic();
  const known = total === undefined ? {} : { total };
  let told = 0;
  emit({ type: "phase", phase, ...known });
  return {
    at(done) {
      if (done - told < every && done !== total) return;
      told = done;
      emit({ type: "progress", phase, done, ...known });
    },
    end() {
      emit({ type: "phase-end", phase, seconds: (clock.monotonic() - started) / 1000 });
    },
  };
}
