/** The only place where executors are made. Choosing one is explicit, never a silent fallback. */
import { createRequire } from "node:module";
import {
  type Executor,
  findTorch,
  onednnExecutor,
  ortExecutor,
  processorFeatures,
  referenceExecutor,
  type TuningEvent,
  torchExecutor,
} from "../engine/index.ts";
import { readConfig } from "../registry/index.ts";
import { findOnednn } from "./find-onednn.ts";
import { askPython } from "./job/python.ts";
import {
  chooseMachine,
  type ExecutorChoice,
  type ExecutorFacts,
  type FoundLibrary,
  factsOf,
  type Machine,
} from "./machine.ts";
import { openTuning, type Tuning, tuningNotices } from "./tuning.ts";
import type { Work } from "./work.ts";

export type { ExecutorChoice, Machine };

interface Tools {
  readonly library: FoundLibrary;
  readonly tuning: Tuning;
  readonly onTuning: (event: TuningEvent) => void;
}

interface ExecutorKind extends ExecutorFacts {
  /** It is there to check the others: plain loops. */
  readonly checksOnly?: boolean;
  open(machine: Machine, tools: Tools): Promise<Executor>;
}

/** In the order in which they are taken where nobody chose. To add one: a row here. */
export const executorKinds: readonly ExecutorKind[] = [
  {
    name: "onednn",
    devices: /^cpu$/,
    precisions: ["auto", "f32", "bf16"],
    // Its kernels for bf16 begin there; with plain AVX-512 they are emulated.
    needs: { bf16: ["avx512f", "bf16"] },
    byDefault: true,
    find: async () => findOnednn(),
    missing: "app/onednn-missing",
    open: ({ threads, precision }, { library, tuning, onTuning }) =>
      onednnExecutor({ library: library.path, threads, precision, tuning, onTuning }),
  },
  {
    name: "ort",
    devices: /^(cpu|webgpu)$/,
    precisions: ["auto", "f32"],
    byDefault: true,
    find: async () => bundled("onnxruntime-node"),
    open: ({ threads, device }) =>
      ortExecutor({ threads, device: device === "webgpu" ? device : "cpu" }),
  },
  {
    name: "torch",
    devices: /^(cpu|cuda(:\d+)?|xpu(:\d+)?|mps)$/,
    precisions: ["auto", "f32", "bf16"],
    byDefault: false,
    async find() {
      const { folder, by, version } = await findTorch({ ask: askPython });
      return { path: folder, from: by, ...(version !== undefined && { version }) };
    },
    missing: "engine/torch-missing",
    open: async ({ threads, precision, device }) =>
      torchExecutor({
        library: await findTorch({ ask: askPython }),
        device,
        threads,
        precision: precision === "auto" ? usualPrecision(device) : precision,
      }),
  },
  {
    name: "reference",
    devices: /^cpu$/,
    precisions: ["auto"],
    byDefault: false,
    checksOnly: true,
    find: async () => ({ path: "–", from: "tanafuda" }),
    open: async () => referenceExecutor(),
  },
];

/** As PyTorch itself does where nobody chooses: on CUDA, float32 in the matrix units' own rounding. */
function usualPrecision(device: string): "f32" | "tf32" {
  return device.startsWith("cuda") ? "tf32" : "f32";
}

/** Options, then the workspace's file, then what is here. Throws where that cannot be had. */
export function machineOf(choice: ExecutorChoice, workspace: string): Promise<Machine> {
  return chooseMachine(choice, readConfig(workspace), executorKinds, processorFeatures());
}

/** What a run was started with, and what is asked otherwise this time. */
export function machineAgain(stored: Machine, choice: ExecutorChoice): Promise<Machine> {
  const asked = { ...stored, ...machineAsked(choice) };
  return chooseMachine(asked, {}, executorKinds, processorFeatures());
}

/** What was asked of the executor, and nothing else. */
export function machineAsked(options: ExecutorChoice): ExecutorChoice {
  const { executor, threads, precision, device } = options;
  const asked = Object.entries({ executor, threads, precision, device });
  return Object.fromEntries(asked.filter(([, value]) => value !== undefined));
}

/** Says which one it is; it says itself when it measures. */
export async function openExecutor(
  machine: Machine,
  { emit }: Pick<Work, "emit">,
  named?: FoundLibrary,
): Promise<Executor> {
  const tuning = openTuning({ emit });
  const kind = factsOf(machine.executor, executorKinds);
  const library = named ?? (await kind.find());
  const executor = await kind.open(machine, { library, tuning, onTuning: tuningNotices(emit) });
  const values = { ...machine, library: libraryOf(executor) };
  emit({ type: "notice", level: "info", code: "app/executor-chosen", values });
  if (kind.checksOnly) {
    const values = { executor: machine.executor };
    emit({ type: "notice", level: "warning", code: "app/executor-checks-only", values });
  }
  return executor;
}

function libraryOf({ description }: Executor): string {
  const isNamed =
    typeof description === "object" && description !== null && "library" in description;
  if (!isNamed) return "none";
  const version = "version" in description ? ` ${description.version}` : "";
  return `${description.library}${version}`;
}

function bundled(name: string): FoundLibrary {
  const path = createRequire(import.meta.url).resolve(name);
  return { path, from: "npm" };
}
