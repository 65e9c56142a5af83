/** Weights, and a head's numbers, as one safetensors file that is read back and compared. */
import { Problem } from "../../base/index.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  readSafetensors,
  type StoredTensor,
} from "../../formats/safetensors/index.ts";
import { readFileBytes } from "../read-file.ts";
import { metadataOf } from "./describe.ts";
import type { ExportSubject } from "./subject.ts";

/** The encoder's tensors under their own names, a head's under `head.…`. */
export function weightTensors({ representation, head }: ExportSubject): {
  readonly [name: string]: StoredTensor;
} {
  const own = decodeSafetensors(readFileBytes(representation.weights), representation.weights);
  const encoder = own.names.map((name) => [name, own.tensor(name)] as const);
  if (head === undefined) return Object.fromEntries(encoder);
  const stored = head.tensors();
  const ofHead = stored.names.map((name) => [`head.${name}`, stored.tensor(name)] as const);
  return Object.fromEntries([...encoder, ...ofHead]);
}

export function weightFile(subject: ExportSubject): Uint8Array[] {
  const tensors = weightTensors(subject);
  return encodeSafetensors({ tensors, metadata: metadataOf(subject) });
}

export interface WeightsRead {
  readonly tensors: number;
  readonly values: number;
}

/** Throws `app/export-differs` where a value did not come back bit for bit. */
export function compareWeights(file: string, subject: ExportSubject): WeightsRead {
  const expected = weightTensors(subject);
  const found = readSafetensors(file);
  let values = 0;
  for (const [name, { shape, values: own }] of Object.entries(expected)) {
    const back = found.tensor(name);
    const isSame =
      back.shape.join() === shape.join() &&
      back.values.length === own.length &&
      back.values.every((value, i) => Object.is(value, own[i]));
    if (!isSame) {
      const differs = { embedding: Number.POSITIVE_INFINITY, probability: 0, bound: 0 };
      throw new Problem("app/export-differs", { file, ...differs });
    }
    values += own.length;
  }
  return { tensors: Object.keys(expected).length, values };
}
