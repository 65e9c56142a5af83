/** A checkpoint: all that training needs to go on as if it had never stopped, in one safetensors file. */
import { canonicalJson, type Json, Problem } from "../../base/index.ts";
import { decodeSafetensors, encodeSafetensors } from "../../formats/safetensors/index.ts";
import type { ValueTree } from "../nn/index.ts";

const format = 1;

export interface CheckpointHeader {
  /** Steps done; data order, views and learning rate of the next follow from it and the seed. */
  readonly step: number;
  /** Steps in all: of a duration in minutes, the measured number. */
  readonly steps: number;
  /** The whole configuration, the seed in it. */
  readonly configuration: { readonly [name: string]: Json };
  /** How the executor computes each node. */
  readonly plan: Json;
}

export interface Checkpoint extends CheckpointHeader {
  /** Weights, running statistics and what the optimiser keeps, by name. */
  readonly values: ValueTree;
}

/** Bytes of a checkpoint file and what to call it when something is wrong with it. */
export interface CheckpointFile {
  readonly bytes: Uint8Array;
  readonly file: string;
}

/** The file in parts, to be written one after another. `shapes` by the values' names. */
export function encodeCheckpoint(
  { values, ...header }: Checkpoint,
  shapes: Readonly<Record<string, readonly number[]>> = {},
): Uint8Array[] {
  const tensors = Object.entries(values).map(
    ([name, array]) => [name, { shape: shapes[name] ?? [array.length], values: array }] as const,
  );
  return encodeSafetensors({
    tensors: Object.fromEntries(tensors),
    metadata: { tanafuda: canonicalJson({ format, ...header }) },
  });
}

export function decodeCheckpoint({ bytes, file }: CheckpointFile): Checkpoint {
  const { header, tensors } = read({ bytes, file });
  if (header.format !== format) {
    const found = String(header.format ?? "?");
    throw new Problem("train/checkpoint-version", { file, found, expected: format });
  }
  const { step, steps, configuration, plan } = header;
  if (!isCount(step) || !isCount(steps) || !isRecord(configuration) || plan === undefined) {
    throw new Problem("train/checkpoint-cut-short", { file, reason: "header" });
  }
  const values = Object.fromEntries(tensors.names.map((name) => [name, tensors.float32(name)]));
  return { step, steps, configuration, plan, values };
}

/** Throws unless the checkpoint is of this configuration, naming the fields that differ. */
export function checkConfiguration(
  { configuration: saved }: CheckpointHeader,
  asked: CheckpointHeader["configuration"],
): void {
  const fields = differences(saved, asked);
  if (fields) throw new Problem("train/checkpoint-other-configuration", { fields });
}

/** What differs between two plans, or undefined: the executor would compute as it did. */
export function planDifferences(saved: Json, found: Json): string | undefined {
  if (isRecord(saved) && isRecord(found)) return differences(saved, found);
  return differences({ plan: saved }, { plan: found });
}

interface Fields {
  readonly [name: string]: Json | undefined;
}

/** `batch (128 → 256), seed (1 → 2)`, or undefined where nothing differs. */
function differences(left: Fields, right: Fields): string | undefined {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  const different = names.filter((name) => text(left[name]) !== text(right[name]));
  if (different.length === 0) return undefined;
  return different
    .map((name) => `${name} (${brief(left[name])} → ${brief(right[name])})`)
    .join(", ");
}

function read({ bytes, file }: CheckpointFile) {
  try {
    const tensors = decodeSafetensors(bytes, file);
    const header: Json = JSON.parse(tensors.metadata.tanafuda ?? "null");
    if (!isRecord(header)) throw new SyntaxError("no header of ours");
    return { header, tensors };
  } catch (cause) {
    const reason = cause instanceof Problem ? cause.code : "header";
    throw new Problem("train/checkpoint-cut-short", { file, reason }, { cause });
  }
}

function isCount(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isRecord(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string {
  return value === undefined ? "–" : canonicalJson(value);
}

function brief(value: Json | undefined): string {
  const written = text(value);
  return written.length <= 48 ? written : `${written.slice(0, 47)}…`;
}
