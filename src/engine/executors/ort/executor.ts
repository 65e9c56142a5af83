/** The portable executor: a program becomes one ONNX model and runs in ONNX Runtime. */
import { availableParallelism } from "node:os";
import type { Json } from "../../../base/index.ts";
import type { Executor, Program } from "../executor.ts";
import { requireSamePlan } from "../replay.ts";
import { type DeviceName, openDevice } from "./device.ts";
import { openLibrary, opsets } from "./library.ts";
import { arenaEstimate } from "./memory.ts";
import { compile } from "./program.ts";

export interface OrtOptions {
  /** Threads of one run; all the machine has, if not said. The last bits of results depend on it. */
  readonly threads?: number;
  /** Whether convolutions may use the library's blocked layout where this machine has one. */
  readonly blocked?: boolean;
  /** Where programs run: on `webgpu` every op does, or the program is refused. */
  readonly device?: DeviceName;
}

export async function ortExecutor({
  threads = availableParallelism(),
  blocked = true,
  device = "cpu",
}: OrtOptions = {}): Promise<Executor> {
  const library = await openLibrary();
  await openDevice(library, device);
  const block = blocked && device === "cpu" ? library.block : 1;
  const description = {
    executor: "ort",
    library: "onnxruntime-node",
    version: library.version,
    opset: opsets[0].version,
    device,
    threads,
    block,
  } satisfies Json;
  const programs = new Set<Program>();
  return {
    name: "ort",
    description,
    async compile(spec, { plan } = {}) {
      requireSamePlan(plan, description);
      const compiled = await compile(library, spec, { threads, block, device, description });
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
    async memoryOf(spec) {
      const trains = device === "cpu" && (spec.updates ?? []).length > 0;
      return trains ? arenaEstimate(spec) : undefined;
    },
    async dispose() {
      await Promise.all([...programs].map((program) => program.dispose()));
      programs.clear();
    },
  };
}
