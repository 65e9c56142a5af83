/** Trains on a dataset's training pictures and puts the encoder on the shelf, resumable at any time. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  asJson,
  type Code,
  type Evidence,
  fork,
  type Json,
  keyFromSeed,
  Problem,
} from "../base/index.ts";
import type { Executor } from "../engine/index.ts";
import { writeFileAtomically } from "../formats/atomic-file/index.ts";
import { type Choices, decodeCheckpoint, type TrainResult, train } from "../learn/train/index.ts";
import {
  checkName,
  type Representation,
  type RunFolder,
  type StoredDataset,
} from "../registry/index.ts";
import { availableMemory } from "./available-memory.ts";
import { itemsOf, openStoredPictures, picturesAt } from "./dataset.ts";
import type { Desk } from "./desk.ts";
import type { Machine } from "./executor.ts";
import { codeFacts, hostFacts } from "./host.ts";
import { productOn } from "./product.ts";
import { choicesOf, computesAside, type FilledOptions } from "./training-choices.ts";
import { type SortingWatch, watchSorting } from "./watch-sorting.ts";

export interface TrainingTask {
  readonly options: FilledOptions;
  readonly name?: string;
  readonly dataset: StoredDataset;
  readonly executor: Executor;
  readonly machine: Machine;
  /** The pilot that this training is a part of. */
  readonly parent?: string;
  /** A run to take up instead of starting one. */
  readonly resume?: string;
  /** Choose anew how it is computed, where the run's own plan cannot be followed. */
  readonly replan?: boolean;
}

export type Trained =
  | { readonly outcome: "interrupted"; readonly run: string; readonly step: number }
  | {
      readonly outcome: "trained";
      readonly run: string;
      readonly representation: Representation;
      readonly summary: TrainingSummary;
    };

/** What a finished training leaves in its run's outcome, for reports made then or later. */
export interface TrainingSummary {
  readonly configuration: TrainResult["configuration"];
  readonly plan: Json;
  readonly collapse: "none" | NonNullable<TrainResult["collapse"]>;
  readonly seconds: number;
  readonly watched: Pick<SortingWatch, "kind" | "labelSet">;
}

const looks = 12;
/** Steps between two looks at the losses of a device that computes beside this process. */
const looksAtLosses = 10;
const needed = 8;

export async function trainRepresentation(task: TrainingTask, desk: Desk): Promise<Trained> {
  const { dataset, executor, options } = task;
  const { store, work } = desk;
  using all = openStoredPictures(store, dataset.document);
  const items = itemsOf(dataset.document, "train");
  requireVariety(dataset);
  const pictures = picturesAt(all, items);
  const initial = options.from === undefined ? undefined : store.resolve(options.from, work.cwd);
  const choices = choicesOf(options, {
    dataset,
    pictures,
    machine: task.machine,
    ...(initial && { initial }),
  });
  const name = checkName("representation", task.name ?? defaultName(dataset, choices));
  const run = openRun(task, { desk, name });
  const checkpoint = join(run.checkpoints, "last.safetensors");
  const saved =
    task.resume !== undefined && existsSync(checkpoint)
      ? { bytes: readFileSync(checkpoint), file: checkpoint }
      : undefined;
  await using products = productOn(executor);
  let pending: { ncc?: number; rankme?: number } = {};
  const watch = watchSorting({
    document: dataset.document,
    items,
    pictures,
    recipe: choices.recipes.views[0],
    key: fork(keyFromSeed(options.seed), "watch"),
    product: products.product,
    onLook: (seen) => {
      pending = seen;
    },
  });
  using metrics = run.openMetrics({ fromStep: saved ? decodeCheckpoint(saved).step : 0 });
  try {
    const result = await train({
      ...choices,
      executor,
      clock: work.clock,
      emit: work.emit,
      signal: work.signal,
      evaluate: { times: looks, run: watch.evaluate },
      onMetrics: (row) => {
        metrics.append({ ...row, ...pending });
        pending = {};
      },
      save: async ({ parts }) => {
        metrics.sync();
        writeFileAtomically(checkpoint, parts, { existing: "replace" });
      },
      ...(saved && { resumeFrom: saved }),
      ...(task.replan && { allowOtherPlan: true }),
      ...(computesAside(task.machine) && { readEvery: looksAtLosses }),
      // On a device of its own, memory is the device's.
      ...(task.machine.device === "cpu" && { memory: availableMemory() }),
    });
    if (result.outcome === "interrupted") {
      run.finish({ state: "interrupted", steps: result.step });
      return { outcome: "interrupted", run: run.id, step: result.step };
    }
    if (pending.ncc !== undefined) metrics.append({ step: result.steps, ...pending });
    // Killed after shelving and before saying so, a resumed run finds its own representation.
    const representation =
      store.representations().find(({ document }) => document.run === run.id) ??
      shelve(task, { desk, run: run.id, name, choices, result });
    const { version, weights } = representation.document;
    const reference = { name, version, digest: weights.digest };
    const { configuration, plan, seconds } = result;
    const collapse = result.collapse ?? "none";
    const watched = { kind: watch.kind, ...(watch.labelSet && { labelSet: watch.labelSet }) };
    const summary = { configuration, plan, collapse, seconds, watched } as const;
    run.finish({
      state: "finished",
      steps: result.steps,
      representation: reference,
      results: summary,
    });
    return { outcome: "trained", run: run.id, representation, summary };
  } catch (thrown) {
    const { code, values } =
      thrown instanceof Problem
        ? thrown
        : ({ code: "internal/defect", values: { message: String(thrown) } } as const);
    logFailure(run, thrown);
    finishFailed(run, { code, values });
    throw thrown;
  }
}

function logFailure(run: RunFolder, thrown: unknown): void {
  try {
    run.log(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  } catch (second) {
    if (!(second instanceof Problem)) throw second;
  }
}

/** Where not even this can be written, the run has died; the first problem is the one to tell. */
export function finishFailed(
  run: RunFolder,
  problem: { readonly code: Code; readonly values: Evidence } | undefined,
  state: "failed" | "interrupted" = "failed",
): void {
  try {
    run.finish({
      state,
      ...(problem && { problem: { code: problem.code, values: problem.values } }),
    });
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
  }
}

/** Whole configuration of a pretraining run, enough to take it up again. */
export interface StoredTraining {
  readonly options: FilledOptions;
  readonly name?: string;
  readonly machine: Machine;
}

function openRun(task: TrainingTask, { desk, name }: { desk: Desk; name: string }): RunFolder {
  const { writer, work } = desk;
  if (task.resume !== undefined) return writer.resumeRun(task.resume);
  const { dataset, executor, machine, options, parent } = task;
  const stored: StoredTraining = { options, name, machine };
  return writer.createRun({
    kind: "pretrain",
    name,
    command: [...work.command],
    seeds: [options.seed],
    configuration: asJson(stored),
    datasets: [{ name: dataset.document.name, version: dataset.version }],
    representations: [],
    code: codeFacts(),
    host: hostFacts(),
    plan: executor.description,
    ...(parent !== undefined && { parent }),
  });
}

interface Shelving {
  readonly desk: Desk;
  readonly run: string;
  readonly name: string;
  readonly choices: Choices;
  readonly result: TrainResult;
}

function shelve(
  { dataset, options }: TrainingTask,
  { desk, run, name, choices, result }: Shelving,
): Representation {
  const { backbone, recipes } = choices;
  const [{ size, normalize }] = recipes.views;
  const tensors = Object.entries(result.values).map(
    ([key, values]) => [key, { shape: result.shapes[key] ?? [values.length], values }] as const,
  );
  const [last] = backbone.taps.slice(-1);
  const draft = {
    name,
    run,
    seed: options.seed,
    dataset: { name: dataset.document.name, version: dataset.version },
    method: choices.method.name,
    backbone: { name: backbone.name },
    preprocessing: { size, normalize } satisfies Json,
    input: { channels: 3, height: size, width: size },
    layers: backbone.taps.map((tap) => ({ ...tap })),
    layer: last.name,
    steps: result.steps,
  };
  return desk.writer.writeRepresentation(draft, { tensors: Object.fromEntries(tensors) });
}

function defaultName({ document }: StoredDataset, { method, backbone }: Choices): string {
  return `${document.name}-${method.name}-${backbone.name}`;
}

/** Nothing can be learnt from too few pictures, or from copies of one. */
export function requireVariety({ document }: Pick<StoredDataset, "document">): void {
  const { name, items: columns } = document;
  const items = itemsOf(document, "train");
  if (items.length < needed) {
    const evaluation = columns.id.length - items.length;
    throw new Problem("app/too-few-pictures", {
      dataset: name,
      train: items.length,
      evaluation,
      needed,
    });
  }
  if (new Set(Array.from(items, (i) => columns.digest[i])).size === 1) {
    throw new Problem("app/all-pictures-equal", { dataset: name, pictures: items.length });
  }
}
