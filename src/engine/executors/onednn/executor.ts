/** The fast executor on CPUs: programs as flat lists of oneDNN primitives on one arena. */
import { availableParallelism } from "node:os";
import { digestJson, type Json } from "../../../base/index.ts";
import { type ProgramSpec, print, verify } from "../../graph/index.ts";
import type { Executor, Program } from "../executor.ts";
import { processorFeatures } from "../processor.ts";
import {
  type Choose,
  createChooser,
  type TuningEvent,
  type TuningStore,
  type Way,
} from "./choose.ts";
import { type Lowered, lower } from "./lower.ts";
import type { Precision } from "./lowering.ts";
import { openLibrary } from "./open.ts";
import { type Plan, readPlan, requireSameUnits } from "./plan.ts";
import { bytesOf, createProgram } from "./program.ts";
import type { Timing } from "./timing.ts";

export interface OnednnOptions {
  /** The library's file. */
  readonly library: string;
  /** Threads of one run; all the machine has, if not said. The last bits of results depend on it. */
  readonly threads?: number;
  /**
   * The type of activations. `auto` measures, for programs that train, whether bf16 is faster on this
   * processor; what only infers stays float32.
   */
  readonly precision?: "auto" | "f32" | "bf16";
  /** Where measured choices are kept from process to process. */
  readonly tuning?: TuningStore;
  /** Told when choices have to be measured, which takes seconds. */
  readonly onTuning?: (event: TuningEvent) => void;
}

interface Numbers {
  readonly precision: Precision;
  readonly mixed: boolean;
}

const floats: Numbers = { precision: "f32", mixed: false };

export async function onednnExecutor({
  library: path,
  threads = availableParallelism(),
  precision = "auto",
  tuning,
  onTuning,
}: OnednnOptions): Promise<Executor> {
  const library = openLibrary(path);
  const chooser = createChooser({
    library,
    threads,
    ...(tuning && { store: tuning }),
    ...(onTuning && { onTuning }),
  });
  const description = {
    executor: "onednn",
    library: "oneDNN",
    version: library.version,
    path,
    threads,
    precision,
  } satisfies Json;
  const programs = new Set<Program>();

  /** Lowers a program and writes down which way was taken where there were several. */
  function planned(
    spec: ProgramSpec,
    numbers: Numbers,
    choose: Choose,
  ): { lowered: Lowered; plan: Plan } {
    // Primitives divide their work when they are described, among the threads that are set then.
    library.setThreads(threads);
    const choices: Record<string, string> = {};
    const lowered = lower(spec, {
      library,
      precision: numbers.precision,
      mixed: numbers.mixed,
      choose(key, ways) {
        const name = choose(key, ways);
        if (ways.length > 1) choices[key] = name;
        return name;
      },
    });
    const { version } = library;
    const fixed = { executor: "onednn", library: "oneDNN", version, threads } as const;
    return {
      lowered,
      plan: {
        ...fixed,
        precision: numbers.precision,
        mixed: numbers.mixed,
        choices,
        units: lowered.plan,
      },
    };
  }

  function numbersOf(spec: ProgramSpec, choose: Choose): Numbers {
    if (precision !== "auto") return { precision, mixed: false };
    if ((spec.updates ?? []).length === 0 || !multipliesBrainFloat()) return floats;
    const candidates = {
      "f32 activations": { precision: "f32", mixed: true },
      "bf16 activations": { precision: "bf16", mixed: false },
    } as const;
    const ways = Object.entries(candidates).map(
      ([name, numbers]): Way => ({
        name,
        measure: () => timeOf(spec, planned(spec, numbers, chooser.choose)),
      }),
    );
    const name = choose(`program ${digestJson(print(spec))}`, ways);
    return name === "bf16 activations" ? candidates[name] : candidates["f32 activations"];
  }

  function timeOf(spec: ProgramSpec, { lowered, plan }: { lowered: Lowered; plan: Plan }): Timing {
    const program = createProgram(library, spec, { lowered, plan: { ...plan }, threads });
    try {
      return program.rehearse();
    } finally {
      program.release();
    }
  }

  return {
    name: "onednn",
    description,
    async compile(spec, { plan: earlier, exact = false } = {}) {
      verify(spec);
      const before =
        earlier === undefined
          ? undefined
          : readPlan(earlier, { version: library.version, threads });
      const program = library.scope(() => {
        const choose = before ? chooser.following(before.choices) : chooser.choose;
        const numbers = before ?? (exact ? floats : numbersOf(spec, chooser.choose));
        const { lowered, plan } = planned(spec, numbers, choose);
        chooser.settle();
        if (before) requireSameUnits(before, plan);
        return createProgram(library, spec, { lowered, plan: { ...plan }, threads });
      });
      const kept: Program = {
        ...program,
        async dispose() {
          programs.delete(kept);
          await program.dispose();
        },
      };
      programs.add(kept);
      return kept;
    },
    async memoryOf(spec) {
      // What is yet to be measured may turn out either way.
      const bytes = (["first", "last"] as const).map((unknown) =>
        library.scope(() => {
          const numbers = numbersOf(spec, chooser.guessing("first"));
          const { lowered } = planned(spec, numbers, chooser.guessing(unknown));
          library.destroyDescriptions(lowered.descriptions);
          return bytesOf(lowered);
        }),
      );
      return Math.max(...bytes);
    },
    async dispose() {
      await Promise.all([...programs].map((program) => program.dispose()));
      programs.clear();
    },
  };
}

/** Elsewhere bf16 is emulated, and not worth a try. */
function multipliesBrainFloat(): boolean {
  return processorFeatures()?.some((name) => /^(amx|avx512)_bf16$/.test(name)) ?? false;
}
