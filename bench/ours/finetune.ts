/** Ours in the fine-tune bench: pictures of CIFAR-100, views and a head for all contestants, then training. */
import { join } from "node:path";
import { z } from "zod";
import { fork, keyFromSeed, permutation } from "../../src/base/index.ts";
import {
  type Executor,
  type Program,
  type ProgramSpec,
  placeholder,
  placeholdersOf,
} from "../../src/engine/index.ts";
import { cifarPixels, findCifar, readCifarRecords } from "../../src/formats/cifar/index.ts";
import { writeNpy } from "../../src/formats/npy/index.ts";
import { writeSafetensors } from "../../src/formats/safetensors/index.ts";
import { backbone, encoder, features } from "../../src/learn/backbones/index.ts";
import {
  type FineTuneRecipe,
  fineTuneDefaults,
  fineTuneProgram,
  fineTuneViews,
  type Scope,
  scopes,
  scoresOf,
} from "../../src/learn/finetune/index.ts";
import { fitClassifier } from "../../src/learn/heads/index.ts";
import { evaluation, placeholders, type ValueTree } from "../../src/learn/nn/index.ts";
import { adamw, cosineSchedule, rateAt } from "../../src/learn/optim/index.ts";
import {
  centred,
  createEmbedder,
  drawn,
  estimateBatchStatistics,
  type Pictures,
  untrainedValues,
} from "../../src/learn/train/index.ts";
import { handler, serve } from "../harness/serve.ts";
import { executorAsked, openExecutor } from "./executors.ts";
import { ownedInOrder } from "./in-order.ts";

const size = 32;
const classes = 20;
const normalize = { mean: [0.507, 0.487, 0.441], deviation: [0.267, 0.256, 0.276] } as const;
const existing = { existing: "replace" } as const;

interface Made {
  readonly network: string;
  readonly recipe: Omit<FineTuneRecipe, "scope">;
  readonly folder: string;
  readonly values: ValueTree;
  readonly steps: readonly { readonly views: Float32Array; readonly targets: Float32Array }[];
  readonly rates: readonly number[];
  readonly head: { readonly weight: Float32Array; readonly bias: Float32Array };
  readonly frame: { readonly means: Float64Array; readonly scale: number };
  readonly test: Pictures;
  readonly testCodes: Int32Array;
}

let made: Made | undefined;
let executor: Executor | undefined;

const asked = z.object({
  folder: z.string(),
  cifar: z.string(),
  network: z.string(),
  labels: z.int(),
  epochs: z.int(),
  ...executorAsked.shape,
});

await serve(
  {},
  {
    make: handler(asked, async ({ folder, cifar, network, labels, epochs, ...engine }) => {
      const { threads, executor: name } = engine;
      executor = await openExecutor({ threads, ...(name && { executor: name }) });
      const train = readPart(cifar, "train", labels);
      const test = readPart(cifar, "test", 2000);
      const own = backbone(network);
      const values = await estimateBatchStatistics({
        ...{ executor, backbone: own, size, values: untrainedValues(own, 0) },
        inputs: centred(train.pictures, { size, normalize }),
      });
      await using embedder = await createEmbedder({ executor, backbone: own, size });
      await embedder.load(values);
      const [matrix] = Object.values(
        await embedder.embed(centred(train.pictures, { size, normalize })),
      );
      const key = keyFromSeed(1);
      const fitted = await fitClassifier(
        { matrix, codes: train.codes, classes },
        { key, kinds: ["logistic"] },
      );
      const { frame, form } = fitted;
      if (form.kind !== "linear" || fitted.classes.length !== classes) {
        throw new Error("every class needs a label");
      }
      const head = {
        weight: unturned(form.weights.values, frame),
        bias: Float32Array.from(form.bias),
      };
      const recipe = { ...fineTuneDefaults, epochs };
      const { batch } = recipe;
      const steps: Made["steps"][number][] = [];
      const views = fineTuneViews(size, normalize);
      for (let epoch = 0; epoch < epochs; epoch++) {
        const order = permutation(fork(key, "order", epoch), labels);
        for (let from = 0; from < labels; from += batch) {
          const chosen = order.slice(from, from + batch);
          const input = new Float32Array(batch * 3 * size ** 2);
          const seen = drawn(train.pictures, views, {
            indexes: chosen,
            views: 1,
            key: fork(key, "view", epoch),
          });
          for (let i = 0; i < seen.count; i++) seen.fill(i, input, i * 3 * size ** 2);
          const targets = new Float32Array(batch * classes);
          for (const [i, at] of chosen.entries()) {
            targets[i * classes + train.codes[at]] = 1 / chosen.length;
          }
          steps.push({ views: input, targets });
        }
      }
      const schedule = cosineSchedule(recipe.rate, steps.length);
      const rates = steps.map((_, step) => rateAt(schedule, step));
      made = {
        ...{ network, recipe, folder, values, steps, rates, head, frame },
        test: test.pictures,
        testCodes: test.codes,
      };
      writeAll(made);
      return { frozen: fitted.tried.map(({ accuracy }) => accuracy) };
    }),

    tune: handler(z.object({ scope: z.enum(scopes) }), async ({ scope }) => {
      if (!made || !executor) throw new Error("nothing was made");
      return await tune(made, executor, scope);
    }),
  },
);
await executor?.dispose();

async function tune(given: Made, on: Executor, scope: Scope) {
  const { network, recipe, folder, values, steps, rates, head, frame, test, testCodes } = given;
  const own = backbone(network);
  const [layer] = own.taps.slice(-1).map(({ name }) => name);
  const spec = fineTuneProgram({
    ...{ backbone: own, layer, size, classes, frame },
    recipe: { ...recipe, scope },
  });
  const program = await on.compile(spec);
  const names = placeholdersOf(spec).flatMap(({ attributes: { name, role } }) =>
    role === "input" || name.startsWith("optimiser/") ? [] : [name],
  );
  const start: ValueTree = { ...values, "head/weight": head.weight, "head/bias": head.bias };
  for (const name of names) await program.write(name, start[name]);
  const optimiser = adamw({ weightDecay: recipe.weightDecay });
  const losses: number[] = [];
  const began = performance.now();
  for (const [step, { views, targets }] of steps.entries()) {
    const scalars = Object.entries(optimiser.scalars(step)).map(
      ([name, value]) => [name, Float32Array.of(value)] as const,
    );
    const rate = Float32Array.of(rates[step]);
    const { loss } = await program.run({ views, targets, rate, ...Object.fromEntries(scalars) });
    losses.push(loss[0]);
  }
  const seconds = (performance.now() - began) / 1000;
  const tuned = await read(program, names);
  await program.dispose();
  await using embedder = await createEmbedder({ executor: on, backbone: own, size });
  await embedder.load({ ...values, ...tuned });
  const [found] = Object.values(await embedder.embed(centred(test, { size, normalize })));
  const ours = scoresOf(found, { weight: tuned["head/weight"], bias: tuned["head/bias"] }, frame);
  writeNpy(
    join(folder, `ours-${scope}.npy`),
    { shape: [ours.rows, classes], values: ours.values },
    existing,
  );
  const right = testCodes.filter((code, i) => best(ours.values, i) === code).length;
  return { seconds, losses, accuracy: right / testCodes.length };
}

function best(values: Float32Array, row: number): number {
  const own = values.subarray(row * classes, (row + 1) * classes);
  return own.indexOf(own.reduce((most, value) => Math.max(most, value)));
}

async function read(program: Program, names: readonly string[]): Promise<ValueTree> {
  const found: [string, Float32Array][] = [];
  for (const name of names) found.push([name, await program.read(name)]);
  return Object.fromEntries(found);
}

/** Heads are [classes, width] in the frame's axes; here [width, classes] without them. */
function unturned(
  weights: Float32Array,
  { columns, axes }: Awaited<ReturnType<typeof fitClassifier>>["frame"],
): Float32Array {
  const out = new Float32Array(weights.length);
  for (let c = 0; c < classes; c++) {
    for (let p = 0; p < columns; p++) {
      for (let q = 0; q < columns; q++) {
        const turn = axes ? axes.values[p * columns + q] : p === q ? 1 : 0;
        out[q * classes + c] += weights[c * columns + p] * turn;
      }
    }
  }
  return out;
}

function readPart(folder: string, part: "train" | "test", count: number) {
  const set = findCifar(folder);
  const file = set?.files.find((one) => one.part === part);
  if (!set || !file) throw new Error(`no CIFAR-100 in ${folder}`);
  const pixels: Uint8Array[] = [];
  const codes: number[] = [];
  for (const batch of readCifarRecords(set, file)) {
    for (const record of batch) {
      if (pixels.length === count) break;
      codes.push(record[0]);
      pixels.push(cifarPixels(record.subarray(2)));
    }
    if (pixels.length === count) break;
  }
  const pictures: Pictures = {
    count: pixels.length,
    size: () => ({ height: size, width: size }),
    read: (i) => pixels[i],
  };
  return { pictures, codes: Int32Array.from(codes) };
}

function writeAll({
  folder,
  network,
  recipe,
  values,
  steps,
  rates,
  head,
  frame,
  test,
  testCodes,
}: Made) {
  const own = backbone(network);
  const x = placeholder("pictures", [1, 3, size, size]);
  const { y } = features(own, placeholders(encoder(own)), x, evaluation);
  const spec: ProgramSpec = { outputs: { y } };
  // In the order of their use: a norm's running statistics after its scale and shift.
  const used = placeholdersOf(spec).flatMap(({ attributes: { name, role } }) =>
    role === "input" ? [] : [[name, values[name]] as const],
  );
  const tensors = ownedInOrder(Object.fromEntries(used), spec);
  writeSafetensors(join(folder, "weights.safetensors"), { tensors }, existing);
  const { batch } = recipe;
  const joined = (name: "views" | "targets") => {
    const out = new Float32Array(steps.length * steps[0][name].length);
    for (const [i, step] of steps.entries()) out.set(step[name], i * step[name].length);
    return out;
  };
  const inputs = centred(test, { size, normalize });
  const shown = new Float32Array(test.count * 3 * size ** 2);
  for (let i = 0; i < test.count; i++) inputs.fill(i, shown, i * 3 * size ** 2);
  const width = head.weight.length / classes;
  const arrays = {
    views: { shape: [steps.length, batch, 3, size, size], values: joined("views") },
    targets: { shape: [steps.length, batch, classes], values: joined("targets") },
    rates: { shape: [steps.length], values: Float32Array.from(rates) },
    means: { shape: [width], values: Float32Array.from(frame.means) },
    scale: { shape: [1], values: Float32Array.of(frame.scale) },
    head: { shape: [width, classes], values: head.weight },
    bias: { shape: [classes], values: head.bias },
    test: { shape: [test.count, 3, size, size], values: shown },
    "test-codes": { shape: [testCodes.length], values: testCodes },
  };
  for (const [name, array] of Object.entries(arrays)) {
    writeNpy(join(folder, `${name}.npy`), array, existing);
  }
}
