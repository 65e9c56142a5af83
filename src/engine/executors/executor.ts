/** What every executor offers. `reference` is the definition; all others are held against it. */
import type { Json } from "../../base/index.ts";
import type { ProgramSpec } from "../graph/index.ts";

export type Values = Float32Array | Int32Array;

export interface Executor {
  readonly name: string;
  /** What this executor is: library, version, threads; stored with runs. */
  readonly description: Json;
  /** Verifies, plans and prepares the program; parameters and state start as zeros. */
  compile(spec: ProgramSpec, options?: CompileOptions): Promise<Program>;
  /**
   * The most bytes that a program of this spec will hold, before any is taken: counted on its lowered
   * buffers, or by a rule founded on measurements where the library owns its memory; undefined where
   * there is neither.
   */
  memoryOf(spec: ProgramSpec): Promise<number | undefined>;
  dispose(): Promise<void>;
}

export interface CompileOptions {
  /**
   * An earlier program's plan to follow, so that it gives the same bits; `engine/plan-differs` where
   * that cannot be. Without it the executor chooses.
   */
  readonly plan?: Json;
  /** Products take float32 operands as they are, whatever the executor's precision: for measures. */
  readonly exact?: boolean;
}

export interface RunOptions {
  /** The outputs to bring back, all of them by default. On a device, what is not named stays there. */
  readonly outputs?: readonly string[];
  /**
   * Arrays that outputs of these names may be written to and handed back in, which spares new memory;
   * only some executors make use of them.
   */
  readonly into?: Readonly<Record<string, Float32Array>>;
  /**
   * Inputs may be read where they lie rather than copied in, and outputs be computed in the arrays of
   * `into`: nothing else may use any of them until the run is over. Only some executors make use of it.
   */
  readonly inPlace?: boolean;
}

export interface StepTime {
  /** The graph's nodes with their shapes. */
  readonly label: string;
  readonly kernel: string;
  readonly milliseconds: number;
}

/** A compiled program owns its parameters and state until it is disposed. */
export interface Program {
  /** Runs once and applies the updates. Inputs are copied in, outputs are the caller's own. */
  run(
    inputs?: Readonly<Record<string, Values>>,
    options?: RunOptions,
  ): Promise<Record<string, Float32Array>>;
  /** A copy of a parameter or state, by name, in its plain canonical layout. */
  read(name: string): Promise<Float32Array>;
  write(name: string, values: Float32Array): Promise<void>;
  /** One run, as `run`, with the time of each step in the order they run; where the executor has steps. */
  profile?(inputs?: Readonly<Record<string, Values>>): Promise<readonly StepTime[]>;
  /** How each node is executed: kept in checkpoints, so that resuming replays it. */
  readonly plan: Json;
  dispose(): Promise<void>;
}
