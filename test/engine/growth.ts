/** How much memory a process has gained after many programs and many runs. */
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import koffi from "koffi";
import { expect } from "vitest";
import type { Executor } from "../../src/engine/index.ts";
import { type Network, residualNetwork } from "./networks.ts";

interface Load {
  readonly network?: Pick<Network, "spec" | "inputs">;
  /** Programs of two runs before the first reading: caches, compiled code, the allocator's pieces. */
  readonly warm: number;
  readonly programs: number;
  /** Of each program. */
  readonly runs: number;
}

/** A hundred programs, and a thousand runs of one. */
export const usualLoads = [
  { warm: 50, programs: 100, runs: 10 },
  { warm: 50, programs: 1, runs: 1000 },
] as const;

/** Bytes. */
interface Memory {
  /** In use: JavaScript's objects and arrays, and what C's allocator has handed out (where it is glibc's). */
  readonly held: number;
  /** Resident pages but those of JavaScript's heap: also what is mapped, or free and not given back. */
  readonly resident: number;
}

/**
 * Held: 0.7 MB were seen, of compiled code, for any number of programs and runs; a single one of koffi's
 * views for each node of 500 programs is 10 MB. Resident: 4 MB were seen, gaps in the allocator's pages; a
 * program's arena is 2 MB, for its huge pages.
 */
const allowed: Memory = { held: 2e6, resident: 12e6 };

/**
 * Compiles, runs and disposes a small network again and again. Between two programs the event loop need not
 * turn: what waits for its turn counts as held.
 */
export async function expectNoGrowth(
  executor: Executor,
  { network = residualNetwork(), warm, programs, runs }: Load,
): Promise<void> {
  const { spec, inputs } = network;
  const given = inputs(0);
  async function repeat(times: number, runs: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const program = await executor.compile(spec);
      for (let run = 0; run < runs; run++) await program.run(given);
      await program.dispose();
    }
  }
  await repeat(warm, 2);
  const before = memory();
  await repeat(programs, runs);
  const after = memory();
  expect(after.held - before.held).toBeLessThan(allowed.held);
  expect(after.resident - before.resident).toBeLessThan(allowed.resident);
}

export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  for (let i = 0; i < 3; i++) collect();
}

function memory(): Memory {
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    held: heapUsed + external + handedOut(),
    resident: rss - getHeapStatistics().total_physical_size,
  };
}

const counts = ["arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks"] as const;
type Counts = Readonly<Record<"uordblks" | "hblkhd", number | bigint>>;
let ask: (() => Counts) | undefined;

/** Bytes of C's allocator that are in use, mapped ones too; 0 where it is not glibc's (2.33 or later). */
export function handedOut(): number {
  ask ??= allocator();
  const { uordblks, hblkhd } = ask();
  return Number(uordblks) + Number(hblkhd);
}

function allocator(): () => Counts {
  const names = [...counts, "uordblks", "fordblks", "keepcost"];
  const type = koffi.struct(Object.fromEntries(names.map((name) => [name, "size_t"])));
  try {
    return koffi.load("libc.so.6").func("mallinfo2", type, []);
  } catch {
    return () => ({ uordblks: 0, hblkhd: 0 });
  }
}
