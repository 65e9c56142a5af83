/** The trainer: from settings and an executor to trained weights, with checkpoints on the way. */
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { type Emit, type Event, silent } from "../../base/index.ts";
import { defaultViewWorkers } from "../augment/index.ts";
import type { ValueTree } from "../nn/index.ts";
import { cosineSchedule } from "../optim/index.ts";
import { type Batches, createBatches } from "./batches.ts";
import { checkConfiguration, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { createCollapseWatch } from "./collapse.ts";
import { type Evaluator, openEvaluator } from "./evaluator.ts";
import { requireMemory } from "./memory.ts";
import {
  gaugeAt,
  type MetricsRow,
  requireFinite,
  requireNumbers,
  rowOf,
  type Spent,
} from "./metrics.ts";
import type { Best, TrainOptions, TrainResult } from "./options.ts";
import { openSession, type Session, type StepOutputs } from "./session.ts";
import { type Caution, cautionsOf, configurationOf, type Settings, settle } from "./settings.ts";
import { type Start, start } from "./start.ts";

/** Trains until the duration is over or `signal` asks to stop; either way the last step is saved. */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { emit = silent, executor, workerModule } = options;
  const threads =
    options.workers === undefined
      ? defaultViewWorkers(availableParallelism())
      : { workers: options.workers };
  const settings = settle(options);
  const checkpoint = options.resumeFrom && decodeCheckpoint(options.resumeFrom);
  if (checkpoint) checkConfiguration(checkpoint, configurationOf(settings));
  if (options.memory !== undefined) await requireMemory(settings, executor, options.memory);
  const replayed = options.allowOtherPlan ? undefined : checkpoint?.plan;
  await using session = await openSession(settings, executor, replayed);
  const module = workerModule && { module: workerModule };
  await using batches = createBatches(settings, { ...threads, ...module });
  const begin = await start(settings, {
    ...options,
    emit,
    session,
    batches,
    ...(checkpoint && { checkpoint }),
  });
  for (const caution of cautionsOf(settings, begin.steps)) emit(notice(caution));
  await using evaluator = await openEvaluator(options, { settings, session, steps: begin.steps });
  return await run({ ...options, emit }, { settings, session, batches, evaluator, begin });
}

interface Run {
  readonly settings: Settings;
  readonly session: Session;
  readonly batches: Batches;
  readonly evaluator: Evaluator;
  readonly begin: Start;
}

async function run(options: TrainOptions & { emit: Emit }, parts: Run): Promise<TrainResult> {
  const { clock, emit, readEvery = 1, gaugeEvery = 25, onMetrics, signal } = options;
  const { settings, session, batches, evaluator } = parts;
  const { steps } = parts.begin;
  const schedule = cosineSchedule(settings.rate, steps);
  const watch = createCollapseWatch({ from: schedule.warmUp });
  const saver = createSaver(options, parts);
  const started = clock.monotonic();
  const seconds = () => (clock.monotonic() - started) / 1000;
  emit({ type: "phase", phase: "pretrain", total: steps });
  let done = parts.begin.step;
  // What was seen at the step of a checkpoint came after it was written, and is looked at again.
  let best = done === 0 || evaluator.due(done) ? await evaluator.look(done) : undefined;
  let loss: Best | undefined;

  function told(step: number, outputs: StepOutputs, spent: Spent): void {
    requireNumbers(outputs, { step, back: saver.at(), rate: settings.rate });
    const gauge = gaugeAt(step, outputs, settings);
    const row = rowOf(step, outputs, { ...settings, spent });
    const whole = gauge ? { ...row, rank: gauge.rank } : row;
    onMetrics?.(whole);
    emit(metrics(whole));
    const caution = gauge && watch.see(gauge);
    if (caution) emit(notice(caution));
    loss = { name: "loss", value: row.loss };
  }

  while (done < steps && !signal?.aborted) {
    const asked = clock.monotonic();
    const views = await batches.take(done);
    const ready = clock.monotonic();
    const gauged = done % gaugeEvery === 0;
    if (gauged || done % readEvery === 0 || done === steps - 1) {
      const read = gauged ? "everything" : "scalars";
      const outputs = await session.step(done, schedule, views, read);
      told(done, outputs, { milliseconds: clock.monotonic() - ready, wait: ready - asked });
    } else await session.blindStep(done, schedule, views);
    done++;
    if (evaluator.due(done)) best = (await evaluator.look(done)) ?? best;
    const shown = best ?? loss;
    emit({
      type: "progress",
      phase: "pretrain",
      done,
      total: steps,
      ...(shown && { best: shown }),
    });
    if (done < steps && saver.due(done)) await saver.save(done);
    await setImmediate();
  }

  const values = await saver.save(done);
  emit({ type: "phase-end", phase: "pretrain", seconds: seconds() });
  const collapse = watch.state();
  return {
    outcome: done < steps ? "interrupted" : "finished",
    step: done,
    steps,
    values: withoutSlots(values),
    shapes: session.shapes,
    configuration: configurationOf(settings),
    plan: session.program.plan,
    ...(collapse && { collapse }),
    seconds: seconds(),
  };
}

function createSaver({ clock, save, saveEvery = { seconds: 60 } }: TrainOptions, parts: Run) {
  const { settings, session, begin } = parts;
  const { steps } = begin;
  let last = { step: begin.step, time: clock.monotonic() };
  return {
    at: () => last.step,
    due: (step: number) =>
      "steps" in saveEvery
        ? step - last.step >= saveEvery.steps
        : clock.monotonic() - last.time >= saveEvery.seconds * 1000,
    /** Saves the weights after `step` steps and returns them. */
    async save(step: number): Promise<ValueTree> {
      const values = await session.read();
      requireFinite(values, { step, back: last.step, rate: settings.rate });
      const configuration = configurationOf(settings);
      const { plan } = session.program;
      const whole = { step, steps, configuration, plan, values };
      await save?.({ step, steps, parts: encodeCheckpoint(whole, session.shapes) });
      last = { step, time: clock.monotonic() };
      return values;
    },
  };
}

function metrics({ step, ...rest }: MetricsRow): Event {
  const values: Record<string, number> = {};
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) values[name] = value;
  return { type: "metrics", step, values };
}

function notice({ code, values }: Caution): Event {
  return { type: "notice", level: "warning", code, values };
}

function withoutSlots(values: ValueTree): ValueTree {
  const kept = Object.entries(values).filter(([name]) => !name.startsWith("optimiser/"));
  return Object.fromEntries(kept);
}
