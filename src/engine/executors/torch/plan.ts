/** From a program to flat lists of steps: lowered, without what nobody reads, with last uses marked. */
import type { Json } from "../../../base/index.ts";
import {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  nodesOf,
  type ProgramSpec,
} from "../../graph/index.ts";
import { type Call, mapTensors, type Operator, readsOf, type Slot } from "./call.ts";
import { type Constant, createLowering, type Lowered, type Setting } from "./lowering.ts";
import { asTensor } from "./operands.ts";
import { type At, lower } from "./rules.ts";

export interface Step {
  readonly call: Call;
  /** What is not needed after this step: results that nobody reads, operands that it does not take. */
  readonly done: readonly Slot[];
}

export interface Plan {
  /** What updates and these outputs need. The lists of all asked for so far are kept. */
  readonly stepsFor: (outputs: readonly string[]) => readonly Step[];
  readonly slots: number;
  readonly constants: readonly Constant[];
  /** Where placeholders lie. A placeholder that only unread calls used has no reader. */
  readonly placeholders: ReadonlyMap<string, Slot>;
  readonly outputs: ReadonlyMap<string, Slot>;
  readonly updates: ReadonlyMap<string, Slot>;
  readonly chosen: Json;
}

export function planOf(spec: ProgramSpec, setting: Setting): Plan {
  const lowered = lowerAll(spec, setting);
  const { slots, placeholders, outputs, updates, chosen, constants } = lowered;
  const lasting = new Set([
    ...ownedSlots(spec, lowered),
    ...constants.map(({ slot }) => slot),
    ...updates.values(),
  ]);
  const known = new Map<string, readonly Step[]>();
  function stepsFor(names: readonly string[]): readonly Step[] {
    const wanted = [...outputs].flatMap(([name, slot]) => (names.includes(name) ? [slot] : []));
    const key = wanted.join();
    const steps = known.get(key) ?? stepsOf(lowered, { wanted, lasting });
    known.set(key, steps);
    return steps;
  }

  const read = new Set([...outputs.values(), ...updates.values()]);
  for (const call of readCalls(lowered.calls, read))
    for (const slot of readsOf(call)) read.add(slot);
  return {
    stepsFor,
    slots,
    constants: constants.filter(({ slot }) => read.has(slot)),
    placeholders,
    outputs,
    updates,
    chosen,
  };
}

interface Roots {
  readonly wanted: readonly Slot[];
  /** What outlives a run, updates among them. */
  readonly lasting: ReadonlySet<Slot>;
}

function stepsOf({ calls: all, updates }: Lowered, { wanted, lasting }: Roots): readonly Step[] {
  const kept = new Set([...wanted, ...lasting]);
  const calls = readCalls(all, new Set([...wanted, ...updates.values()]));
  const lastReader = new Map<Slot, Call>();
  for (const call of calls) for (const slot of readsOf(call)) lastReader.set(slot, call);
  return calls.map((call): Step => {
    const isLast = (slot: Slot) => lastReader.get(slot) === call && !kept.has(slot);
    const unread = call.results.filter((slot) => !lastReader.has(slot) && !kept.has(slot));
    if (call.kind === "operator") return { call: givingAway(call, isLast), done: unread };
    return { call, done: [...unread, ...readsOf(call).filter(isLast)] };
  });
}

function lowerAll(spec: ProgramSpec, setting: Setting): Lowered {
  const nodes = nodesOf(spec);
  const users = new Map<Edge, Node[]>();
  for (const node of nodes)
    for (const edge of node.inputs) {
      const known = users.get(edge);
      if (known) known.push(node);
      else users.set(edge, [node]);
    }
  const usersOf = (edge: Edge) => users.get(edge) ?? [];
  const lowering = createLowering(setting);
  for (const node of nodes) {
    const { attributes, inputs } = node;
    lowering.at(node);
    const at = { node, attributes, inputs, outputs: edgesOf(node), usersOf, lowering } as At;
    lowering.choose(node.op, lower(node.op, at));
  }
  return lowering.finish({
    outputs: Object.entries(spec.outputs),
    updates: (spec.updates ?? []).map(([target, next]) => [nameOf(target.node), asTensor(next)]),
  });
}

/** Marks the place where a slot's own handle goes: where it comes twice in one call, the later one. */
function givingAway(call: Operator, isLast: (slot: Slot) => boolean): Operator {
  const given = new Set<Slot>();
  const changed = [...call.arguments].reverse().map((argument) =>
    mapTensors(argument, (tensor) => {
      if (!isLast(tensor.slot) || given.has(tensor.slot)) return tensor;
      given.add(tensor.slot);
      return { ...tensor, last: true };
    }),
  );
  return { ...call, arguments: changed.reverse() };
}

/** Backwards: a call stays if one of its results is read by a call that stays, or is a root. */
function readCalls(calls: readonly Call[], roots: ReadonlySet<Slot>): readonly Call[] {
  const read = new Set(roots);
  const stay: Call[] = [];
  for (const call of [...calls].reverse()) {
    if (!call.results.some((slot) => read.has(slot))) continue;
    for (const slot of readsOf(call)) read.add(slot);
    stay.push(call);
  }
  return stay.reverse();
}

function ownedSlots(spec: ProgramSpec, { placeholders }: Lowered): Slot[] {
  return nodesOf(spec).flatMap((node) => {
    const owned = isOp(node, "placeholder") && node.attributes.role !== "input";
    const slot = owned ? placeholders.get(node.attributes.name) : undefined;
    return slot === undefined ? [] : [slot];
  });
}

function nameOf(node: Node): string {
  return isOp(node, "placeholder") ? node.attributes.name : "";
}
