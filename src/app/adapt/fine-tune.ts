/** Fine-tuning for `adapt`: moves a copy of the encoder, and stores it where it turns out better. */
import { asJson, fork, keyFromSeed, Problem } from "../../base/index.ts";
import type { Executor } from "../../engine/index.ts";
import type { LabelSet } from "../../formats/documents/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import {
  type FineTuned,
  fineTune,
  fineTuneDefaults,
  type Scope,
  scopes,
} from "../../learn/finetune/index.ts";
import type { Refined, Refining } from "../../learn/heads/index.ts";
import { type Matrix, type Product, pickRows } from "../../learn/measure/index.ts";
import {
  nameFrom,
  nearest,
  type Representation,
  type StoredDataset,
} from "../../registry/index.ts";
import type { Desk } from "../desk.ts";
import { orientationOf } from "../stored-training.ts";
import { encoderOf, storedFeatures } from "../subjects.ts";
import type { AdaptOptions, FineTuneFacts } from "./options.ts";

export interface FineTuning {
  readonly scope: Scope;
  readonly representation: Representation;
  readonly dataset: StoredDataset;
  readonly set: LabelSet;
  readonly executor: Executor;
  readonly pictures: Pictures;
  readonly desk: Desk;
  readonly options: AdaptOptions;
  /** The frozen encoder's features of every item. */
  readonly matrix: Matrix;
  /** The class of every item as far as labels may be used. */
  readonly codes: Int32Array;
  readonly seed: number;
  readonly product: Product;
}

export interface FineTuner {
  refine(given: Refining): Promise<Refined | undefined>;
  /** What came of it, once `refine` was asked. */
  outcome(): { readonly facts: FineTuneFacts; readonly representation?: Representation };
}

export function scopeOf(asked: string | undefined): Scope | undefined {
  const found = scopes.find((one) => one === asked);
  if (asked === undefined || found !== undefined) return found;
  const values = { name: asked, known: scopes.join(", "), nearest: nearest(asked, scopes) };
  throw new Problem("app/fine-tune-unknown", values);
}

export function fineTuner(given: FineTuning): FineTuner {
  const { scope, representation, dataset, executor, pictures, desk, options } = given;
  const { emit, signal, clock } = desk.work;
  const { document } = dataset;
  let facts: FineTuneFacts = { scope };
  let made: Representation | undefined;
  return {
    async refine({ training, classifier }) {
      const encoder = encoderOf(representation);
      const { layer } = representation.document;
      const started = clock.monotonic();
      emit({ type: "phase", phase: "fine-tune" });
      const found = await fineTune({
        ...{ executor, ...encoder, layer, pictures },
        orientation: orientationOf(representation, desk.store),
        recipe: {
          ...fineTuneDefaults,
          scope,
          ...(options.epochs !== undefined && { epochs: options.epochs }),
        },
        key: fork(keyFromSeed(given.seed), "fine-tune"),
        rows: training,
        codes: Int32Array.from(training, (row) => given.codes[row]),
        classes: given.set.classes.length,
        groups: Array.from(training, (row) => document.items.group[row]),
        features: pickRows(given.matrix, training),
        frozen: classifier,
        product: given.product,
        ...(options.weights && { weights: options.weights }),
        onProgress(done, total) {
          signal.throwIfAborted();
          emit({ type: "progress", phase: "fine-tune", done, total });
        },
      });
      emit({
        type: "phase-end",
        phase: "fine-tune",
        seconds: (clock.monotonic() - started) / 1000,
      });
      if (found === undefined) return undefined;
      const { epochs, judged, against, better } = found;
      const tried = {
        epochs,
        accuracy: judged.accuracy,
        balanced: judged.balanced,
        frozen: against,
      };
      facts = { scope, tried };
      if (better === undefined) return undefined;
      made = keepEncoder(better.values, { ...given, found });
      facts = { scope, tried, representation: made.reference };
      const task = { executor, pictures, desk };
      const features = await storedFeatures(made, { taps: [layer], dataset }, task);
      return { classifier: better.classifier, matrix: features[layer] };
    },
    outcome: () => ({ facts, ...(made && { representation: made }) }),
  };
}

/** The next version of `<encoder>-<label set>`, which knows what it was made from. */
function keepEncoder(
  values: Readonly<Record<string, Float32Array>>,
  {
    representation,
    dataset,
    set,
    desk,
    scope,
    seed,
    found,
  }: FineTuning & { readonly found: FineTuned },
): Representation {
  const { format: _, version, created: __, weights, name, ...rest } = representation.document;
  const tensors = Object.entries(values).map(
    ([key, own]) => [key, { shape: [own.length], values: own }] as const,
  );
  const { epochs, judged, against, curve } = found;
  return desk.writer.writeRepresentation(
    {
      ...rest,
      name: `${name}-${nameFrom(set.name) ?? "tuned"}`,
      seed,
      dataset: { name: dataset.document.name, version: dataset.version },
      from: { name, version, digest: weights.digest },
      results: asJson({ fineTune: { scope, epochs, judged, against, curve } }),
    },
    { tensors: Object.fromEntries(tensors) },
  );
}
