/** What this machine can do: cores, memory, libraries, and how fast the executor is here. */
import { existsSync, statfsSync } from "node:fs";
import { freemem } from "node:os";
import { dirname } from "node:path";
import type { Json } from "../base/index.ts";
import { matmul, placeholder } from "../engine/index.ts";
import { backbone, encoder } from "../learn/backbones/index.ts";
import { parameterCount } from "../learn/nn/index.ts";
import { openStore } from "../registry/index.ts";
import { executorNames, machineOf, openExecutor } from "./executor.ts";
import { codeFacts, hostFacts } from "./host.ts";
import { trainingDefaults } from "./training-choices.ts";
import type { Work } from "./work.ts";

export interface DoctorResult {
  readonly version: string;
  readonly node: string;
  readonly processor: string;
  readonly cores: number;
  readonly memory: { readonly total: number; readonly free: number };
  readonly disk: { readonly free: number };
  readonly workspace: {
    readonly path: string;
    readonly datasets: number;
    /** Who writes just now. */
    readonly holder?: { readonly pid: number; readonly command: string };
  };
  readonly executors: readonly {
    readonly name: string;
    readonly description: Json;
    /** Measured on a product of two 512 × 512 matrices. */
    readonly gigaflops: number;
  }[];
  readonly defaults: { readonly backbone: string; readonly parameters: number };
}

export async function doctor(_: object, work: Work): Promise<DoctorResult> {
  const { node, processor, cores, memory } = hostFacts();
  const store = openStore(work.workspace);
  const holder = store.holder();
  const { bavail, bsize } = statfsSync(nearestFolder(work.workspace));
  const executors: DoctorResult["executors"][number][] = [];
  for (const name of executorNames) {
    const executor = await openExecutor(machineOf({ executor: name }, work.workspace));
    const size = name === "reference" ? 64 : 512;
    const gigaflops = await rate(executor, { size, clock: work.clock });
    executors.push({ name, description: executor.description, gigaflops });
    await executor.dispose();
  }
  const { backbone: name } = trainingDefaults;
  return {
    version: codeFacts().version,
    node,
    processor,
    cores,
    memory: { total: memory, free: freemem() },
    disk: { free: bavail * bsize },
    workspace: {
      path: work.workspace,
      datasets: store.datasetNames().length,
      ...(holder && { holder: { pid: holder.pid, command: holder.command } }),
    },
    executors,
    defaults: { backbone: name, parameters: parameterCount(encoder(backbone(name))) },
  };
}

/** Billions of multiplications and additions a second, the best of five. */
async function rate(
  executor: Awaited<ReturnType<typeof openExecutor>>,
  { size, clock }: { readonly size: number; readonly clock: Work["clock"] },
): Promise<number> {
  const [left, right] = ["left", "right"].map((name) => placeholder(name, [size, size]));
  const program = await executor.compile({ outputs: { product: matmul(left, right) } });
  const inputs = { left: new Float32Array(size * size), right: new Float32Array(size * size) };
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 6; i++) {
    const from = clock.monotonic();
    await program.run(inputs);
    best = Math.min(best, clock.monotonic() - from);
  }
  return (2 * size ** 3) / best / 1e6;
}

/** The workspace need not be there yet. */
function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}
