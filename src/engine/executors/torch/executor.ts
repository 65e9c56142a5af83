/** The executor for devices: a program becomes a list of operators of an installed PyTorch. */
import { availableParallelism } from "node:os";
import { type Json, Problem } from "../../../base/index.ts";
import type { Executor, Program } from "../executor.ts";
import { keepFreed } from "../heap.ts";
import { openDevice } from "./device.ts";
import { type FoundTorch, findTorch } from "./find.ts";
import { type Library, openLibrary } from "./library.ts";
import type { TorchAlgorithms, TorchPrecision } from "./lowering.ts";
import { compile } from "./program.ts";

export interface TorchOptions {
  /** Which PyTorch; looked for if not said. */
  readonly library?: FoundTorch;
  /** cpu, cuda, cuda:1, mps, xpu. */
  readonly device?: string;
  /** Threads on the host; all the machine has, if not said. The last bits of results depend on it. */
  readonly threads?: number;
  /**
   * `tf32`: on CUDA, convolutions and matrix products round their float32 operands to 11 bits of
   * significand. `bf16`: they take bfloat16; masters, statistics and losses stay f32.
   */
  readonly precision?: TorchPrecision;
  /** Whether pictures and filters are kept with their channels innermost. */
  readonly channelsLast?: boolean;
  /**
   * On CUDA, `fastest` has cuDNN try its algorithms and takes those too that add up in any order: results
   * are then not the same to the last bit, and the description says so.
   */
  readonly algorithms?: TorchAlgorithms;
}

export async function torchExecutor({
  library: found,
  device: name = "cpu",
  threads = availableParallelism(),
  precision = "f32",
  channelsLast = true,
  algorithms = "repeatable",
}: TorchOptions = {}): Promise<Executor> {
  const library = openLibrary(found ?? (await findTorch()));
  const device = openDevice(library, name);
  const counted = setThreads(library, threads);
  if (device.name === "cpu") keepFreed();
  const description = {
    executor: "torch",
    library: "PyTorch",
    version: library.version,
    device: device.name,
    threads: counted,
    precision,
    channelsLast,
    ...(algorithms !== "repeatable" && { algorithms }),
  } satisfies Json;
  const setting = { device, threads: counted, precision, channelsLast, algorithms };
  const programs = new Set<Program>();
  return {
    name: "torch",
    description,
    async compile(spec, { plan: earlier, exact = false } = {}) {
      const own = exact ? { ...setting, precision: "f32" as const } : setting;
      const compiled = compile(library, spec, { ...own, description, earlier });
      const program: Program = {
        ...compiled,
        async dispose() {
          programs.delete(program);
          await compiled.dispose();
        },
      };
      programs.add(program);
      return program;
    },
    memoryOf: async () => undefined,
    async dispose() {
      await Promise.all([...programs].map((program) => program.dispose()));
    },
  };
}

/** The threads that the library then says it has: its setter is no part of the stable interface. */
function setThreads({ functions }: Library, threads: number): number {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new Problem("internal/defect", { message: `${threads} threads` });
  }
  functions.setThreads?.(threads);
  const count = new Uint32Array(1);
  functions.threads(count);
  return count[0];
}
