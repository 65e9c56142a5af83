/** What the trainer is given, reports and returns. */
import type { Clock, Emit, Json } from "../../base/index.ts";
import type { Executor } from "../../engine/index.ts";
import type { ValueTree } from "../nn/index.ts";
import type { CheckpointFile } from "./checkpoint.ts";
import type { Collapse } from "./collapse.ts";
import type { Embedder } from "./embedder.ts";
import type { MetricsRow } from "./metrics.ts";
import type { Choices } from "./settings.ts";

export interface TrainOptions extends Choices {
  readonly executor: Executor;
  readonly clock: Clock;
  readonly emit?: Emit;
  /** One row per step whose losses are read, in order. */
  readonly onMetrics?: (row: MetricsRow) => void;
  /** Writes a checkpoint where it survives; awaited before training goes on. */
  readonly save?: (saved: SavedCheckpoint) => Promise<void>;
  /** A save whenever this has passed, and always at the end; by default a minute. */
  readonly saveEvery?: { readonly steps: number } | { readonly seconds: number };
  readonly resumeFrom?: CheckpointFile;
  /** Resume although the executor would compute in another way, with a notice. */
  readonly allowOtherPlan?: boolean;
  /** Bytes there are: a training that needs more is refused before it takes any. */
  readonly memory?: number;
  readonly evaluate?: Evaluation;
  /**
   * Steps between two looks at the losses, by default 1: only then there is a row. A device that
   * computes by itself is waited for at each look.
   */
  readonly readEvery?: number;
  /** Steps between two looks at the outputs' rank. */
  readonly gaugeEvery?: number;
  /** Finishes the step under way, saves, and returns. */
  readonly signal?: AbortSignal;
  /**
   * Threads that prepare views ahead; by default one where a core is left for it, and with two cores one
   * that shares the work between steps. Their built module, where it is not beside the code.
   */
  readonly workers?: number;
  readonly workerModule?: URL;
}

export interface Evaluation {
  /** How often, spread evenly over training; the untrained weights come in addition. */
  readonly times: number;
  readonly taps?: readonly string[];
  readonly batch?: number;
  /** Gets an embedder that holds the weights of this step. What it returns is shown as the best. */
  run(at: Moment, embedder: Embedder): Promise<Best | undefined>;
}

export interface Moment {
  /** Steps done. */
  readonly step: number;
  readonly epoch: number;
}

export interface Best {
  readonly name: string;
  readonly value: number;
}

export interface SavedCheckpoint {
  readonly step: number;
  readonly steps: number;
  /** The safetensors file, in parts. */
  readonly parts: readonly Uint8Array[];
}

export interface TrainResult {
  readonly outcome: "finished" | "interrupted";
  readonly step: number;
  readonly steps: number;
  /** `backbone/…` and `projector/…`: weights and running statistics. */
  readonly values: ValueTree;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly configuration: { readonly [name: string]: Json };
  readonly plan: Json;
  readonly collapse?: Collapse;
  readonly seconds: number;
}
