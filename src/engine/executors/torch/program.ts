/**
 * A compiled program: a plan and the tensors it owns, all on the device. A run blocks the calling
 * thread until its steps are issued, and until they are done where outputs are brought back.
 */
import { type Json, Problem } from "../../../base/index.ts";
import { type ProgramSpec, type Shape, sizeOf, verify } from "../../graph/index.ts";
import { bindingsOf, checkInputs, checkValues, ownedNode, wantedOutputs } from "../bindings.ts";
import type { Program, Values } from "../executor.ts";
import { returnFreed } from "../heap.ts";
import type { Slot } from "./call.ts";
import { type Device, fromDevice, layoutOf, toDevice } from "./device.ts";
import type { Handle } from "./ffi.ts";
import { indexChecksOf } from "./indexes.ts";
import { type Library, make } from "./library.ts";
import type { TorchAlgorithms, TorchPrecision } from "./lowering.ts";
import { type Frame, release, runSteps } from "./machine.ts";
import { type Plan, planOf } from "./plan.ts";
import { checkReplay } from "./replay.ts";

export interface ProgramSetting {
  readonly device: Device;
  readonly threads: number;
  readonly precision: TorchPrecision;
  readonly channelsLast: boolean;
  readonly algorithms: TorchAlgorithms;
  readonly description: { readonly [name: string]: Json };
}

export function compile(
  library: Library,
  spec: ProgramSpec,
  { earlier, ...setting }: ProgramSetting & { readonly earlier: Json | undefined },
): Program {
  verify(spec);
  const { dtypes } = library.functions;
  const { precision, description } = setting;
  const lowered = planOf(spec, { precision, dtypes });
  const plan = { ...description, nodes: lowered.chosen };
  if (earlier !== undefined) checkReplay(earlier, plan);
  return program(library, { spec, setting, lowered, plan });
}

interface Compiled {
  readonly spec: ProgramSpec;
  readonly setting: ProgramSetting;
  readonly lowered: Plan;
  readonly plan: Json;
}

function program(library: Library, { spec, setting, lowered, plan }: Compiled): Program {
  const bindings = bindingsOf(spec);
  const checkIndexes = indexChecksOf(spec);
  const { functions } = library;
  const { device, channelsLast } = setting;
  const frame: Frame = new Array(lowered.slots).fill(0n);
  const lasting = new Set<Slot>();
  let open = true;

  function upload(values: Values, shape: Shape): Handle {
    const dtype = functions.dtypes[values instanceof Int32Array ? "i32" : "f32"];
    const plain = layoutOf(shape, dtype);
    return toDevice(library, device, {
      values,
      plain,
      target: layoutOf(shape, dtype, channelsLast),
    });
  }

  function download(tensor: Handle, shape: Shape, dtype: "f32" | "i32"): Float32Array {
    const values = new (dtype === "f32" ? Float32Array : Int32Array)(sizeOf(shape));
    fromDevice(library, tensor, { values, layout: layoutOf(shape, functions.dtypes[dtype]) });
    return values instanceof Float32Array ? values : Float32Array.from(values);
  }

  function put(slot: Slot, handle: Handle): void {
    release(library, frame, slot);
    frame[slot] = handle;
  }

  function slotOf(name: string): Slot {
    const slot = lowered.placeholders.get(name);
    if (slot !== undefined) return slot;
    throw new Problem("internal/defect", { message: `${name} has no place on the device` });
  }

  function alive(): void {
    if (!open) throw new Problem("engine/program-disposed", { executor: "torch" });
  }

  function close(): void {
    open = false;
    for (let slot = 0; slot < frame.length; slot++) release(library, frame, slot);
    returnFreed();
  }

  try {
    for (const { slot, shape, dtype, values } of lowered.constants) {
      frame[slot] = upload(
        dtype === "f32" ? Float32Array.from(values) : Int32Array.from(values),
        shape,
      );
      lasting.add(slot);
    }
    for (const [name, { attributes }] of bindings.owned) {
      const slot = slotOf(name);
      frame[slot] = upload(new Float32Array(sizeOf(attributes.shape)), attributes.shape);
      lasting.add(slot);
    }
  } catch (error) {
    close();
    throw error;
  }

  /** What lives for one run only. */
  function clear(): void {
    for (let slot = 0; slot < frame.length; slot++) {
      if (!lasting.has(slot)) release(library, frame, slot);
    }
  }

  return {
    plan,
    async run(inputs = {}, { outputs } = {}) {
      alive();
      checkInputs(bindings, inputs);
      const wanted = wantedOutputs(spec, outputs);
      checkIndexes(inputs);
      try {
        for (const [name, { attributes }] of bindings.inputs) {
          frame[slotOf(name)] = upload(inputs[name], attributes.shape);
        }
        // Settings of the whole process: another program may have changed them.
        functions.setThreads?.(setting.threads);
        functions.setDeterministic?.(setting.algorithms === "repeatable");
        functions.setTrying?.(setting.algorithms === "fastest");
        functions.setTf32?.(setting.precision === "tf32");
        runSteps(library, lowered.stepsFor(wanted), frame);
        const found = wanted.map((name) => {
          const { shape, dtype } = spec.outputs[name];
          return [name, download(frame[lowered.outputs.get(name) ?? -1], shape, dtype)] as const;
        });
        const next = [...lowered.updates].map(([name, slot]) => {
          const handle = make(library, (made) => functions.anotherHandle(frame[slot], made));
          return [slotOf(name), handle] as const;
        });
        for (const [slot, handle] of next) put(slot, handle);
        return Object.fromEntries(found);
      } finally {
        clear();
      }
    },
    async read(name) {
      alive();
      const { shape } = ownedNode(bindings, name).attributes;
      return download(frame[slotOf(name)], shape, "f32");
    },
    async write(name, values) {
      alive();
      const node = ownedNode(bindings, name);
      checkValues(node, values);
      put(slotOf(name), upload(values, node.attributes.shape));
    },
    async dispose() {
      if (open) close();
    },
  };
}
