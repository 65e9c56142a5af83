/** How much resident memory grows over runs, and over programs that are made and disposed. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Executor, ProgramSpec, Values } from "../../src/engine/index.ts";

interface Load {
  readonly spec: ProgramSpec;
  readonly inputs: Readonly<Record<string, Values>>;
  readonly steps: number;
  readonly programs: number;
}

/** Bytes between two readings, the first after half as much work. */
export async function residentAfter(
  executor: Executor,
  { spec, inputs, steps, programs }: Load,
): Promise<number> {
  const work = async (share: number) => {
    for (let i = 0; i < programs * share; i++) {
      const program = await executor.compile(spec);
      await program.run(inputs);
      await program.dispose();
    }
    const program = await executor.compile(spec);
    for (let step = 0; step < steps * share; step++) await program.run(inputs, { outputs: [] });
    await program.dispose();
  };
  await work(0.5);
  const before = resident();
  await work(1);
  return resident() - before;
}

/** Without what only waits for the garbage collector. */
function resident(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  return process.memoryUsage().rss;
}
