/** `npm run bench`: lists what there is; `npm run bench -- NAME` runs one. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BenchOptions,
  type BenchReport,
  benchOptions,
  exitCodes,
  renderReport,
  Stop,
} from "./harness/index.ts";
import type { StepBench } from "./steps/step.ts";

interface Bench {
  readonly about: string;
  /** Prints itself where it returns nothing. */
  run(options: BenchOptions): Promise<BenchReport | undefined>;
}

const benches: Readonly<Record<string, Bench>> = {
  augment: {
    about: "views/s on one core beside lightly and torchvision, and what they cost a step",
    run: async (options) => (await import("./augment/augment.ts")).augmentBench(options),
  },
  ingest: {
    about: "JPEG files/s into a pack beside Pillow; `ingest grow` weighs ten times the items",
    run: async (options) => (await import("./ingest/ingest.ts")).ingestBench(options),
  },
  forecast: {
    about: "labels forecast from a pilot beside the truth [WORKSPACE REPRESENTATION]…",
    run: async (options) => (await import("./forecast/forecast.ts")).forecastBench(options),
  },
  heads: {
    about: "accuracy and time of a classifier from few labels beside scikit-learn [LABELS]…",
    run: async (options) => (await import("./heads/heads.ts")).headsBench(options),
  },
  "fine-tune": {
    about: "fine-tuning on few labels beside PyTorch with the same recipe [NETWORK]…",
    run: async (options) => (await import("./heads/fine-tune.ts")).fineTuneBench(options),
  },
  measures: {
    about: "NCC, CDNV, kNN and linear probe at 50,000 × 512 beside scikit-learn and NumPy",
    run: async (options) => (await import("./measures/measures.ts")).measuresBench(options),
  },
  "measures-alone": {
    about: "seconds of each measure at 50,000 × 512 with the plain product",
    async run() {
      const { measureTimes } = await import("./measures/alone.ts");
      await measureTimes(({ name, seconds }) => {
        process.stdout.write(`${name}: ${seconds.toFixed(2)} s\n`);
      });
      return undefined;
    },
  },
  "doubtful-labels": {
    about: "planted wrong labels that a check names [WORKSPACE REPRESENTATION]",
    run: async (options) =>
      (await import("./doubtful-labels/doubtful-labels.ts")).doubtfulLabelsBench(options),
  },
  "near-duplicates": {
    about: "recall and precision on planted copies and on CIFAR-100, seconds for 100,000 pictures",
    run: async (options) =>
      (await import("./near-duplicates/near-duplicates.ts")).nearDuplicatesBench(options),
  },
  ops: {
    about: "milliseconds of each op on each executor",
    run: () => import("./ops.ts").then(() => undefined),
  },
  parity: {
    about: "accuracy beside lightly's over five seeds (about two hours; goes on where it stopped)",
    run: async (options) => (await import("./parity/parity.ts")).parity(options),
  },
  views: {
    about: "how views differ from torchvision's and lightly's: operations, and distributions",
    run: async () => (await import("./views/views.ts")).viewsBench(),
  },
  "step-resnet18": {
    about: "views/s of a SimCLR step beside PyTorch's best modes: ResNet-18, CIFAR stem",
    run: step({
      name: "step-resnet18",
      network: "resnet-18",
      title: "ResNet-18 (CIFAR stem)",
      target: { plain: 2.4, tiles: 1.5 },
    }),
  },
  "step-res-5-250": {
    about: "the same of RES-5-250",
    run: step({
      name: "step-res-5-250",
      network: "res-5-250",
      title: "RES-5-250",
      target: { plain: 2.6, tiles: 1.5 },
    }),
  },
  "step-vit-tiny": {
    about: "the same of ViT-tiny, patch 4",
    run: step({
      name: "step-vit-tiny",
      network: "vit-tiny",
      title: "ViT-tiny, patch 4",
      target: { plain: 1.5, tiles: 1.5 },
    }),
  },
  portable: {
    about: "the step of ResNet-18 on the executor ort beside PyTorch's plain mode",
    run: async (options) => (await import("./steps/portable.ts")).portableBench(options),
  },
  "torch-device": {
    about: "views/s of a step on the executor torch beside PyTorch eager in the same mode [MODE…]",
    run: async (options) => (await import("./steps/torch-device.ts")).torchDevice(options),
  },
  memory: {
    about: "peak resident memory of those steps",
    run: async (options) => (await import("./steps/memory.ts")).memoryBench(options),
  },
  embed: {
    about: "pictures/s through ResNet-18 beside PyTorch, ONNX Runtime and OpenVINO",
    run: async (options) => (await import("./embed/embed.ts")).embedBench(options),
  },
  scaling: {
    about: "cost of a step by batch, size of picture and threads, as plots in --out",
    run: async (options) => (await import("./scaling/scaling.ts")).scaling(options),
  },
  selection: {
    about: "what to label first, by five strategies [large | WORKSPACE REPRESENTATION LABELS…]",
    run: async (options) => (await import("./selection/selection.ts")).selectionBench(options),
  },
  rows: {
    about: "all rows that race a peer, one after the other, as one table [NAME…] --out FOLDER",
    run: async (options) => (await import("./rows/rows.ts")).rows(options),
  },
  promises: {
    about: "are promises kept over 1,000 calibration draws? [WORKSPACE REPRESENTATION LABELS]…",
    run: async (options) => (await import("./promises/promises.ts")).promisesBench(options),
  },
  "cifar-100": {
    about: "trained against untrained on CIFAR-100 over seeds (about an hour)",
    async run({ rest }) {
      const { cifar100 } = await import("./experiments/cifar-100.ts");
      await cifar100(rest[0] ?? join(tmpdir(), "tanafuda-experiments"));
      return undefined;
    },
  },
};

function step(bench: StepBench): Bench["run"] {
  return async (options) => (await import("./steps/step.ts")).stepBench(bench, options);
}

/** Benches that read the command line themselves. */
const own = new Set(["ops"]);

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

const [name] = process.argv.splice(2, 1);
const chosen = name === undefined ? undefined : benches[name];
if (!chosen) {
  const width = Math.max(...Object.keys(benches).map((key) => key.length));
  const lines = Object.entries(benches).map(
    ([key, { about }]) => `  ${key.padEnd(width)}  ${about}`,
  );
  process.stdout.write(`npm run bench -- NAME [--json]\n${lines.join("\n")}\n`);
  if (name !== undefined) process.exitCode = exitCodes.usage;
} else {
  try {
    const options = benchOptions(own.has(name) ? [] : process.argv.slice(2));
    const report = await chosen.run(options);
    if (report) {
      const text = options.json ? JSON.stringify(report) : renderReport(report);
      process.stdout.write(`${text}\n`);
    }
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    process.exitCode = exitCodes[cause.reason];
  }
}
