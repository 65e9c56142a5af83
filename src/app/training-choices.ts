/** From what a person asked for to the trainer's choices: defaults from the workspace's file. */
import { z } from "zod";
import { digestBytes, digestJson, fork, keyFromSeed, Problem } from "../base/index.ts";
import { decodeSafetensors } from "../formats/safetensors/index.ts";
import {
  adjustPair,
  measureNormalize,
  type Normalize,
  type RecipePair,
  simclrRecipe,
  vicregRecipe,
} from "../learn/augment/index.ts";
import { backbone } from "../learn/backbones/index.ts";
import type { Pictures } from "../learn/data/index.ts";
import { type Method, method, methods, simclr } from "../learn/methods/index.ts";
import type { ValueTree } from "../learn/nn/index.ts";
import { type Optimiser, optimisers } from "../learn/optim/index.ts";
import type { Choices, Duration } from "../learn/train/index.ts";
import {
  nearest,
  type Representation,
  readConfig,
  type Store,
  type StoredDataset,
} from "../registry/index.ts";
import type { Machine } from "./machine.ts";
import { readFileBytes } from "./read-file.ts";
import { adjustmentsOf, mergeViews, type ViewOptions, writtenOut } from "./view-options.ts";

/** As on the command line; kept whole in `run.json`, so that a run can be taken up again. */
export interface TrainingOptions extends ViewOptions {
  readonly method?: string;
  readonly backbone?: string;
  readonly size?: number;
  readonly epochs?: number;
  readonly minutes?: number;
  readonly batch?: number;
  readonly learningRate?: number;
  readonly optimizer?: string;
  readonly temperature?: number;
  readonly projector?: readonly number[];
  readonly seed?: number;
  /** A representation to go on from. */
  readonly from?: string;
}

/** SimCLR learns faster than VICReg in the minutes a CPU has; see docs/decisions/0004. */
export const trainingDefaults = {
  method: "simclr",
  backbone: "res-2-64",
  size: 32,
  minutes: 10,
  seed: 0,
} as const;

export type FilledOptions = TrainingOptions &
  Required<Pick<TrainingOptions, "method" | "backbone" | "size" | "seed">>;

/** Options, then the workspace's file, then defaults. */
export function fillOptions(options: TrainingOptions, store: Store): FilledOptions {
  const { seed, pretrain } = readConfig(store.workspace);
  const { "learning-rate": learningRate, "second-view": secondView, ...rest } = pretrain;
  const wanted = without({ ...rest, learningRate, seed });
  const given = without(options);
  if (given.epochs !== undefined && given.minutes !== undefined) {
    throw new Problem("app/epochs-and-minutes");
  }
  const durations = ["epochs", "minutes"] as const;
  const { augment: _, ...merged } = { ...wanted, ...given };
  if (durations.some((name) => given[name] !== undefined)) {
    for (const name of durations) if (given[name] === undefined) delete merged[name];
  }
  const { minutes, ...defaults } = trainingDefaults;
  const timed = durations.some((name) => merged[name] !== undefined) ? {} : { minutes };
  const views = mergeViews({ ...rest, ...(secondView && { secondView }) } as ViewOptions, given);
  return { ...defaults, ...timed, ...merged, ...views };
}

/** Refuses what can be refused before pictures are read. */
export function checkOptions(options: FilledOptions): void {
  methodOf(options);
  backbone(options.backbone, options);
  if (options.optimizer !== undefined) optimiserOf(options.optimizer);
  recipesAsked(options);
}

/** What a representation brings along when training goes on from it: other networks would not fit. */
export function optionsFrom(initial: Representation): TrainingOptions {
  const { size } = preprocessingOf(initial);
  return { method: initial.document.method, backbone: backboneName(initial), size };
}

/** Only what decides the training, so that it can be stored and compared. */
export function trainingOptions(options: TrainingOptions): TrainingOptions {
  const { method, backbone, size, epochs, minutes, batch } = options;
  const { learningRate, optimizer, temperature, projector, seed, from } = options;
  const first = { method, backbone, size, epochs, minutes, batch };
  const second = { learningRate, optimizer, temperature, projector, seed, from };
  return { ...first, ...second, ...writtenOut(options) };
}

export interface Subject {
  readonly dataset: Pick<StoredDataset, "version">;
  /** The training pictures only. */
  readonly pictures: Pictures;
  readonly initial?: Representation;
  /** What computes: a device makes its views itself, so that none cross to it. */
  readonly machine: Pick<Machine, "executor" | "device">;
}

/** Whether each step runs beside this process, which should not wait for it more than it must. */
export function computesAside({ executor, device }: Pick<Machine, "executor" | "device">): boolean {
  return executor === "torch" && device !== "cpu";
}

export function choicesOf(options: FilledOptions, subject: Subject): Choices {
  const { dataset, pictures, initial, machine } = subject;
  const { batch, projector, learningRate, optimizer, seed } = options;
  const chosen = methodOf(options);
  const normalize = initial
    ? preprocessingOf(initial).normalize
    : measureNormalize(pictures, fork(keyFromSeed(seed), "normalize"));
  return {
    backbone: backbone(options.backbone, options),
    method: chosen,
    pictures,
    data: digestJson({ version: dataset.version, split: "train" }),
    recipes: recipesOf(options, { method: chosen, normalize }),
    seed,
    duration: durationOf(options),
    ...(computesAside(machine) && { augment: "device" }),
    ...(batch !== undefined && { batch }),
    ...(projector !== undefined && { projector }),
    ...(learningRate !== undefined && { rate: learningRate }),
    ...(optimizer !== undefined && { optimiser: optimiserOf(optimizer) }),
    ...(initial && { initial: { name: initial.reference, values: weightsOf(initial) } }),
  };
}

export interface Preprocessing {
  readonly size: number;
  readonly normalize: Normalize;
}

const triple = z.tuple([z.number(), z.number(), z.number()]);
const preprocessing = z.object({
  size: z.int().min(1),
  normalize: z.object({ mean: triple, deviation: triple }),
});

/** How a representation wants its pictures. */
export function preprocessingOf({ document, folder }: Representation): Preprocessing {
  const parsed = preprocessing.safeParse(document.preprocessing);
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues[0].message;
  const values = { file: folder, kind: "representation", place: "preprocessing", found };
  throw new Problem("formats/document-invalid", values, { cause: parsed.error });
}

/** Of the file as it was stored: weights that were changed in place would pass for others. */
export function requireWeights({ weights, document, reference }: Representation): Uint8Array {
  const bytes = readFileBytes(weights);
  if (digestBytes(bytes) === document.weights.digest) return bytes;
  throw new Problem("app/weights-changed", { representation: reference, path: weights });
}

export function weightsOf(representation: Representation): ValueTree {
  const tensors = decodeSafetensors(requireWeights(representation), representation.weights);
  return Object.fromEntries(tensors.names.map((name) => [name, tensors.float32(name)]));
}

/** Documents describe backbones as values with a name. */
export function backboneName({ document }: Representation): string {
  const { backbone: described } = document;
  const isNamed = typeof described === "object" && described !== null && "name" in described;
  return isNamed ? String(described.name) : String(described);
}

function methodOf({ method: name, temperature }: FilledOptions): Method {
  if (!Object.hasOwn(methods, name)) {
    const known = Object.keys(methods);
    const values = { name, known: known.join(", "), nearest: nearest(name, known) };
    throw new Problem("train/unknown-method", values);
  }
  const chosen = method(name);
  if (temperature === undefined) return chosen;
  if (chosen.name !== "simclr") throw new Problem("app/no-temperature", { method: name });
  return simclr({ temperature });
}

/** The recipe that a stored representation was trained with by these options. */
export function recipesFor(representation: Representation, options: ViewOptions): RecipePair {
  const { size, normalize } = preprocessingOf(representation);
  const views = { ...options, size };
  return recipesOf(views, { method: method(representation.document.method), normalize });
}

/** The recipe that training will have; pictures are shown without its normalisation. */
export function recipesAsked(options: FilledOptions): RecipePair {
  const normalize = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;
  return recipesOf(options, { method: methodOf(options), normalize });
}

interface RecipeParts {
  readonly method: Pick<Method, "recipe">;
  readonly normalize: Normalize;
}

function recipesOf(
  options: ViewOptions & Pick<FilledOptions, "size">,
  { method: { recipe }, normalize }: RecipeParts,
): RecipePair {
  const usual = { simclr: simclrRecipe, vicreg: vicregRecipe }[recipe];
  const { size, secondView } = options;
  return adjustPair(usual({ size, normalize }), adjustmentsOf(options), secondView);
}

function durationOf({ epochs, minutes }: FilledOptions): Duration {
  return epochs === undefined ? { minutes: minutes ?? trainingDefaults.minutes } : { epochs };
}

function optimiserOf(name: string): Optimiser {
  const make = Object.values(optimisers).find((one) => one().name === name);
  if (make) return make();
  const known = Object.keys(optimisers).join(", ");
  const near = nearest(name, Object.keys(optimisers));
  throw new Problem("app/optimizer-unknown", { name, known, nearest: near });
}

function without<T extends object>(
  values: T,
): { -readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
