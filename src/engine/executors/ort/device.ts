/**
 * Where ONNX Runtime computes: on the processor, or by WebGPU on a graphics card. There every op of a
 * program must have a kernel; the library may not put some on the processor without a word.
 */
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { Problem } from "../../../base/index.ts";
import { createGraph, encodeModel } from "../../../formats/onnx/index.ts";
import { irVersion, opsets } from "./library.ts";

export const deviceNames = ["cpu", "webgpu"] as const;
export type DeviceName = (typeof deviceNames)[number];

/** The part of the library that makes sessions. */
export interface Sessions {
  readonly InferenceSession: {
    create(
      bytes: Uint8Array<ArrayBuffer>,
      options: InferenceSession.SessionOptions,
    ): Promise<Pick<InferenceSession, "run" | "release">>;
  };
  readonly Tensor: typeof Tensor;
}

/** Tries one addition there. */
export async function openDevice(
  { ort }: { readonly ort: Sessions },
  name: DeviceName,
): Promise<void> {
  if (name === "cpu") return;
  const graph = createGraph("probe");
  const given = graph.input("x", "f32", [1]);
  const [sum] = graph.node("Add", [given, given]);
  graph.output(sum, "f32", [1]);
  const bytes = encodeModel({ irVersion, producer: "tanafuda", graph: graph.finish(), opsets });
  try {
    const session = await ort.InferenceSession.create(bytes, sessionOptions(name, 1));
    await session.run({ x: new ort.Tensor("float32", Float32Array.of(1), [1]) });
    await session.release();
  } catch (cause) {
    const message = wordsOf(cause instanceof Error ? cause.message : String(cause));
    throw new Problem("engine/device-missing", { name, known: "cpu", message }, { cause });
  }
}

export function sessionOptions(
  device: DeviceName,
  threads: number,
): InferenceSession.SessionOptions {
  return {
    ...(device !== "cpu" && { executionProviders: [{ name: device }] }),
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 4,
    // A pattern is laid out beside what the first run took: a third less memory without, 6 % slower.
    enableMemPattern: false,
    extra: {
      session: {
        use_deterministic_compute: "1",
        // Threads that wait turn in circles; for long, that takes the core from whoever prepares views.
        force_spinning_stop: "1",
        intra_op: { spin_duration_us: "200" },
        ...(device !== "cpu" && { disable_cpu_ep_fallback: "1" }),
      },
    },
  };
}

export function refused(cause: Error): never {
  const message = wordsOf(cause.message);
  throw new Problem("engine/library-refused", { library: "onnxruntime", message }, { cause });
}

/** Whether the library found no kernel on the device for part of the program; it does not say which. */
export function lacksKernel({ message }: Error): boolean {
  return /fallback to CPU EP/.test(message);
}

/** Without the place in the library's source that its messages begin with. */
export function wordsOf(message: string): string {
  return message.replace(/^\/\S+:\d+ .* was false\. /s, "").trim();
}
