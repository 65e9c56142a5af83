/** What this machine can do: processor, memory, libraries, and who computes what how fast here. */
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { type Code, type Evidence, type Json, Problem, silent } from "../base/index.ts";
import { backbone, encoder } from "../learn/backbones/index.ts";
import { parameterCount } from "../learn/nn/index.ts";
import { openStore } from "../registry/index.ts";
import { availableMemory } from "./available-memory.ts";
import { type ExecutorChoice, executorKinds, machineOf, openExecutor } from "./executor.ts";
import { findOnednn, onednnInstallable } from "./find-onednn.ts";
import { codeFacts, hostFacts } from "./host.ts";
import type { Machine } from "./machine.ts";
import { processorFeatures } from "./processor.ts";
import { type Rates, ratesOf } from "./rates.ts";
import { trainingDefaults } from "./training-choices.ts";
import type { Work } from "./work.ts";

interface Fault {
  readonly code: Code;
  readonly values: Evidence;
}

export interface DoctorResult {
  readonly version: string;
  readonly node: string;
  readonly processor: string;
  /** What it can do that matters here; absent where the system does not say. */
  readonly features?: readonly string[];
  readonly cores: number;
  readonly memory: { readonly total: number; readonly free: number };
  readonly disk: { readonly free: number };
  readonly workspace: {
    readonly path: string;
    readonly datasets: number;
    /** Who writes just now. */
    readonly holder?: { readonly pid: number; readonly command: string };
  };
  /** Every executor with its library, or why it cannot be used. */
  readonly executors: readonly {
    readonly name: string;
    readonly path?: string;
    readonly from?: string;
    readonly description?: Json;
    readonly rates?: Rates;
    readonly fault?: Fault;
  }[];
  /** What training, embedding and measuring use when nothing else is asked. */
  readonly chosen?: Machine;
  readonly fault?: Fault;
  readonly defaults: { readonly backbone: string; readonly parameters: number };
  /** What to type to make it faster. */
  readonly faster?: readonly string[];
}

export async function doctor(choice: ExecutorChoice, work: Work): Promise<DoctorResult> {
  const { node, processor, cores, memory } = hostFacts();
  const features = processorFeatures();
  const store = openStore(work.workspace);
  const holder = store.holder();
  const { bavail, bsize } = statfsSync(nearestFolder(work.workspace));
  const free = availableMemory();
  const chosen = await attempt(() => machineOf(choice, work.workspace));
  const executors: DoctorResult["executors"][number][] = [];
  for (const { name } of executorKinds) {
    work.signal.throwIfAborted();
    executors.push({ name, ...(await seen(name, choice, work)) });
  }
  const { backbone: net } = trainingDefaults;
  return {
    version: codeFacts().version,
    node,
    processor,
    ...(features && { features }),
    cores,
    memory: { total: memory, free },
    disk: { free: bavail * bsize },
    workspace: {
      path: work.workspace,
      datasets: store.datasetNames().length,
      ...(holder && { holder: { pid: holder.pid, command: holder.command } }),
    },
    executors,
    ...("value" in chosen ? { chosen: chosen.value } : { fault: chosen.fault }),
    defaults: { backbone: net, parameters: parameterCount(encoder(backbone(net))) },
    ...(isWithoutOnednn() && { faster: ["doctor", "--install", "onednn"] }),
  };
}

/** One executor: its library, what it says of itself, its rates; or what is in the way. */
async function seen(name: string, { threads }: ExecutorChoice, work: Work) {
  const kind = executorKinds.find((one) => one.name === name);
  const found = await attempt(async () => kind?.find());
  if ("fault" in found) return found;
  const place = { path: found.value?.path ?? "", from: found.value?.from ?? "" };
  const measured = await attempt(async () => {
    const choice = { executor: name, ...(threads !== undefined && { threads }) };
    const machine = await machineOf(
      { ...choice, precision: "auto", device: "cpu" },
      work.workspace,
    );
    const executor = await openExecutor(machine, { ...work, emit: silent });
    try {
      const rates = await ratesOf(executor, work.clock);
      return { description: executor.description, rates };
    } finally {
      await executor.dispose();
    }
  });
  return { ...place, ...("fault" in measured ? measured : measured.value) };
}

async function attempt<T>(
  act: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly fault: Fault }> {
  try {
    return { value: await act() };
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    return { fault: { code: thrown.code, values: thrown.values } };
  }
}

function isWithoutOnednn(): boolean {
  if (!onednnInstallable()) return false;
  try {
    findOnednn();
    return false;
  } catch (thrown) {
    return thrown instanceof Problem && thrown.code === "app/onednn-missing";
  }
}

/** The workspace need not be there yet. */
function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}
