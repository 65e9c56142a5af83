/** The fast executor on CPUs: programs as flat lists of oneDNN primitives on one arena. */
import { availableParallelism } from "node:os";
import type { Json } from "../../../base/index.ts";
import { type ProgramSpec, verify } from "../../graph/index.ts";
import type { Executor, Program } from "../executor.ts";
import type { Choose } from "./choose.ts";
import { lower } from "./lower.ts";
import { openLibrary } from "./open.ts";
import { arenaOf, createProgram } from "./program.ts";

export interface OnednnOptions {
  /** The library's file. */
  readonly library: string;
  readonly threads?: number;
  readonly precision?: "auto" | "f32" | "bf16";
}

export async function onednnExecutor({
  library: path,
  threads = availableParallelism(),
  precision = "auto",
}: OnednnOptions): Promise<Executor> {
  const library = openLibrary(path);
  const description = {
    executor: "onednn",
    library: "oneDNN",
    version: library.version,
    threads,
    precision,
  } satisfies Json;
  const programs = new Set<Program>();
  const measured = new Map<string, string>();
  const choose: Choose = (key, ways) => {
    if (ways.length === 1) return ways[0].name;
    const known = measured.get(key);
    if (known !== undefined) return known;
    library.setThreads(threads);
    const times = ways.map((way) => ({ name: way.name, time: way.measure() }));
    const [best] = times.sort((a, b) => a.time - b.time);
    measured.set(key, best?.name ?? "");
    return best?.name ?? "";
  };
  const options = (spec: ProgramSpec) => ({
    library,
    precision: precision === "bf16" ? ("bf16" as const) : ("f32" as const),
    mixed: precision === "auto" && (spec.updates ?? []).length > 0,
    choose,
  });
  return {
    name: "onednn",
    description,
    async compile(spec) {
      verify(spec);
      const lowered = lower(spec, options(spec));
      const plan = { ...description, units: lowered.plan };
      const program = createProgram(library, spec, { lowered, plan, threads });
      programs.add(program);
      return program;
    },
    async memoryOf(spec) {
      const lowered = lower(spec, options(spec));
      library.destroyDescriptions(lowered.descriptions);
      return arenaOf(lowered).bytes;
    },
    async dispose() {
      await Promise.all([...programs].map((program) => program.dispose()));
      programs.clear();
    },
  };
}
