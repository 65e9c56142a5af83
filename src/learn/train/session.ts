/** A compiled training program with its weights: one step, save, restore. */
import { type Json, Problem } from "../../base/index.ts";
import type { Executor, Program } from "../../engine/index.ts";
import { initialValues, sequence, type ValueTree } from "../nn/index.ts";
import { rateAt, type Schedule, slotSpecs } from "../optim/index.ts";
import type { StepInputs } from "./batches.ts";
import { writeOwned } from "./embedder.ts";
import { keysOf } from "./keys.ts";
import { networkOf, trainingProgram } from "./program.ts";
import type { Settings } from "./settings.ts";

export interface Session extends AsyncDisposable {
  readonly program: Program;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Brings back what is to be read, and nothing else. */
  step(
    step: number,
    schedule: Schedule,
    seen: StepInputs,
    read?: "everything" | "scalars",
  ): Promise<StepOutputs>;
  /** The same step, with nothing brought back: a device is not waited for. */
  blindStep(step: number, schedule: Schedule, seen: StepInputs): Promise<void>;
  /** Weights, running statistics and the optimiser's slots. */
  read(): Promise<ValueTree>;
  write(values: ValueTree): Promise<void>;
}

export interface StepOutputs {
  readonly rate: number;
  /** Loss terms, gradient norm and gauges. */
  readonly scalars: Readonly<Record<string, number>>;
  /** Of the first views, [batch, width]; absent where only scalars are read. */
  readonly projections?: Float32Array;
}

/** With a plan, steps are computed as an earlier session did. */
export async function openSession(
  settings: Settings,
  executor: Executor,
  plan?: Json,
): Promise<Session> {
  const built = trainingProgram(settings);
  const { spec } = built;
  const program = await executor.compile(spec, plan === undefined ? {} : { plan });
  const owned = [...built.parameters, ...built.statistics, ...built.slots];
  const { method, optimiser } = settings;
  const names = Object.keys(spec.outputs);
  const single = names.filter((name) => name !== "projections");
  const inputsOf = (step: number, rate: number, seen: StepInputs) => {
    const scalars = { rate, ...method.scalars, ...optimiser.scalars(step) };
    const inputs = Object.entries(scalars).map(([name, x]) => [name, Float32Array.of(x)]);
    return { ...seen, ...Object.fromEntries(inputs) };
  };
  return {
    program,
    shapes: Object.fromEntries(owned.map(({ name, shape }) => [name, shape])),
    async step(step, schedule, seen, read = "everything") {
      const rate = rateAt(schedule, step);
      const outputs = read === "everything" ? names : single;
      const found = await program.run(inputsOf(step, rate, seen), { outputs });
      const { projections } = found;
      const scalars = Object.fromEntries(single.map((name) => [name, found[name][0]]));
      return { rate, scalars, ...(projections && { projections }) };
    },
    async blindStep(step, schedule, seen) {
      await program.run(inputsOf(step, rateAt(schedule, step), seen), { outputs: [] });
    },
    async read() {
      const values: Record<string, Float32Array> = {};
      for (const { name } of owned) values[name] = await program.read(name);
      return values;
    },
    write: (values) => writeOwned(program, spec, values),
    [Symbol.asyncDispose]: () => program.dispose(),
  };
}

/**
 * Initial weights by seed, or the representation's that training goes on from; a projector is taken
 * over from it if all of it fits. The optimiser starts afresh.
 */
export function startingValues(settings: Settings): ValueTree {
  const { encoder, projector } = networkOf(settings);
  const fresh = initialValues(sequence([encoder, projector]), keysOf(settings.seed).parameters);
  const given = settings.initial?.values ?? {};
  const fits = [...projector.parameters, ...projector.state].every(
    ({ name }) => given[name]?.length === fresh[name].length,
  );
  const takenOver = Object.entries(given).filter(
    ([name]) => name in fresh && (fits || !name.startsWith("projector/")),
  );
  if (settings.initial) {
    for (const { name, shape } of [...encoder.parameters, ...encoder.state]) {
      const [expected, found] = [size(shape), given[name]?.length ?? 0];
      if (found !== expected) {
        throw new Problem("train/initial-does-not-fit", { name, found, expected });
      }
    }
  }
  const trained = [...encoder.parameters, ...projector.parameters];
  const slots = slotSpecs(settings.optimiser, trained).map(
    ({ name, shape, start }) => [name, new Float32Array(size(shape)).fill(start)] as const,
  );
  return { ...fresh, ...Object.fromEntries(takenOver), ...Object.fromEntries(slots) };
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
