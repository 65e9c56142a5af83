/** Where training begins: at seeded or given weights, or in the middle by a checkpoint. */
import { type Clock, type Emit, Problem } from "../../base/index.ts";
import type { Batches } from "./batches.ts";
import {
  type CheckpointFile,
  checkConfiguration,
  decodeCheckpoint,
  planDifferences,
} from "./checkpoint.ts";
import { measureStep, stepsWithin } from "./duration.ts";
import { type Session, startingValues } from "./session.ts";
import { configurationOf, type Settings, stepsOf } from "./settings.ts";

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
  readonly resumeFrom?: CheckpointFile;
  readonly allowOtherPlan?: boolean;
}

/** Fills the session's weights. Minutes are turned into steps here, unless a checkpoint knows them. */
export async function start(settings: Settings, options: StartOptions): Promise<Start> {
  const { session, clock, emit, resumeFrom } = options;
  if (resumeFrom) return await resume(settings, { ...options, resumeFrom });
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

async function resume(
  settings: Settings,
  { session, emit, resumeFrom, allowOtherPlan }: StartOptions & { resumeFrom: CheckpointFile },
): Promise<Start> {
  const checkpoint = decodeCheckpoint(resumeFrom);
  checkConfiguration(checkpoint, configurationOf(settings));
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
