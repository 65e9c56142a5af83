/** The row of numbers that each step leaves, and what makes it stop. */
import { fork, Problem } from "../../base/index.ts";
import type { ValueTree } from "../nn/index.ts";
import { type Gauge, gaugeOf } from "./collapse.ts";
import { keysOf } from "./keys.ts";
import { placeOf } from "./order.ts";
import type { StepOutputs } from "./session.ts";
import type { Settings } from "./settings.ts";

/** A flat row of numbers; names are fixed but for the method's own parts. */
export interface MetricsRow {
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly invariance: number;
  readonly regularisation: number;
  readonly rate: number;
  readonly gradientNorm: number;
  /** Of l2-normalised outputs, times √d: about 1 is healthy. */
  readonly deviation: number;
  /** Milliseconds of the step, and of waiting for its views before it. */
  readonly milliseconds: number;
  readonly wait: number;
  /** Effective rank of the outputs, on the steps where it is looked at. */
  readonly rank?: number;
  readonly [part: string]: number | undefined;
}

export interface Spent {
  readonly milliseconds: number;
  readonly wait: number;
}

export function rowOf(
  step: number,
  { rate, scalars }: StepOutputs,
  { stepsPerEpoch, spent }: Settings & { spent: Spent },
): MetricsRow {
  const { loss, invariance, regularisation, gradientNorm, deviation, ...parts } = scalars;
  const { epoch } = placeOf(step, stepsPerEpoch);
  const terms = { loss, invariance, regularisation, ...parts };
  return { step, epoch, ...terms, rate, gradientNorm, deviation, ...spent };
}

/** The outputs' rank and deviation at this step. */
export function gaugeAt(
  step: number,
  { projections, scalars }: StepOutputs,
  settings: Settings,
): Gauge | undefined {
  if (projections === undefined) return undefined;
  const { batch: rows, seed } = settings;
  const columns = projections.length / rows;
  const key = fork(keysOf(seed).views, "gauge", step);
  const matrix = { rows, columns, values: projections };
  return gaugeOf(matrix, scalars.deviation, { step, key });
}

export interface LastGood {
  readonly step: number;
  /** Step of the last checkpoint. */
  readonly back: number;
  readonly rate: number;
}

/** Throws `train/diverged` at the first NaN or infinity among a step's numbers. */
export function requireNumbers({ scalars }: StepOutputs, last: LastGood): void {
  const found = Object.entries(scalars).find(([, value]) => !Number.isFinite(value));
  if (found) throw diverged(found[0], last);
}

/** The same for weights that are about to be kept. */
export function requireFinite(values: ValueTree, last: LastGood): void {
  for (const [name, array] of Object.entries(values)) {
    if (array.some((value) => !Number.isFinite(value))) throw diverged(name, last);
  }
}

function diverged(quantity: string, last: LastGood): Problem {
  const suggested = Number((last.rate / 4).toPrecision(2));
  return new Problem("train/diverged", { quantity, ...last, suggested });
}
