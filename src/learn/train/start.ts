/** Where training begins: at seeded or given weights, or in the middle by a checkpoint. */
import { type Clock, type Emit, Problem } from "../../base/index.ts";
import type { Batches } from "./batches.ts";
import { type Checkpoint, planDifferences } from "./checkpoint.ts";
import { measureStep, stepsWithin } from "./duration.ts";
import { type Session, startingValues } from "./session.ts";
import { type Settings, stepsOf } from "./settings.ts";

export interface Start {
  /** Steps done already. */
  readonly step: number;
  readonly steps: number;
}

export interface StartOptions {
  readonly session: Session;
  readonly batches: Batches;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Of these very settings. */
  readonly checkpoint?: Checkpoint;
  readonly allowOtherPlan?: boolean;
}

/** Fills the session's weights. Minutes are turned into steps here, unless a checkpoint knows them. */
export async function start(settings: Settings, options: StartOptions): Promise<Start> {
  const { session, clock, emit, checkpoint } = options;
  if (checkpoint) return await resume({ ...options, checkpoint });
  const started = clock.monotonic();
  await session.write(startingValues(settings));
  const { duration } = settings;
  if ("epochs" in duration) return { step: 0, steps: stepsOf(settings, duration.epochs) };
  const milliseconds = await measureStep(settings, options);
  const spent = (clock.monotonic() - started) / 60_000;
  const steps = stepsWithin(duration.minutes - spent, milliseconds);
  const values = { minutes: duration.minutes, steps, milliseconds };
  emit({ type: "notice", level: "info", code: "train/steps-from-minutes", values });
  return { step: 0, steps };
}

async function resume({
  session,
  emit,
  checkpoint,
  allowOtherPlan,
}: StartOptions & { checkpoint: Checkpoint }): Promise<Start> {
  const fields = planDifferences(checkpoint.plan, session.program.plan);
  if (fields) {
    if (!allowOtherPlan) throw new Problem("train/checkpoint-other-plan", { fields });
    emit({ type: "notice", level: "warning", code: "train/plan-changed", values: { fields } });
  }
  await session.write(checkpoint.values);
  const { step, steps } = checkpoint;
  emit({ type: "notice", level: "info", code: "train/resumed", values: { step, steps } });
  return { step, steps };
}
