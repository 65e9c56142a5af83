/** From what was asked to settings without gaps: defaults by rule, refusals, cautions. */
import { type Evidence, type Json, type NoticeCode, Problem } from "../../base/index.ts";
import { colourOperations, type PictureReader, type RecipePair } from "../augment/index.ts";
import { type Backbone, requireSide } from "../backbones/index.ts";
import type { Method } from "../methods/index.ts";
import type { ValueTree } from "../nn/index.ts";
import {
  cautions,
  defaultBatch,
  defaultClip,
  defaultOptimiser,
  defaultRate,
  type Optimiser,
} from "../optim/index.ts";

export type Pictures = PictureReader & { readonly count: number };

export type Duration = { readonly epochs: number } | { readonly minutes: number };

/** Everything that decides which numbers come out. */
export interface Choices {
  readonly backbone: Backbone;
  readonly method: Method;
  /** The pictures to train on, and nothing else. */
  readonly pictures: Pictures;
  /** What identifies them: the digest of the dataset version and split. */
  readonly data: string;
  readonly recipes: RecipePair;
  readonly seed: number;
  readonly duration: Duration;
  /** Pictures per step; a step sees two views of each. */
  readonly batch?: number;
  readonly projector?: readonly number[];
  readonly optimiser?: Optimiser;
  /** The highest learning rate, after warm-up. */
  readonly rate?: number;
  /** Limit of the gradients' common norm. */
  readonly clip?: number | "none";
  /** Weights to start from: a representation's. A projector that fits is taken over too. */
  readonly initial?: { readonly name: string; readonly values: ValueTree };
  /** Where views are made: typed arrays (default), or the step itself, so that a device keeps them. */
  readonly augment?: "host" | "device";
}

export interface Settings extends Omit<Choices, "clip"> {
  readonly batch: number;
  readonly projector: readonly number[];
  readonly optimiser: Optimiser;
  readonly rate: number;
  /** `undefined` leaves gradients alone. */
  readonly clip: number | undefined;
  /** Side of a view. */
  readonly size: number;
  readonly augment: "host" | "device";
  /** Whole batches; what is left over is dropped, other pictures each epoch. */
  readonly stepsPerEpoch: number;
}

export interface Caution {
  readonly code: NoticeCode;
  readonly values: Evidence;
}

/** Throws where training is impossible; see `cautionsOf` for what is merely unwise. */
export function settle(choices: Choices): Settings {
  const { pictures, backbone, method, recipes, duration } = choices;
  const { count } = pictures;
  if (count < 2) throw new Problem("train/too-few-pictures", { pictures: count, needed: 2 });
  const batch = choices.batch ?? defaultBatch(count);
  whole("batch", batch);
  if (batch < 2) throw new Problem("train/batch-too-small", { batch });
  if (batch > count) {
    const usual = defaultBatch(count);
    throw new Problem("train/batch-too-large", { batch, pictures: count, usual });
  }
  const [{ size }] = recipes.views;
  requireSide(backbone, size);
  checkDuration(duration);
  const optimiser = choices.optimiser ?? defaultOptimiser(batch, backbone.kind);
  const rate = choices.rate ?? defaultRate(optimiser.name, batch, backbone.kind);
  positive("rate", rate);
  const chosen = choices.clip ?? defaultClip(optimiser.name);
  const clip = chosen === "none" ? undefined : chosen;
  if (clip !== undefined) positive("clip", clip);
  const projector = choices.projector ?? method.projectorSizes(count);
  for (const width of projector) whole("projector", width);
  const stepsPerEpoch = Math.floor(count / batch);
  const { augment = "host" } = choices;
  return { ...choices, batch, projector, optimiser, rate, clip, size, augment, stepsPerEpoch };
}

/** What a person should know before these settings run for `steps`. */
export function cautionsOf(settings: Settings, steps: number): readonly Caution[] {
  const { batch, rate, optimiser, stepsPerEpoch, backbone } = settings;
  const pictures = settings.pictures.count;
  const left = pictures - stepsPerEpoch * batch;
  const chosen = { pictures, batch, steps, rate, optimiser: optimiser.name, kind: backbone.kind };
  return cautions(chosen).concat(
    left === 0 ? [] : [{ code: "train/pictures-left-over", values: { left, pictures } }],
  );
}

/** The settings as a JSON value: stored with the run and compared when resuming. */
export function configurationOf(settings: Settings): { readonly [name: string]: Json } {
  const { backbone, method, recipes, optimiser, initial } = settings;
  return {
    backbone: backbone.name,
    method: { name: method.name, settings: method.settings },
    projector: settings.projector,
    data: settings.data,
    pictures: settings.pictures.count,
    recipes: recipes.views,
    colours: colourOperations,
    seed: settings.seed,
    duration: settings.duration,
    batch: settings.batch,
    optimiser: { name: optimiser.name, settings: optimiser.settings },
    rate: settings.rate,
    clip: settings.clip ?? null,
    initial: initial?.name ?? null,
    ...(settings.augment === "device" && { augment: "device" }),
  };
}

/** Steps of a duration in epochs; minutes become steps by measuring. */
export function stepsOf({ stepsPerEpoch }: Settings, epochs: number): number {
  return stepsPerEpoch * epochs;
}

function checkDuration(duration: Duration): void {
  const [value, unit, usable] =
    "epochs" in duration
      ? [duration.epochs, "epochs", Number.isInteger(duration.epochs)]
      : [duration.minutes, "minutes", Number.isFinite(duration.minutes)];
  if (!usable || value <= 0) throw new Problem("train/duration-unusable", { value, unit });
}

function whole(name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new Problem("train/setting-unusable", {
    name,
    found: String(value),
    expected: "1, 2, 3, …",
  });
}

function positive(name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new Problem("train/setting-unusable", { name, found: String(value), expected: "> 0" });
}
