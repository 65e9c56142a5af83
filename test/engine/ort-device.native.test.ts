/** The executor `ort` by WebGPU: what it asks of the library, how it refuses, and the suite where a card is. */
import type * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { Problem } from "../../src/base/index.ts";
import { openDevice, sessionOptions } from "../../src/engine/executors/ort/device.ts";
import { refuseEmpty, refuseNode } from "../../src/engine/executors/ort/refuse-node.ts";
import {
  add,
  gradient,
  logSoftmax,
  matmul,
  multiply,
  ortExecutor,
  type ProgramSpec,
  parameter,
  placeholder,
  sum,
  tanh,
  transpose,
  type Values,
} from "../../src/engine/index.ts";
import { decodeModel } from "../../src/formats/onnx/index.ts";
import { languages, sentence } from "../../src/words/index.ts";
import { buildCase, expectedOf, specOf } from "./build-case.ts";
import { caseTable } from "./cases/index.ts";
import { nmse } from "./compare.ts";

const real = await import("onnxruntime-node");
const missing = await ortExecutor({ device: "webgpu" }).then(
  async (found) => {
    await found.dispose();
    return undefined;
  },
  (problem: unknown) => problem,
);

describe("options of a session", () => {
  it("forbid the processor on a device, and name no provider on the processor", () => {
    expect(sessionOptions("webgpu", 2)).toMatchObject({
      executionProviders: [{ name: "webgpu" }],
      intraOpNumThreads: 2,
      extra: { session: { disable_cpu_ep_fallback: "1", use_deterministic_compute: "1" } },
    });
    const cpu = sessionOptions("cpu", 2);
    expect(cpu).not.toHaveProperty("executionProviders");
    expect(cpu.extra).not.toHaveProperty("session.disable_cpu_ep_fallback");
  });
});

const fallback =
  "This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has been explicitly disabled by the user.";

/** A library whose device has no kernel for these ops. */
function without(...ops: readonly string[]) {
  const asked: ort.InferenceSession.SessionOptions[] = [];
  const create = async (
    bytes: Uint8Array<ArrayBuffer>,
    options: ort.InferenceSession.SessionOptions,
  ) => {
    asked.push(options);
    const nodes = decodeModel(bytes).graph?.nodes ?? [];
    if (nodes.some(({ op }) => ops.includes(op))) throw new Error(fallback);
    return await real.InferenceSession.create(bytes, { logSeverityLevel: 4 });
  };
  return { ort: { ...real, InferenceSession: { create } }, asked };
}

describe("refusals", () => {
  it("say which device is not there, in the library's words", async () => {
    const words =
      "/src/webgpu_context.cc:136 onnxruntime::webgpu::X() status == Success was false. Failed to get a WebGPU adapter: No supported adapters\n";
    const create = () => Promise.reject(new Error(words));
    const library = { ort: { ...real, InferenceSession: { create } } };
    await expect(openDevice(library, "webgpu")).rejects.toMatchObject({
      code: "engine/device-missing",
      values: {
        name: "webgpu",
        known: "cpu",
        message: "Failed to get a WebGPU adapter: No supported adapters",
      },
    });
    await expect(openDevice(library, "cpu")).resolves.toBeUndefined();
  });

  it("keep tensors of no elements from the device", () => {
    const spec = { outputs: { y: tanh(placeholder("x", [0, 3])) } };
    expect(() => refuseEmpty(spec, "cpu")).not.toThrow();
    const refused = expect.objectContaining({ code: "engine/node-refused" });
    expect(() => refuseEmpty(spec, "webgpu")).toThrow(refused);
  });

  it("name the first op that the device has no kernel for", async () => {
    const x = placeholder("x", [2, 3]);
    const bent = tanh(multiply(x, x));
    const spec = { outputs: { y: sum(add(bent, x)) } };
    const library = without("Tanh");
    const found = await refuseNode(library, spec, {
      device: "webgpu",
      cause: new Error(fallback),
    }).catch((problem: unknown) => problem);
    expect(found).toMatchObject({
      code: "engine/node-refused",
      values: {
        library: "ONNX Runtime (webgpu)",
        op: "tanh",
        shapes: "[2, 3] → [2, 3]",
        origin: expect.stringMatching(/ort-device\.native\.test\.ts:\d+/),
        message: fallback,
      },
    });
    if (!(found instanceof Problem)) throw found;
    for (const language of languages) {
      expect(sentence(found.code, found.values, language)).toContain("tanh [2, 3] → [2, 3]");
    }
    const first = library.asked[0];
    expect(first).toEqual(sessionOptions("webgpu", 1));
  });
});

describe("where a device answers", () => {
  it("pools, convolves, multiplies and takes log softmax there, as the reference does", {
    timeout: 300_000,
  }, async ({ skip }) => {
    skip(missing !== undefined, "no WebGPU adapter: it takes a graphics card and its driver");
    const executor = await ortExecutor({ device: "webgpu", threads: 1 });
    const run = async (spec: ProgramSpec, values: Readonly<Record<string, Values>>) => {
      const program = await executor.compile(spec);
      const found = await program.run(values);
      await program.dispose();
      return found;
    };
    for (const op of ["maxPool", "maxPoolGradient", "convolutionWeightGradient"] as const) {
      for (const example of caseTable[op].cases) {
        const { outputs, values } = buildCase(example);
        const spec = specOf(outputs);
        const [found, expected] = [await run(spec, values), expectedOf(spec, values)];
        for (const name of Object.keys(expected)) {
          expect(nmse(found[name], expected[name]), `${op} ${example.name}`).toBeLessThan(1e-10);
        }
      }
    }
    const x = placeholder("x", [4, 3]);
    const w = parameter("w", [5, 3]);
    const loss = sum(logSoftmax(matmul(x, transpose(w))));
    const [dx] = gradient(loss, [x]);
    const program = await executor.compile({ outputs: { loss, dx } });
    expect(program.plan).toMatchObject({ device: "webgpu", block: 1 });
    await program.dispose();
    await executor.dispose();
  });
});

describe("where no device answers", () => {
  it("is refused with a sentence", ({ skip }) => {
    skip(missing === undefined, "a WebGPU adapter is here");
    expect(missing).toMatchObject({
      code: "engine/device-missing",
      values: { name: "webgpu", known: "cpu" },
    });
  });
});
