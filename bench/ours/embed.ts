/** Ours in the embed bench: pictures through an encoder with running statistics. */
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { Executor, Program } from "../../src/engine/index.ts";
import { writeNpy } from "../../src/formats/npy/index.ts";
import { writeSafetensors } from "../../src/formats/safetensors/index.ts";
import { writeOwned } from "../../src/learn/train/embedder.ts";
import { handler, serve } from "../harness/serve.ts";
import { embedding, type Timed } from "../networks.ts";
import { executorAsked, openExecutor } from "./executors.ts";
import { ownedInOrder } from "./in-order.ts";

const task = z.object({ network: z.string(), batch: z.int(), folder: z.string() });
let open: { executor: Executor; program: Program; made: Timed } | undefined;

async function close(): Promise<void> {
  await open?.program.dispose();
  await open?.executor.dispose();
  open = undefined;
}

await serve(
  {},
  {
    /** The weights and pictures of all contestants. */
    export: handler(task, async ({ network, batch, folder }) => {
      const made = embedding(network, batch);
      const existing = { existing: "replace" } as const;
      writeSafetensors(
        join(folder, "weights.safetensors"),
        { tensors: ownedInOrder(made.owned, made.spec, made.shared) },
        existing,
      );
      const shape = [batch, 3, 32, 32];
      writeNpy(join(folder, "pictures.npy"), { shape, values: made.inputs.pictures }, existing);
      return null;
    }),

    /** Compiles for a batch, and embeds the first pictures. */
    prepare: handler(
      task.extend(executorAsked.shape),
      async ({ network, batch, folder, executor: name, threads }) => {
        await close();
        const executor = await openExecutor({ threads, ...(name && { executor: name }) });
        const made = embedding(network, batch);
        const program = await executor.compile(made.spec);
        await writeOwned(program, made.spec, made.owned);
        open = { executor, program, made };
        const { features } = await program.run(made.inputs);
        const shape = [batch, features.length / batch];
        writeNpy(join(folder, "ours.npy"), { shape, values: features }, { existing: "replace" });
        return { description: executor.description };
      },
    ),

    run: handler(z.object({ repeat: z.int() }), async ({ repeat }) => {
      if (!open) throw new Error("nothing was prepared");
      const { program, made } = open;
      const seconds: number[] = [];
      for (let i = 0; i < repeat; i++) {
        await setTimeout(1);
        const start = performance.now();
        await program.run(made.inputs);
        seconds.push((performance.now() - start) / 1000);
      }
      return { seconds };
    }),
  },
);
await close();
