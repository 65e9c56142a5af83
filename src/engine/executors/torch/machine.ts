/**
 * Runs the steps of a plan over a frame of handles. The dispatcher takes every handle it is given: a
 * tensor's own at its last use, another one before.
 */
import { Problem } from "../../../base/index.ts";
import { edgesOf, type Node } from "../../graph/index.ts";
import type { Argument, Slot } from "./call.ts";
import type { Handle } from "./ffi.ts";
import { check, type Library, make, wordsOf } from "./library.ts";
import type { Plan, Step } from "./plan.ts";

/** The tensor in each slot, 0 where there is none. */
export type Frame = Handle[];

/** Leaves in the frame what the plan keeps; throws a Problem that names the node. */
export function runSteps(library: Library, { steps }: Plan, frame: Frame): void {
  for (const step of steps) {
    const status = perform(library, step, frame);
    if (status !== 0) throw refused(library, step.call.node);
    for (const slot of step.unread) release(library, frame, slot);
  }
}

export function release({ functions }: Library, frame: Frame, slot: Slot): void {
  if (frame[slot] === 0n) return;
  functions.deleteTensor(frame[slot]);
  frame[slot] = 0n;
}

const stack = new BigUint64Array(32);

function perform(library: Library, { call, last }: Step, frame: Frame): number {
  const { functions, abiVersion } = library;
  if (call.kind === "subtraction") {
    const { left, right, alpha, results } = call;
    const status = functions.subtract(frame[left], frame[right], alpha, stack);
    if (status === 0) frame[results[0]] = stack[0];
    for (const slot of last) release(library, frame, slot);
    return status;
  }
  // Where a tensor comes twice in one call, only its last place takes the handle itself.
  const given = call.arguments;
  const lastPlace = new Map<Slot, number>();
  if (last.size > 0) {
    let place = 0;
    for (const argument of given) eachSlot(argument, (slot) => lastPlace.set(slot, place++));
  }
  let place = 0;
  const handleOf = (slot: Slot): Handle => {
    const own = last.has(slot) && lastPlace.get(slot) === place;
    place++;
    if (!own) return make(library, (made) => functions.anotherHandle(frame[slot], made));
    const handle = frame[slot];
    frame[slot] = 0n;
    return handle;
  };
  for (const [i, argument] of given.entries()) stack[i] = encode(library, argument, handleOf);
  const status = functions.dispatch(call.name, call.overload, stack, abiVersion);
  if (status === 0) for (const [i, slot] of call.results.entries()) frame[slot] = stack[i];
  return status;
}

function eachSlot(argument: Argument, visit: (slot: Slot) => void): void {
  if (argument.kind === "tensor") visit(argument.slot);
  else if (argument.kind === "tensors") argument.slots.forEach(visit);
  else if (argument.kind === "present") eachSlot(argument.argument, visit);
}

/** The argument in the 64 bits that the dispatcher reads it from. Lists, boxes and strings are taken too. */
function encode(library: Library, argument: Argument, handleOf: (slot: Slot) => Handle): bigint {
  const { functions } = library;
  switch (argument.kind) {
    case "bits":
      return argument.bits;
    case "tensor":
      return handleOf(argument.slot);
    case "tensors":
      return list(library, argument.slots.map(handleOf));
    case "list":
      return list(library, argument.bits);
    case "present": {
      const value = encode(library, argument.argument, handleOf);
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
