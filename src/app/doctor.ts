/** What this machine is: processor, memory, disk, and which executor it would compute with. */
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { type Code, type Evidence, Problem } from "../base/index.ts";
import { processorFeatures } from "../engine/index.ts";
import { backbone, encoder } from "../learn/backbones/index.ts";
import { parameterCount } from "../learn/nn/index.ts";
import { openStore } from "../registry/index.ts";
import { availableMemory } from "./available-memory.ts";
import { type ExecutorChoice, executorKinds, machineOf } from "./executor.ts";
import { findOnednn, onednnInstallable } from "./find-onednn.ts";
import { codeFacts, hostFacts } from "./host.ts";
import type { Machine } from "./machine.ts";
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
  /** The executors there are, by name. */
  readonly known: readonly string[];
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
    known: executorKinds.map(({ name }) => name),
    ...("value" in chosen ? { chosen: chosen.value } : { fault: chosen.fault }),
    defaults: { backbone: net, parameters: parameterCount(encoder(backbone(net))) },
    ...(isWithoutOnednn() && { faster: ["doctor", "--install", "onednn"] }),
  };
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
