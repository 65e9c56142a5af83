/** What a training will take, before it runs: time, memory, disk. */
import { type Clock, silent } from "../../base/index.ts";
import { type Executor, placeholdersOf, sizeOf } from "../../engine/index.ts";
import { parameterCount } from "../nn/index.ts";
import { createBatches } from "./batches.ts";
import { measureStep, stepsWithin } from "./duration.ts";
import { flopsOf, memoryOf } from "./flops.ts";
import { trainingMemory } from "./memory.ts";
import { networkOf, trainingProgram } from "./program.ts";
import { openSession, startingValues } from "./session.ts";
import {
  type Caution,
  type Choices,
  cautionsOf,
  configurationOf,
  type Settings,
  settle,
  stepsOf,
} from "./settings.ts";

export interface Estimate {
  readonly configuration: ReturnType<typeof configurationOf>;
  readonly parameters: { readonly encoder: number; readonly projector: number };
  readonly stepsPerEpoch: number;
  readonly steps: number;
  readonly flopsPerStep: number;
  readonly seconds: number;
  /** Arrays of a step alive at once; the process itself comes on top. */
  readonly memoryBytes: number;
  /** One checkpoint; as many are on disk as the caller keeps. */
  readonly checkpointBytes: number;
  readonly cautions: readonly Caution[];
}

export type Pace =
  /** Measures some steps of this very program; what they learn is thrown away. */
  | { readonly executor: Executor; readonly clock: Clock }
  /** Or counts operations against a rate measured elsewhere. */
  | { readonly flopsPerSecond: number };

export async function estimate(choices: Choices, pace: Pace): Promise<Estimate> {
  const settings = settle(choices);
  const { spec } = trainingProgram(settings);
  const { encoder, projector } = networkOf(settings);
  const flopsPerStep = flopsOf(spec);
  const milliseconds =
    "flopsPerSecond" in pace
      ? (flopsPerStep / pace.flopsPerSecond) * 1000
      : await measured(settings, pace);
  const { duration } = settings;
  const steps =
    "epochs" in duration
      ? stepsOf(settings, duration.epochs)
      : stepsWithin(duration.minutes, milliseconds);
  const owned = placeholdersOf(spec).filter(({ attributes }) => attributes.role !== "input");
  return {
    configuration: configurationOf(settings),
    parameters: { encoder: parameterCount(encoder), projector: parameterCount(projector) },
    stepsPerEpoch: settings.stepsPerEpoch,
    steps,
    flopsPerStep,
    seconds: (steps * milliseconds) / 1000,
    memoryBytes:
      "executor" in pace ? await trainingMemory(settings, pace.executor) : memoryOf(spec),
    checkpointBytes: 4 * owned.reduce((sum, { attributes }) => sum + sizeOf(attributes.shape), 0),
    cautions: cautionsOf(settings, steps),
  };
}

async function measured(
  settings: Settings,
  { executor, clock }: { executor: Executor; clock: Clock },
): Promise<number> {
  await using session = await openSession(settings, executor);
  await using batches = createBatches(settings, { workers: 0 });
  await session.write(startingValues(settings));
  return await measureStep(settings, { session, batches, clock, emit: silent });
}
