/** ONNX Runtime itself: loaded when first asked for, and asked what this machine's kernels look like. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type * as ort from "onnxruntime-node";
import { Problem } from "../../../base/index.ts";
import { createGraph, encodeModel } from "../../../formats/onnx/index.ts";
import { domains } from "./lowering.ts";

export interface Library {
  readonly ort: typeof ort;
  readonly version: string;
  /** Channels in a block of the blocked kernels; 1 where this machine has none. */
  readonly block: number;
}

export const opsets = [
  { domain: "", version: 20 },
  { domain: domains.fused, version: 1 },
  { domain: domains.blocked, version: 1 },
] as const;

export const irVersion = 9;

let loading: Promise<Library> | undefined;

export function openLibrary(): Promise<Library> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Library> {
  try {
    const ort = await import("onnxruntime-node");
    const version = await versionOf("onnxruntime-node");
    return { ort, version, block: await blockOf(ort) };
  } catch (cause) {
    loading = undefined;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Problem(
      "engine/library-missing",
      { library: "onnxruntime-node", what: "package", message },
      { cause },
    );
  }
}

async function versionOf(name: string): Promise<string> {
  const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return JSON.parse(await readFile(file, "utf8")).version;
}

/**
 * The block size has no accessor, so 0, 1, 2, … on 32 channels of 2 positions is brought into blocks:
 * the second position of channel 0 comes right after the first block.
 */
async function blockOf({ InferenceSession, Tensor }: typeof ort): Promise<number> {
  const shape = [1, 32, 1, 2];
  const graph = createGraph("probe");
  const given = graph.input("x", "f32", shape);
  const [blocked] = graph.node("ReorderInput", [given], { domain: domains.blocked });
  graph.output(blocked, "f32", shape);
  const values = Float32Array.from({ length: 64 }, (_, i) => i);
  try {
    const options = { intraOpNumThreads: 1, logSeverityLevel: 4 } as const;
    const bytes = encodeModel({ irVersion, producer: "tanafuda", graph: graph.finish(), opsets });
    const session = await InferenceSession.create(bytes, options);
    const found = await session.run({ x: new Tensor("float32", values, shape) });
    await session.release();
    const block = Array.from(found[blocked].data as Float32Array).indexOf(1);
    return block === 8 || block === 16 || block === 32 ? block : 1;
  } catch {
    return 1;
  }
}
