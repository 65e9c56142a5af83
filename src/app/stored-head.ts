/** A head into the numbers that `formats/documents/head.ts` describes, and back, bit for bit. */
import { Problem } from "../base/index.ts";
import type { HeadDocument } from "../formats/documents/index.ts";
import type { Safetensors, StoredTensor } from "../formats/safetensors/index.ts";
import {
  type Abstention,
  type Answering,
  type Conformal,
  type FittedClassifier,
  type Novelty,
  openClassifier,
  openConformal,
  openNovelty,
} from "../learn/heads/index.ts";
import { type Matrix, type Product, plainProduct } from "../learn/measure/index.ts";
import type { Head, HeadExamples } from "../registry/index.ts";

export interface HeadNumbers {
  readonly classifier: FittedClassifier;
  /** Features of the labelled training items, as they come. */
  readonly examples: Matrix;
  readonly novelty?: Pick<Novelty, "distances"> | undefined;
}

export function headTensors({
  classifier: { frame, form },
  examples,
  novelty,
}: HeadNumbers): Readonly<Record<string, StoredTensor>> {
  return {
    "frame.means": vector(frame.means),
    "frame.scale": vector(Float64Array.of(frame.scale)),
    ...(frame.axes && { "frame.axes": table(frame.axes) }),
    ...(form.kind === "linear"
      ? { weights: table(form.weights), bias: vector(form.bias) }
      : { bank: table(form.bank), codes: vector(form.codes), votes: vector(form.weights) }),
    examples: table(examples),
    ...(novelty && { distances: vector(novelty.distances) }),
  };
}

/** The classifier of a stored head, whose classes are positions in the document's `classes`. */
export function fittedOf({ document, tensors }: Head): FittedClassifier {
  return fittedFrom(document, tensors());
}

function fittedFrom(document: HeadDocument, stored: Safetensors): FittedClassifier {
  const { width, classes, kind: head, setting, temperature, neighbours } = document;
  const matrix = (name: string, columns: number) => matrixOf(stored, name, columns);
  const vector = (name: string) => float64(stored, name);
  const frame = {
    columns: width,
    means: vector("frame.means"),
    scale: vector("frame.scale")[0],
    axes: stored.has("frame.axes") ? matrix("frame.axes", width) : undefined,
  };
  const form = stored.has("weights")
    ? ({ kind: "linear", weights: matrix("weights", width), bias: vector("bias") } as const)
    : ({
        kind: "neighbours",
        bank: matrix("bank", width),
        codes: Int32Array.from(stored.tensor("codes").values, Number),
        weights: vector("votes"),
        count: neighbours ?? setting,
      } as const);
  return { head, setting, temperature, classes: [...classes.keys()], frame, form };
}

export interface OpenedHead extends Answering {
  readonly classes: readonly string[];
  readonly examples: HeadExamples & { readonly features: Matrix };
  readonly sets: Conformal | undefined;
  readonly abstention: Abstention | undefined;
  readonly novelty: Novelty | undefined;
  readonly alarm: HeadDocument["alarm"];
}

/** Everything a stored head answers with; nothing is fitted. */
export function openHead(head: Head, product: Product = plainProduct): OpenedHead {
  const { document } = head;
  const stored = head.tensors();
  const known = matrixOf(stored, "examples", document.width);
  const { sets, abstention, novelty, alarm } = document;
  return {
    ...openClassifier(fittedFrom(document, stored), product),
    classes: document.classes,
    examples: { ...head.examples(), features: known },
    sets: sets && openConformal(sets),
    abstention: abstention && {
      ...abstention,
      confidence: abstention.confidence ?? Number.POSITIVE_INFINITY,
    },
    novelty:
      novelty &&
      openNovelty({ ...novelty, known, distances: float64(stored, "distances") }, product),
    alarm,
  };
}

function vector(values: Float64Array | Int32Array): StoredTensor {
  return { shape: [values.length], values };
}

function table({ rows, columns, values }: Matrix): StoredTensor {
  return { shape: [rows, columns], values };
}

function matrixOf(stored: Safetensors, name: string, columns: number): Matrix {
  const { shape } = stored.tensor(name);
  const values = stored.float32(name);
  if (shape.length === 2 && shape[1] === columns) return { rows: shape[0], columns, values };
  const found = `${name} of [${shape.join(", ")}], not ${columns} wide`;
  throw new Problem("formats/safetensors-header", { file: "head.safetensors", found });
}

function float64(stored: Safetensors, name: string): Float64Array {
  return Float64Array.from(stored.tensor(name).values, Number);
}
