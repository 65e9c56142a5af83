/**
 * The order in which units run: among those that are ready, the one that leaves least memory in use
 * (so weight gradients run as soon as they can, and free what they needed), then the earliest.
 */
import {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  type ProgramSpec,
  sizeOf,
} from "../../graph/index.ts";
import { isView, rootOf, type Unit } from "./units.ts";

export interface Scheduled {
  readonly unit: Unit;
  /** Computes only what updates take: runs after everything else, so that a failure changes nothing. */
  readonly last: boolean;
}

export function schedule(units: readonly Unit[], spec: ProgramSpec): readonly Scheduled[] {
  const owner = new Map<Node, number>();
  units.forEach((unit, i) => {
    for (const node of nodesIn(unit)) owner.set(node, i);
  });
  const needs = units.map((unit) => inputsOf(unit).map((edge) => owner.get(edge.node) ?? 0));
  const users: Set<number>[] = units.map(() => new Set());
  needs.forEach((from, i) => {
    for (const one of from) users[one].add(i);
  });
  const isLast = lastUnits(units, { users, owner, spec });

  const waiting = needs.map((from) => new Set(from).size);
  const readers = readersOf(units, spec);
  const ready: number[] = [];
  waiting.forEach((count, i) => {
    if (count === 0) ready.push(i);
  });
  const order: Scheduled[] = [];
  while (ready.length > 0) {
    const early = ready.some((i) => !isLast[i]);
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const [at, i] of ready.entries()) {
      if (early && isLast[i]) continue;
      const change = growth(units[i], readers);
      if (change < least || (change === least && i < ready[best])) [best, least] = [at, change];
    }
    const [next] = ready.splice(best, 1);
    order.push({ unit: units[next], last: isLast[next] });
    for (const edge of inputsOf(units[next])) {
      const root = rootOf(edge);
      readers.set(root, (readers.get(root) ?? 1) - 1);
    }
    for (const user of users[next]) {
      waiting[user]--;
      if (waiting[user] === 0) ready.push(user);
    }
  }
  return order;
}

/** All edges from outside that a unit takes, each once. */
export function inputsOf(unit: Unit): readonly Edge[] {
  const nodes = new Set(nodesIn(unit));
  const found = new Set<Edge>();
  for (const node of nodes)
    for (const edge of node.inputs) if (!nodes.has(edge.node)) found.add(edge);
  return [...found];
}

export function nodesIn(unit: Unit): readonly Node[] {
  if (unit.kind === "node") return [unit.node];
  return unit.kind === "pattern" ? unit.pattern.nodes : unit.nodes;
}

/** Loops whose every value goes to updates alone. */
function lastUnits(
  units: readonly Unit[],
  {
    users,
    owner,
    spec,
  }: { users: readonly ReadonlySet<number>[]; owner: ReadonlyMap<Node, number>; spec: ProgramSpec },
): boolean[] {
  const given = new Set(Object.values(spec.outputs).map((edge) => owner.get(edge.node)));
  const stored = new Set((spec.updates ?? []).map(([, next]) => owner.get(next.node)));
  const last = units.map(() => false);
  for (let i = units.length - 1; i >= 0; i--) {
    if (units[i].kind !== "loop" || given.has(i)) continue;
    const feeds = [...users[i]];
    last[i] = (stored.has(i) || feeds.length > 0) && feeds.every((user) => last[user]);
  }
  return last;
}

function readersOf(units: readonly Unit[], spec: ProgramSpec): Map<Edge, number> {
  const readers = new Map<Edge, number>();
  const add = (edge: Edge) => readers.set(rootOf(edge), (readers.get(rootOf(edge)) ?? 0) + 1);
  for (const unit of units) for (const edge of inputsOf(unit)) add(edge);
  for (const edge of Object.values(spec.outputs)) add(edge);
  return readers;
}

/** Bytes that a unit adds to what is alive: what it makes less what it is the last to read. */
function growth(unit: Unit, readers: ReadonlyMap<Edge, number>): number {
  let bytes = 0;
  const inside = new Set(nodesIn(unit));
  for (const node of inside) {
    if (isView(node)) continue;
    for (const edge of edgesOf(node)) {
      if (edge.kind === "tensor" && (readers.get(edge) ?? 0) > 0) bytes += 4 * sizeOf(edge.shape);
    }
  }
  for (const edge of inputsOf(unit)) {
    const root = rootOf(edge);
    if (root.kind !== "tensor" || isOp(root.node, "placeholder")) continue;
    if ((readers.get(root) ?? 0) <= 1) bytes -= 4 * sizeOf(root.shape);
  }
  return bytes;
}
