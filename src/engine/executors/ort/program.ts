/**
 * A compiled program: an ONNX Runtime session and the arrays it owns. A run blocks the calling thread
 * until it is done (the library's binding is synchronous); yielding between runs is the caller's.
 */
import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { type Json, Problem } from "../../../base/index.ts";
import { type DType, type ProgramSpec, type Shape, sizeOf, verify } from "../../graph/index.ts";
import { bindingsOf, checkInputs, checkValues, ownedNode, wantedOutputs } from "../bindings.ts";
import type { Program, Values } from "../executor.ts";
import { type DeviceName, lacksKernel, refused, sessionOptions } from "./device.ts";
import type { Library } from "./library.ts";
import { inputPrefix, type Target } from "./lowering.ts";
import { modelOf, type OrtModel } from "./model.ts";
import { refuseEmpty, refuseNode } from "./refuse-node.ts";

/** `block`: channels in a block, as the library has them; 1 for row-major kernels only. */
export interface Setting extends Target {
  readonly device: DeviceName;
  readonly threads: number;
  readonly description: { readonly [name: string]: Json };
}

export async function compile(
  library: Library,
  spec: ProgramSpec,
  { threads, block, device, description }: Setting,
): Promise<Program> {
  verify(spec);
  refuseEmpty(spec, device);
  const model = modelOf(spec, { block, device });
  const options = sessionOptions(device, threads);
  const session = await library.ort.InferenceSession.create(model.bytes, options).catch(
    (cause: Error) =>
      lacksKernel(cause) ? refuseNode(library, spec, { device, cause }) : refused(cause),
  );
  const plan = { ...description, nodes: model.chosen };
  return program(library, { session, model, spec, plan });
}

interface Compiled {
  readonly session: InferenceSession;
  readonly model: OrtModel;
  readonly spec: ProgramSpec;
  readonly plan: Json;
}

/**
 * The session reads and writes the arrays in place. What is updated has two that take turns, so that
 * nothing is copied and a run that fails leaves the state as it was.
 */
function program({ ort }: Library, { session, model, spec, plan }: Compiled): Program {
  const bindings = bindingsOf(spec);
  const current = zerosFor([...bindings.owned.keys()]);
  const spare = zerosFor([...model.updates.keys()]);
  let open = true;
  let busy: Promise<void> = Promise.resolve();

  function zerosFor(names: readonly string[]): Map<string, OrtTensor> {
    return new Map(
      names.map((name) => {
        const { dtype, shape } = ownedNode(bindings, name).attributes;
        return [name, wrap(zeros(dtype, shape), shape)];
      }),
    );
  }

  function wrap(values: Values, shape: Shape): OrtTensor {
    return values instanceof Int32Array
      ? new ort.Tensor("int32", values, shape)
      : new ort.Tensor("float32", values, shape);
  }

  function owned(name: string): Values {
    const tensor = current.get(ownedNode(bindings, name).attributes.name);
    return tensor?.data as Values;
  }

  /** One thing at a time: a run that is under way keeps its state until it is done. */
  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const done = busy.then(() => {
      if (!open) throw new Problem("engine/program-disposed", { executor: "ort" });
      return work();
    });
    busy = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  async function runOnce(
    feeds: Record<string, OrtTensor>,
    wanted: readonly string[],
  ): Promise<Record<string, Float32Array>> {
    for (const [name, tensor] of current) {
      if (model.inputs.has(name)) feeds[inputPrefix + name] = tensor;
    }
    const fetches: Record<string, OrtTensor> = {};
    for (const [name, value] of model.updates) fetches[value] = spare.get(name) as OrtTensor;
    const outputs = wanted.map((key) => [key, model.outputs.get(key) as string] as const);
    for (const [key, value] of outputs) {
      const { dtype, shape } = spec.outputs[key];
      fetches[value] = wrap(zeros(dtype, shape), shape);
    }
    await session.run(feeds, fetches).catch(refused);
    for (const [name, next] of spare) {
      spare.set(name, current.get(name) as OrtTensor);
      current.set(name, next);
    }
    return Object.fromEntries(
      outputs.map(([key, value]) => [key, asFloats(fetches[value].data as Values)]),
    );
  }

  return {
    plan,
    async run(inputs = {}, { outputs } = {}) {
      if (open) checkInputs(bindings, inputs);
      const wanted = wantedOutputs(spec, outputs);
      const feeds: Record<string, OrtTensor> = {};
      for (const [name, { attributes }] of open ? bindings.inputs : []) {
        if (model.inputs.has(name)) {
          feeds[inputPrefix + name] = wrap(inputs[name].slice(), attributes.shape);
        }
      }
      return inTurn(() => runOnce(feeds, wanted));
    },
    read: (name) => inTurn(() => Float32Array.from(owned(name))),
    async write(name, values) {
      const copy = values.slice();
      await inTurn(() => {
        checkValues(ownedNode(bindings, name), copy);
        owned(name).set(copy);
      });
    },
    async dispose() {
      if (!open) return;
      await busy;
      if (!open) return;
      open = false;
      current.clear();
      spare.clear();
      await session.release();
    },
  };
}

function zeros(dtype: DType, shape: Shape): Values {
  return new (dtype === "f32" ? Float32Array : Int32Array)(sizeOf(shape));
}

function asFloats(values: Values): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
