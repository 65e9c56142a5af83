/** Ours in the step benches: a SimCLR step of one network on one executor. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { Executor, Program } from "../../src/engine/index.ts";
import { writeNpy } from "../../src/formats/npy/index.ts";
import { writeSafetensors } from "../../src/formats/safetensors/index.ts";
import { writeOwned } from "../../src/learn/train/embedder.ts";
import { handler, serve } from "../harness/serve.ts";
import { simclrStep, type Timed } from "../networks.ts";
import { executorAsked, openExecutor } from "./executors.ts";
import { ownedInOrder } from "./in-order.ts";

const network = z.object({ network: z.string(), views: z.int(), size: z.int() });
interface Open {
  readonly executor: Executor;
  readonly program: Program;
  readonly timed: Timed;
}
let open: Open | undefined;

/** Reads what training reads of each step but for its curves: the loss. */
const stepOf = ({ program, timed }: Open) => program.run(timed.inputs, { outputs: ["loss"] });

await serve(
  {},
  {
    /** The weights and views that all contestants start from. */
    export: handler(
      network.extend({ folder: z.string() }),
      async ({ network, views, size, folder }) => {
        const timed = simclrStep(network, views, size);
        const existing = { existing: "replace" } as const;
        const path = join(folder, "weights.safetensors");
        writeSafetensors(
          path,
          { tensors: ownedInOrder(timed.owned, timed.spec, timed.shared) },
          existing,
        );
        const shape = [views, 3, size, size];
        writeNpy(join(folder, "views.npy"), { shape, values: timed.inputs.views }, existing);
        return null;
      },
    ),

    /** Compiles, and gives the losses of the first steps. */
    prepare: handler(
      network.extend({ ...executorAsked.shape, losses: z.int() }),
      async ({ network, views, size, executor: name, threads, device, losses }) => {
        const executor = await openExecutor({
          threads,
          device,
          ...(name !== undefined && { executor: name }),
        });
        const timed = simclrStep(network, views, size);
        const program = await executor.compile(timed.spec);
        await writeOwned(program, timed.spec, timed.owned);
        open = { executor, program, timed };
        const found: number[] = [];
        for (let i = 0; i < losses; i++) found.push((await stepOf(open)).loss[0]);
        return { losses: found, description: executor.description };
      },
    ),

    run: handler(z.object({ repeat: z.int() }), async ({ repeat }) => {
      if (!open) throw new Error("nothing was prepared");
      const seconds: number[] = [];
      for (let i = 0; i < repeat; i++) {
        await setTimeout(1);
        const start = performance.now();
        await stepOf(open);
        seconds.push((performance.now() - start) / 1000);
      }
      return { seconds };
    }),

    memory: handler(z.object({}), async () => ({ bytes: peakResident() })),
  },
);
await open?.program.dispose();
await open?.executor.dispose();

/** The process's own high-water mark, as the system counts it. */
function peakResident(): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  if (!line) throw new Error("this system does not tell a process's peak memory");
  return Number(line[1]) * 1024;
}
