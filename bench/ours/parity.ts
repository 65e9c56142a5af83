/** Ours in the parity bench, and the judge of both sides: trains, embeds, measures. */
import { join } from "node:path";
import { z } from "zod";
import { productOn } from "../../src/app/product.ts";
import { fork, type Json, keyFromSeed, systemClock } from "../../src/base/index.ts";
import { readNpyMatrix, writeNpy } from "../../src/formats/npy/index.ts";
import { writeSafetensors } from "../../src/formats/safetensors/index.ts";
import { encoder } from "../../src/learn/backbones/index.ts";
import { measureRepresentation } from "../../src/learn/measure/index.ts";
import { initialValues, sequence, within } from "../../src/learn/nn/index.ts";
import { createBatches } from "../../src/learn/train/batches.ts";
import { centred, embed, type Pictures, settle, train } from "../../src/learn/train/index.ts";
import { keysOf } from "../../src/learn/train/keys.ts";
import { handler, serve } from "../harness/serve.ts";
import { choicesFor, readSubject, recipeOf } from "../parity/subject.ts";
import { openExecutor } from "./executors.ts";
import { inOrder } from "./in-order.ts";

const subject = readSubject();
const {
  TANAFUDA_BENCH_THREADS: threads = "1",
  TANAFUDA_BENCH_EXECUTOR: chosen,
  TANAFUDA_BENCH_DEVICE: device = "cpu",
} = process.env;
/** As the product does it: a device that computes aside makes the views too, and is not waited for. */
const aside = device === "cpu" ? {} : ({ augment: "device", readEvery: 10 } as const);
const executor = await openExecutor({
  threads: Number(threads),
  device,
  ...(chosen !== undefined && { executor: chosen }),
});
const method = z.enum(["simclr", "vicreg"]);
const job = z.object({ method, seed: z.int(), folder: z.string() });

await serve(versionsOf(executor.description), {
  recipe: handler(z.object({ method }), async ({ method }) => recipeOf(method, subject)),

  /** Weights, the first step's views, and its loss. */
  start: handler(job, async ({ method, seed, folder }) => {
    const choices = choicesFor(method, seed, subject);
    const settings = settle(choices);
    const projector = settings.method.projector(settings.backbone.width, settings.projector);
    const network = sequence([encoder(settings.backbone), within("projector", projector)]);
    const values = initialValues(network, keysOf(seed).parameters);
    const tensors = network.parameters.map(
      ({ name, shape }) => [name, { shape, values: values[name] }] as const,
    );
    const existing = { existing: "replace" } as const;
    writeSafetensors(join(folder, "start.safetensors"), { tensors: inOrder(tensors) }, existing);
    await using batches = createBatches(settings, { workers: 0 });
    const { views } = await batches.take(0);
    const shape = [2 * settings.batch, 3, settings.size, settings.size];
    writeNpy(join(folder, "views.npy"), { shape, values: views }, existing);
    const stop = new AbortController();
    let loss = Number.NaN;
    await train({
      ...choices,
      executor,
      clock: systemClock,
      signal: stop.signal,
      onMetrics: (row) => {
        loss = row.loss;
        stop.abort();
      },
    });
    return { loss };
  }),

  train: handler(job, async ({ method, seed, folder }) => {
    const choices = choicesFor(method, seed, subject);
    const { values, seconds } = await train({
      ...choices,
      ...aside,
      executor,
      clock: systemClock,
      onMetrics: ({ step, loss }) => {
        if (step % 100 === 99)
          process.stderr.write(`${method} ${seed} step ${step + 1} loss ${loss}\n`);
      },
    });
    const { backbone, recipes } = choices;
    const { size } = recipes.views[0];
    const matrixOf = async (pictures: Pictures) => {
      const inputs = centred(pictures, recipes.views[0]);
      const found = await embed({ executor, backbone, size, values, inputs });
      return Object.values(found)[0];
    };
    for (const part of ["train", "test"] as const) {
      const { rows, columns, values } = await matrixOf(subject[part]);
      const existing = { existing: "replace" } as const;
      writeNpy(join(folder, `${part}.npy`), { shape: [rows, columns], values }, existing);
    }
    return { seconds };
  }),

  /** The same measures on either side's embeddings. */
  judge: handler(job, async ({ seed, folder }) => {
    const [trained, judged] = ["train", "test"].map((part) =>
      readNpyMatrix(join(folder, `${part}.npy`)),
    );
    await using products = productOn(executor);
    const { measurements } = await measureRepresentation(
      { train: trained, test: judged, labelSets: subject.labelSets },
      {
        key: fork(keyFromSeed(seed), "measure"),
        measures: ["ncc", "knn", "linear-probe"],
        features: ["l2"],
        bootstrap: 2,
        product: products.product,
      },
    );
    return measurements
      .filter(
        ({ split, statistic, control }) =>
          split === "test" && statistic === "accuracy" && control === undefined,
      )
      .map(({ measure, protocol, labelSet = "", value }) => ({
        measure,
        protocol,
        labelSet,
        value,
      }));
  }),
});
await executor.dispose();

function versionsOf(description: Json): Record<string, string> {
  const read = z.object({ executor: z.string(), library: z.string(), version: z.string() });
  const { executor, library, version } = read.parse(description);
  return { executor, [library]: version };
}
