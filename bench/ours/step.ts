/** Ours in the step benches: a SimCLR step of one network on one executor. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { Executor, Program } from "../../src/engine/index.ts";
import { writeNpy } from "../../src/formats/npy/index.ts";
import { writeSafetensors } from "../../src/formats/safetensors/index.ts";
import { handler, serve } from "../harness/serve.ts";
import { simclr, type Timed } from "../networks.ts";
import { executorAsked, openExecutor } from "./executors.ts";
import { ownedInOrder } from "./in-order.ts";

const network = z.object({ network: z.string(), views: z.int(), size: z.int() });
let open: { executor: Executor; program: Program; timed: Timed } | undefined;

await serve(
  {},
  {
    /** The weights and views that all contestants start from. */
    export: handler(
      network.extend({ folder: z.string() }),
      async ({ network, views, size, folder }) => {
        const { owned, inputs, step } = simclr(network, views, size);
        const path = join(folder, "weights.safetensors");
        writeSafetensors(path, { tensors: ownedInOrder(owned, step) }, { existing: "replace" });
        const shape = [views, 3, size, size];
        writeNpy(
          join(folder, "views.npy"),
          { shape, values: inputs.views },
          { existing: "replace" },
        );
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
        const timed = simclr(network, views, size);
        const program = await executor.compile(timed.step);
        for (const [key, values] of Object.entries(timed.owned)) await program.write(key, values);
        open = { executor, program, timed };
        const found: number[] = [];
        for (let i = 0; i < losses; i++) found.push((await program.run(timed.inputs)).loss[0]);
        return { losses: found, description: executor.description };
      },
    ),

    run: handler(z.object({ repeat: z.int() }), async ({ repeat }) => {
      if (!open) throw new Error("nothing was prepared");
      const { program, timed } = open;
      const seconds: number[] = [];
      for (let i = 0; i < repeat; i++) {
        await setTimeout(1);
        const start = performance.now();
        await program.run(timed.inputs);
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
