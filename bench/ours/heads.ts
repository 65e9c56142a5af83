/** Ours in the heads bench: a classifier from the first labels of a matrix. */
import { join } from "node:path";
import { z } from "zod";
import { productOn } from "../../src/app/product.ts";
import { keyFromSeed } from "../../src/base/index.ts";
import { readNpyCodes, readNpyMatrix, writeNpy } from "../../src/formats/npy/index.ts";
import { fitClassifier, headKinds } from "../../src/learn/heads/index.ts";
import { rowBlock, scorePredictions } from "../../src/learn/measure/index.ts";
import { handler, serve } from "../harness/serve.ts";
import { features } from "../measures/features.ts";
import { executorAsked, openExecutor } from "./executors.ts";

const classes = 20;

type Opened = Awaited<ReturnType<typeof load>>;
let opened: Opened | undefined;

async function load(folder: string, { threads, executor: name }: z.infer<typeof executorAsked>) {
  const executor = await openExecutor({ threads, ...(name && { executor: name }) });
  const read = (side: string) => ({
    matrix: readNpyMatrix(join(folder, `${side}.npy`)),
    codes: readNpyCodes(join(folder, `${side}-codes.npy`)),
  });
  return { executor, products: productOn(executor), train: read("train"), test: read("test") };
}

const sizes = z.object({ folder: z.string(), train: z.int(), test: z.int() });

await serve(
  {},
  {
    make: handler(
      sizes.extend(executorAsked.shape),
      async ({ folder, threads, executor: name, ...rows }) => {
        const executor = await openExecutor({ threads, ...(name && { executor: name }) });
        await using products = productOn(executor);
        const existing = { existing: "replace" } as const;
        for (const side of ["train", "test"] as const) {
          // Five of the bench's classes make one here: harder, and not Gaussian.
          const made = await features(rows[side], side, products.product);
          const codes = made.codes.map((code) => code % classes);
          const shape = [made.matrix.rows, made.matrix.columns];
          writeNpy(join(folder, `${side}.npy`), { shape, values: made.matrix.values }, existing);
          const list = { shape: [codes.length], values: codes };
          writeNpy(join(folder, `${side}-codes.npy`), list, existing);
        }
        await executor.dispose();
        return null;
      },
    ),

    prepare: handler(executorAsked.extend({ folder: z.string() }), async ({ folder, ...asked }) => {
      opened = await load(folder, asked);
      return { description: opened.executor.description };
    }),

    choose: handler(z.object({ labels: z.int(), kind: z.string() }), async ({ labels, kind }) => {
      if (!opened) throw new Error("nothing was prepared");
      const { train, test, products } = opened;
      const kinds = headKinds
        .map(({ name }) => name)
        .filter((name) => kind === "all" || name === kind);
      const start = performance.now();
      const matrix = rowBlock(train.matrix, 0, labels);
      const codes = train.codes.subarray(0, labels);
      const options = { key: keyFromSeed(1), kinds, product: products.product };
      const fitted = await fitClassifier({ matrix, codes, classes }, options);
      const predicted = await fitted.predict(test.matrix);
      const seconds = (performance.now() - start) / 1000;
      const { accuracy } = scorePredictions(predicted, test.codes, classes);
      return { seconds, accuracy, head: fitted.head, setting: fitted.setting };
    }),
  },
);
await opened?.products[Symbol.asyncDispose]();
await opened?.executor.dispose();
