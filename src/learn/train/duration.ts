/** Minutes into steps, by measuring steps that are then forgotten. */
import type { Clock, Emit } from "../../base/index.ts";
import { cosineSchedule } from "../optim/index.ts";
import type { Batches } from "./batches.ts";
import type { Session } from "./session.ts";
import type { Settings } from "./settings.ts";

/** The first step also prepares memory and plans, and is not counted. */
const [uncounted, counted] = [1, 4];

/** Kept back for what is beside the steps: checkpoints and evaluations. */
const reserve = 0.05;

/** Median milliseconds of a step, views included. Leaves the weights as `session.write` gets them. */
export async function measureStep(
  settings: Settings,
  {
    session,
    batches,
    clock,
    emit,
  }: { session: Session; batches: Batches; clock: Clock; emit: Emit },
): Promise<number> {
  const before = await session.read();
  const schedule = cosineSchedule(settings.rate, uncounted + counted);
  const times: number[] = [];
  emit({ type: "phase", phase: "warm-up", total: uncounted + counted });
  const started = clock.monotonic();
  for (let step = 0; step < uncounted + counted; step++) {
    const from = clock.monotonic();
    await session.step(step, schedule, await batches.take(step));
    if (step >= uncounted) times.push(clock.monotonic() - from);
    emit({ type: "progress", phase: "warm-up", done: step + 1, total: uncounted + counted });
  }
  await session.write(before);
  emit({ type: "phase-end", phase: "warm-up", seconds: (clock.monotonic() - started) / 1000 });
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** Steps that fit into the minutes at this pace, at least one. */
export function stepsWithin(minutes: number, millisecondsPerStep: number): number {
  return Math.max(1, Math.floor((minutes * 60_000 * (1 - reserve)) / millisecondsPerStep));
}
