/** Where a step's time goes: draw, apply, forward, backward, optimiser. */
import { type Clock, fork } from "../../base/index.ts";
import type { Executor, ProgramSpec } from "../../engine/index.ts";
import { drawView, viewKey } from "../augment/index.ts";
import type { ValueTree } from "../nn/index.ts";
import { cosineSchedule } from "../optim/index.ts";
import { createBatches } from "./batches.ts";
import { writeOwned } from "./embedder.ts";
import { keysOf } from "./keys.ts";
import { createOrder } from "./order.ts";
import { profilePrograms } from "./program.ts";
import { openSession, startingValues } from "./session.ts";
import { type Choices, type Settings, settle } from "./settings.ts";

/** Milliseconds, medians over some steps. */
export interface StepProfile {
  readonly draw: number;
  readonly apply: number;
  readonly forward: number;
  readonly backward: number;
  readonly optimiser: number;
  /** All of it, as training runs it. */
  readonly step: number;
  readonly viewsPerSecond: number;
}

/**
 * Compiles the step three times: forward alone, with gradients, and whole, and runs the three in turn.
 * What backward and optimiser take is the difference from one to the next; where the machine is busy
 * with something else, a fast part may drown in it and come out as 0.
 */
export async function profileStep(
  choices: Choices,
  { executor, clock, repeats = 7 }: { executor: Executor; clock: Clock; repeats?: number },
): Promise<StepProfile> {
  const settings = settle(choices);
  const views = await viewTimes(settings, clock, repeats);
  const values = startingValues(settings);
  const parts = profilePrograms(settings);
  const scalars = Object.entries(settings.method.scalars).map(
    ([name, value]) => [name, Float32Array.of(value)] as const,
  );
  const inputs = { ...views.seen, ...Object.fromEntries(scalars) };
  const schedule = cosineSchedule(settings.rate, 1000);
  await using first = await compiled(executor, parts.forward, values);
  await using second = await compiled(executor, parts.backward, values);
  await using session = await openSession(settings, executor);
  await session.write(values);
  const [forward, backward, whole] = await mediansInTurn(clock, repeats, [
    () => first.run(inputs),
    () => second.run(inputs),
    (i) => session.step(i, schedule, views.seen),
  ]);
  const step = views.draw + views.apply + whole;
  return {
    draw: views.draw,
    apply: views.apply,
    forward,
    backward: Math.max(0, backward - forward),
    optimiser: Math.max(0, whole - backward),
    step,
    viewsPerSecond: (2 * settings.batch * 1000) / step,
  };
}

async function compiled(executor: Executor, spec: ProgramSpec, values: ValueTree) {
  const program = await executor.compile(spec);
  await writeOwned(program, spec, values);
  return { ...program, [Symbol.asyncDispose]: () => program.dispose() };
}

/** Draws alone, then all that prepares a batch; both in this thread. */
async function viewTimes(settings: Settings, clock: Clock, n: number) {
  const { pictures, recipes, batch, stepsPerEpoch, seed } = settings;
  const keys = keysOf(seed);
  const order = createOrder(keys.order, { count: pictures.count, batch, stepsPerEpoch });
  await using batches = createBatches(settings, { workers: 0 });
  const draws: number[] = [];
  const fills: number[] = [];
  for (let i = 0; i < n; i++) {
    const from = clock.monotonic();
    for (const index of order(i)) {
      for (const [v, recipe] of recipes.views.entries()) {
        drawView(recipe, viewKey(fork(keys.views, 0), index, v), pictures.size(index));
      }
    }
    const drawn = clock.monotonic();
    await batches.take(i);
    draws.push(drawn - from);
    fills.push(clock.monotonic() - drawn);
  }
  const draw = middle(draws);
  return { seen: await batches.take(0), draw, apply: Math.max(0, middle(fills) - draw) };
}

/** Milliseconds of each, run one after the other. The first round prepares memory and is not counted. */
async function mediansInTurn(
  clock: Clock,
  repeats: number,
  runs: readonly ((round: number) => Promise<unknown>)[],
): Promise<number[]> {
  const times: number[][] = runs.map(() => []);
  for (let round = 0; round <= repeats; round++) {
    for (const [i, run] of runs.entries()) {
      const from = clock.monotonic();
      await run(round);
      if (round > 0) times[i].push(clock.monotonic() - from);
    }
  }
  return times.map(middle);
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
