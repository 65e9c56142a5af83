/**
 * Runs the steps of a plan over a frame of handles. The dispatcher takes every handle it is given: a
 * tensor's own at its last use, another one before.
 */
import { Problem } from "../../../base/index.ts";
import { edgesOf, type Node } from "../../graph/index.ts";
import type { Argument, Slot } from "./call.ts";
import type { Handle } from "./ffi.ts";
import { check, type Library, make, wordsOf } from "./library.ts";
import type { Step } from "./plan.ts";

/** The tensor in each slot, 0 where there is none. */
export type Frame = Handle[];

/** Leaves in the frame what the plan keeps; throws a Problem that names the node. */
export function runSteps(library: Library, steps: readonly Step[], frame: Frame): void {
  for (const step of steps) {
    const status = perform(library, step, frame);
    if (status !== 0) throw refused(library, step.call.node);
    for (const slot of step.done) release(library, frame, slot);
  }
}

export function release({ functions }: Library, frame: Frame, slot: Slot): void {
  if (frame[slot] === 0n) return;
  functions.deleteTensor(frame[slot]);
  frame[slot] = 0n;
}

const stack = new BigUint64Array(32);

function perform(library: Library, { call }: Step, frame: Frame): number {
  const { functions, abiVersion } = library;
  if (call.kind === "subtraction") {
    const { left, right, alpha, results } = call;
    const status = functions.subtract(frame[left], frame[right], alpha, stack);
    if (status === 0) frame[results[0]] = stack[0];
    return status;
  }
  const { name, overload, results } = call;
  for (const [i, argument] of call.arguments.entries()) {
    stack[i] = encode(library, argument, frame);
  }
  const status = functions.dispatch(name, overload, stack, abiVersion);
  if (status === 0) for (const [i, slot] of results.entries()) frame[slot] = stack[i];
  return status;
}

/** The argument in the 64 bits that the dispatcher reads it from. Lists, boxes and strings are taken too. */
function encode(library: Library, argument: Argument, frame: Frame): bigint {
  const { functions } = library;
  switch (argument.kind) {
    case "bits":
      return argument.bits;
    case "tensor": {
      const handle = frame[argument.slot];
      if (!argument.last) return make(library, (made) => functions.anotherHandle(handle, made));
      frame[argument.slot] = 0n;
      return handle;
    }
    case "tensors":
      return list(
        library,
        argument.tensors.map((tensor) => encode(library, tensor, frame)),
      );
    case "list":
      return list(library, argument.bits);
    case "present": {
      const value = encode(library, argument.argument, frame);
      const box = make(library, functions.newBox);
      functions.fill(box, value);
      return box;
    }
    case "text": {
      const bytes = Buffer.from(argument.text);
      return make(library, (made) => functions.newString(bytes, bytes.length, made));
    }
    default:
      return argument satisfies never;
  }
}

function list(library: Library, elements: readonly bigint[]): Handle {
  const { functions } = library;
  const made = make(library, (into) => functions.newList(elements.length, into));
  for (const element of elements) check(library, functions.push(made, element));
  return made;
}

function refused(library: Library, node: Node): Problem {
  const shapes = node.inputs.map((edge) => (edge.kind === "tensor" ? show(edge.shape) : "–"));
  const results = edgesOf(node).flatMap((edge) =>
    edge.kind === "tensor" ? [show(edge.shape)] : [],
  );
  return new Problem("engine/node-refused", {
    library: "PyTorch",
    op: node.op,
    shapes: `${shapes.join(" ") || "–"} → ${results.join(" ")}`,
    origin: node.origin(),
    message: wordsOf(library),
  });
}

function show(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
