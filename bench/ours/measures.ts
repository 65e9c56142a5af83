/** Ours in the measures bench: one measure a request, on the matrices of a folder. */
import { join } from "node:path";
import { z } from "zod";
import { productOn } from "../../src/app/product.ts";
import { type Json, keyFromSeed } from "../../src/base/index.ts";
import { readNpyCodes, readNpyMatrix, writeNpy } from "../../src/formats/npy/index.ts";
import {
  cdnv,
  classStatistics,
  fitProbe,
  knnPredictions,
  nccPredictionsOf,
} from "../../src/learn/measure/index.ts";
import { handler, serve } from "../harness/serve.ts";
import { classes, features } from "../measures/features.ts";
import { executorAsked, openExecutor } from "./executors.ts";

type Opened = Awaited<ReturnType<typeof load>>;
let opened: Opened | undefined;

async function load(folder: string, { threads, executor: name }: z.input<typeof executorAsked>) {
  const executor = await openExecutor({ threads, ...(name && { executor: name }) });
  const matrix = readNpyMatrix(join(folder, "train.npy"));
  const codes = readNpyCodes(join(folder, "train-codes.npy"));
  const test = readNpyMatrix(join(folder, "test.npy"));
  return { executor, products: productOn(executor), bank: { matrix, codes, classes }, test };
}

const sizes = z.object({ folder: z.string(), train: z.int(), test: z.int() });

async function make(
  { folder, ...rows }: z.infer<typeof sizes>,
  asked: z.input<typeof executorAsked>,
) {
  const executor = await openExecutor({
    threads: asked.threads,
    ...(asked.executor && { executor: asked.executor }),
  });
  await using products = productOn(executor);
  const existing = { existing: "replace" } as const;
  for (const name of ["train", "test"] as const) {
    const { matrix, codes } = await features(rows[name], name, products.product);
    const shape = [matrix.rows, matrix.columns];
    writeNpy(join(folder, `${name}.npy`), { shape, values: matrix.values }, existing);
    writeNpy(join(folder, `${name}-codes.npy`), { shape: [codes.length], values: codes }, existing);
  }
  await executor.dispose();
}

/** Times the work alone, not what is said about it afterwards. */
async function timed<Value>(
  work: (from: Opened) => Promise<Value>,
  say: (value: Value) => Record<string, Json>,
) {
  if (!opened) throw new Error("nothing was prepared");
  const start = performance.now();
  const value = await work(opened);
  return { seconds: (performance.now() - start) / 1000, ...say(value) };
}

const probing = z.object({ penalty: z.number(), tolerance: z.number() });

await serve(
  {},
  {
    make: handler(sizes.extend(executorAsked.shape), async ({ threads, executor, ...rest }) => {
      await make(rest, { threads, executor });
      return null;
    }),

    prepare: handler(
      executorAsked.extend({ folder: z.string() }),
      async ({ folder, ...executor }) => {
        opened = await load(folder, executor);
        return { description: opened.executor.description };
      },
    ),

    ncc: handler(z.object({}), () =>
      timed(
        ({ bank, test, products: { product } }) =>
          nccPredictionsOf(bank, [bank.matrix, test], { product }),
        ([train, test]) => ({ train: [...train], test: [...test] }),
      ),
    ),

    cdnv: handler(z.object({}), () =>
      timed(
        async ({ bank: { matrix, codes }, products: { product } }) => {
          const { threads } = product;
          return cdnv(matrix, codes, classStatistics(matrix, codes, classes, { threads })).mean;
        },
        (value) => ({ value }),
      ),
    ),

    knn: handler(z.object({ k: z.int() }), ({ k }) =>
      timed(
        ({ bank, test, products: { product } }) =>
          knnPredictions(bank, test, { product, neighbours: [k] }),
        ([{ predicted }]) => ({ test: [...predicted] }),
      ),
    ),

    probe: handler(probing, ({ penalty, tolerance }) =>
      timed(
        async ({ bank, products: { product } }) => {
          const key = keyFromSeed(1);
          return fitProbe(bank, { key, product, penalties: [penalty], tolerance });
        },
        ({ weights, bias, iterations }) => ({
          weights: [...weights],
          bias: [...bias],
          iterations,
        }),
      ),
    ),
  },
);
await opened?.products[Symbol.asyncDispose]();
await opened?.executor.dispose();
