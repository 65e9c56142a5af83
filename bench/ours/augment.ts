/** Ours in the augment bench: two SimCLR views of each picture, and whole steps with and without them. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { z } from "zod";
import { fork, keyFromSeed } from "../../src/base/index.ts";
import { defaultViewWorkers, fillViews, simclrRecipe } from "../../src/learn/augment/index.ts";
import { backbone } from "../../src/learn/backbones/index.ts";
import { method } from "../../src/learn/methods/index.ts";
import { cosineSchedule } from "../../src/learn/optim/index.ts";
import { type Batches, createBatches } from "../../src/learn/train/batches.ts";
import { type Pictures, settle } from "../../src/learn/train/index.ts";
import { openSession, type Session, startingValues } from "../../src/learn/train/session.ts";
import { lookOf } from "../augment/statistics.ts";
import { handler, serve } from "../harness/serve.ts";
import { executorAsked, openExecutor } from "./executors.ts";

const pictureFile = z.object({ file: z.string(), side: z.int() });
const stepped = z.object({ repeat: z.int() });
let pictures: Pictures | undefined;
let training: { session: Session; batches: Batches; close(): Promise<void> } | undefined;
let step = 0;

function opened({ file, side }: z.infer<typeof pictureFile>): Pictures {
  const bytes = readFileSync(file);
  const length = 3 * side * side;
  return {
    count: bytes.length / length,
    size: () => ({ height: side, width: side }),
    read: (i) => new Uint8Array(bytes.subarray(i * length, (i + 1) * length)),
  };
}

function made(size: number, rounds: number) {
  if (!pictures) throw new Error("nothing was prepared");
  const { views } = simclrRecipe({ size });
  const indexes = Uint32Array.from({ length: pictures.count }, (_, i) => i);
  const out = new Float32Array(2 * pictures.count * 3 * size * size);
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    fillViews(pictures, indexes, { recipes: views, key: fork(keyFromSeed(7), round), out });
    seconds.push((performance.now() - start) / 1000);
  }
  return { out, seconds };
}

async function steps(repeat: number, next: () => Promise<Readonly<Record<string, Float32Array>>>) {
  if (!training) throw new Error("nothing was prepared");
  const schedule = cosineSchedule(0.01, 100_000);
  const seconds: number[] = [];
  for (let i = 0; i < repeat; i++, step++) {
    const start = performance.now();
    await training.session.step(step, schedule, await next());
    seconds.push((performance.now() - start) / 1000);
  }
  return { seconds };
}

let fixed: Readonly<Record<string, Float32Array>> | undefined;

await serve(
  {},
  {
    prepare: handler(pictureFile, async (file) => {
      pictures = opened(file);
      return { pictures: pictures.count };
    }),
    look: handler(z.object({ size: z.int() }), async ({ size }) => ({
      ...lookOf(made(size, 1).out, size),
    })),
    views: handler(z.object({ size: z.int(), repeat: z.int() }), async ({ size, repeat }) => ({
      seconds: made(size, repeat).seconds,
    })),

    /** A training whose steps are asked for below; its batch holds all pictures. */
    train: handler(
      pictureFile.extend({ network: z.string(), ...executorAsked.shape }),
      async ({ network, executor: name, threads, ...file }) => {
        const executor = await openExecutor({ threads, ...(name && { executor: name }) });
        const settings = settle({
          backbone: backbone(network),
          method: method("simclr"),
          pictures: opened(file),
          data: "bench",
          recipes: simclrRecipe({ size: file.side }),
          seed: 1,
          duration: { epochs: 1 },
          batch: opened(file).count,
        });
        const session = await openSession(settings, executor);
        await session.write(startingValues(settings));
        const batches = createBatches(settings, defaultViewWorkers(availableParallelism()));
        const close = async () => {
          await batches[Symbol.asyncDispose]();
          await session[Symbol.asyncDispose]();
          await executor.dispose();
        };
        training = { session, batches, close };
        const { views } = await batches.take(0);
        fixed = { views: views.slice() };
        return { description: executor.description };
      },
    ),
    made: handler(stepped, async ({ repeat }) => {
      return await steps(repeat, async () => training?.batches.take(step) ?? {});
    }),
    given: handler(stepped, async ({ repeat }) => await steps(repeat, async () => fixed ?? {})),
  },
);
await training?.close();
