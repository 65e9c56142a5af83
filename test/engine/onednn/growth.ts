/** How much memory a process has gained after many programs. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { onednnExecutor } from "../../../src/engine/index.ts";
import { residualNetwork } from "../networks.ts";

/**
 * The allocator's pages and compiled code: up to 11 MB were seen, however many programs. 100 programs
 * that are kept hold some hundreds.
 */
export const allowed = 16e6;

/** Bytes gained by compiling, running and disposing a small network, after caches and the allocator have settled. */
export async function growth(
  library: string,
  { warm, programs, runs }: { warm: number; programs: number; runs: number },
): Promise<number> {
  const executor = await onednnExecutor({ library, threads: 2, precision: "f32" });
  const { spec, inputs } = residualNetwork();
  const given = inputs(0);
  async function repeat(times: number, runs: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const program = await executor.compile(spec);
      for (let run = 0; run < runs; run++) await program.run(given);
      await program.dispose();
    }
  }
  await repeat(warm, 2);
  const before = resident();
  await repeat(programs, runs);
  const after = resident();
  await executor.dispose();
  return after - before;
}

function resident(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  for (let i = 0; i < 3; i++) collect();
  return process.memoryUsage().rss;
}
