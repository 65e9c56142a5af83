/** Where a step's time goes: draw, apply, forward, backward, optimiser. */
import { type Clock, fork } from "../../base/index.ts";
import type { Executor, Program, ProgramSpec } from "../../engine/index.ts";
import { drawView, fillViews, viewKey } from "../augment/index.ts";
import { cosineSchedule } from "../optim/index.ts";
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
 * Compiles the step three times: forward alone, with gradients, and whole. What backward and
 * optimiser take is the difference from one to the next, so that a fast part may come out as 0.
 */
export async function profileStep(
  choices: Choices,
  { executor, clock, repeats = 5 }: { executor: Executor; clock: Clock; repeats?: number },
): Promise<StepProfile> {
  const settings = settle(choices);
  const views = viewTimes(settings, clock, repeats);
  const values = startingValues(settings);
  const parts = profilePrograms(settings);
  const scalars = Object.entries(settings.method.scalars).map(
    ([name, value]) => [name, Float32Array.of(value)] as const,
  );
  const inputs = { views: views.out, ...Object.fromEntries(scalars) };
  const timePart = async (spec: ProgramSpec) => {
    const program: Program = await executor.compile(spec);
    try {
      await writeOwned(program, spec, values);
      return await median(clock, repeats, () => program.run(inputs));
    } finally {
      await program.dispose();
    }
  };
  const forward = await timePart(parts.forward);
  const backward = await timePart(parts.backward);
  await using session = await openSession(settings, executor);
  await session.write(values);
  const schedule = cosineSchedule(settings.rate, 1000);
  const whole = await median(clock, repeats, (i) => session.step(i, schedule, views.out));
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

/** Draws alone, then draws and applies; both in this thread. */
function viewTimes({ pictures, recipes, batch, size, ...rest }: Settings, clock: Clock, n: number) {
  const { order: orderKey, views: key } = keysOf(rest.seed);
  const { stepsPerEpoch } = rest;
  const order = createOrder(orderKey, { count: pictures.count, batch, stepsPerEpoch });
  const out = new Float32Array(2 * batch * 3 * size * size);
  const draws: number[] = [];
  const fills: number[] = [];
  for (let i = 0; i < n; i++) {
    const indexes = order(i);
    const from = clock.monotonic();
    for (const index of indexes) {
      for (const [v, recipe] of recipes.views.entries()) {
        drawView(recipe, viewKey(fork(key, 0), index, v), pictures.size(index));
      }
    }
    const drawn = clock.monotonic();
    fillViews(pictures, indexes, { recipes: recipes.views, key: fork(key, 0), out });
    draws.push(drawn - from);
    fills.push(clock.monotonic() - drawn);
  }
  const draw = middle(draws);
  return { out, draw, apply: Math.max(0, middle(fills) - draw) };
}

/** The first run also prepares memory, and is not counted. */
async function median(clock: Clock, repeats: number, run: (i: number) => Promise<unknown>) {
  await run(0);
  const times: number[] = [];
  for (let i = 1; i <= repeats; i++) {
    const from = clock.monotonic();
    await run(i);
    times.push(clock.monotonic() - from);
  }
  return middle(times);
}

function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}
