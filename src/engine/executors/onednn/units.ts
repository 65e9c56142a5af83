/**
 * What is executed as one: a node alone, nodes that a primitive takes together, or elementwise nodes of
 * one shape as one loop. Which is decided by the graph alone.
 */
import {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  nodesOf,
  type OpName,
  type ProgramSpec,
  type Shape,
  sizeOf,
} from "../../graph/index.ts";
import { type Pattern, patternsOf } from "./patterns.ts";

export type Unit =
  | { readonly kind: "node"; readonly node: Node }
  | { readonly kind: "pattern"; readonly pattern: Pattern }
  | { readonly kind: "loop"; readonly shape: Shape; readonly nodes: readonly Node[] };

/** Elementwise ops that a loop computes. */
export const loopOps: ReadonlySet<OpName> = new Set<OpName>([
  ...(["add", "subtract", "multiply", "divide", "maximum", "equal", "greater", "select"] as const),
  ...(["negate", "exp", "log", "sqrt", "tanh", "erf", "sin", "cos", "abs", "relu"] as const),
  "stopGradient",
]);

/** Values from here on, of three axes and more, are worth a primitive of their own. */
const large = 1 << 16;

export interface Uses {
  /** Nodes that take the edge as an input, once for each time. */
  of(edge: Edge): readonly Node[];
  /** Whether the program gives or stores the edge. */
  isRoot(edge: Edge): boolean;
  /** The only user, if there is just one and the edge is no root. */
  only(edge: Edge): Node | undefined;
}

export function usesOf(spec: ProgramSpec): Uses {
  const users = new Map<Edge, Node[]>();
  for (const node of nodesOf(spec)) {
    for (const edge of node.inputs) users.set(edge, [...(users.get(edge) ?? []), node]);
  }
  const roots = new Set<Edge>([
    ...Object.values(spec.outputs),
    ...(spec.updates ?? []).map(([, next]) => next),
  ]);
  const of = (edge: Edge) => users.get(edge) ?? [];
  return {
    of,
    isRoot: (edge) => roots.has(edge),
    only: (edge) => (of(edge).length === 1 && !roots.has(edge) ? of(edge)[0] : undefined),
  };
}

/** Units in an order that has inputs before users; see `schedule.ts` for the order they run in. */
export function unitsOf(spec: ProgramSpec): readonly Unit[] {
  const nodes = nodesOf(spec);
  const uses = usesOf(spec);
  const patterns = patternsOf(nodes, uses);
  const units = new Map<Node, Growing>();
  const all = new Set<Growing>();
  const start = (unit: Growing, members: readonly Node[]) => {
    all.add(unit);
    for (const member of members) units.set(member, unit);
  };
  const inLoop = new Set<Node>();
  for (const node of nodes) {
    const pattern = patterns.get(node);
    if (pattern) {
      if (!units.has(node)) start({ kind: "pattern", pattern, after: new Set() }, pattern.nodes);
    } else if (isLoop(node, { uses, inLoop })) {
      inLoop.add(node);
      const shape = loopShape(node);
      const joined = joinable(node, shape, { units, all });
      if (joined) {
        joined.nodes.push(node);
        units.set(node, joined);
      } else start({ kind: "loop", shape, nodes: [node], after: new Set() }, [node]);
    } else start({ kind: "node", node, after: new Set() }, [node]);
    note(node, units);
  }
  return [...all].map(finished);
}

type Loop = Extract<Growing, { kind: "loop" }>;

interface Known {
  readonly units: Map<Node, Growing>;
  readonly all: Set<Growing>;
}

/** `after`: the units whose values it takes. */
type Growing = { readonly after: Set<Growing> } & (
  | { readonly kind: "node"; readonly node: Node }
  | { readonly kind: "pattern"; readonly pattern: Pattern }
  | { readonly kind: "loop"; readonly shape: Shape; readonly nodes: Node[] }
);

function finished(unit: Growing): Unit {
  const { after: _, ...rest } = unit;
  return rest;
}

function note(node: Node, units: ReadonlyMap<Node, Growing>): void {
  const mine = units.get(node);
  for (const { node: from } of node.inputs) {
    const unit = units.get(from);
    if (mine && unit && unit !== mine) mine.after.add(unit);
  }
}

/** Whether `unit` needs `other`, directly or through others. */
function comesAfter(unit: Growing | undefined, other: Growing): boolean {
  const seen = new Set<Growing>();
  const waiting = unit ? [unit] : [];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (one === other) return true;
    for (const next of one.after) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return false;
}

/**
 * A node joins the loop of one of its inputs unless another input comes after that loop: then the loop
 * would have to wait for itself. Loops of other inputs become one with it under the same condition.
 */
function joinable(node: Node, shape: Shape, { units, all }: Known): Loop | undefined {
  const candidates = new Set<Loop>();
  for (const edge of node.inputs) {
    const unit = units.get(edge.node);
    if (unit?.kind === "loop" && same(unit.shape, shape) && !isReduction(edge.node))
      candidates.add(unit);
  }
  const fits = (loop: Loop) =>
    node.inputs.every(({ node: from }) => {
      const unit = units.get(from);
      if (unit === loop) return !isReduction(from);
      return !comesAfter(unit, loop);
    });
  for (const [i, one] of [...candidates].entries()) {
    for (const other of [...candidates].slice(i + 1)) {
      if (comesAfter(one, other) || comesAfter(other, one)) continue;
      merge(one, other, { units, all });
      candidates.delete(other);
    }
  }
  return [...candidates].find(fits);
}

/** The second loop's nodes go to the first. */
function merge(loop: Loop, other: Loop, { units, all }: Known): void {
  const nodes = [...loop.nodes, ...other.nodes];
  loop.nodes.splice(0, loop.nodes.length, ...nodes);
  for (const member of other.nodes) units.set(member, loop);
  for (const one of other.after) loop.after.add(one);
  for (const unit of all) {
    if (!unit.after.delete(other)) continue;
    unit.after.add(loop);
  }
  all.delete(other);
}

export function isReduction(node: Node): boolean {
  return isOp(node, "sum") || isOp(node, "max");
}

/** What a loop runs over: a reduction over its input, anything else over its output. */
export function loopShape(node: Node): Shape {
  const edge = isReduction(node) ? node.inputs[0] : edgesOf(node)[0];
  return shapeOf(edge);
}

interface Seen {
  readonly uses: Uses;
  readonly inLoop: ReadonlySet<Node>;
}

function isLoop(node: Node, known: Seen): boolean {
  if (isReduction(node)) return !isLargeReduction(node, known.inLoop);
  return loopOps.has(node.op) && !isPrimitiveElementwise(node, known);
}

/** Large sums of values that come from primitives: primitives of their own. */
export function isLargeReduction(node: Node, inLoop: ReadonlySet<Node>): boolean {
  return sumsLarge(node) && !inLoop.has(node.inputs[0].node);
}

/** Over all axes but the last, or over a picture. */
function sumsLarge(node: Node): boolean {
  if (!isOp(node, "sum")) return false;
  const shape = shapeOf(node.inputs[0]);
  const leading = shape.slice(0, -1).map((_, axis) => axis);
  const axes = node.attributes.axes.join();
  const covers =
    (shape.length === 4 && axes === "2,3") || (shape.length > 1 && axes === leading.join());
  return covers && sizeOf(shape) >= large;
}

/** Sums, products, multiples and curves of large activations that come from primitives. */
function isPrimitiveElementwise(node: Node, { uses, inLoop }: Seen): boolean {
  const [output] = edgesOf(node);
  const shape = shapeOf(output);
  if (shape.length < 3 || sizeOf(shape) < large) return false;
  if (node.inputs.some((edge) => inLoop.has(edge.node))) return false;
  if (isOp(node, "relu") || isOp(node, "tanh") || isOp(node, "exp")) return true;
  if (!isOp(node, "add") && !isOp(node, "multiply") && !isOp(node, "subtract")) return false;
  if (uses.of(output).some((user) => isReduction(user) && !sumsLarge(user))) return false;
  const [left, right] = node.inputs;
  if (isOp(node, "multiply") && multipleOf(node)) return true;
  if (left === right || !same(shapeOf(left), shape)) return false;
  const other = shapeOf(right);
  const repeats = other.every((size, axis) => size === shape[axis] || size === 1);
  return other.length === shape.length && repeats && sizeOf(other) > 1;
}

/** A value times a constant. */
export function multipleOf({ inputs }: Node<"multiply">): { of: Edge; factor: number } | undefined {
  const [left, right] = inputs;
  for (const [constant, of] of [
    [left, right],
    [right, left],
  ]) {
    if (!isOp(constant.node, "constant")) continue;
    const { values, shape } = constant.node.attributes;
    if (values.length === 1 && shape.length === 0) return { of, factor: values[0] };
  }
  return undefined;
}

export function shapeOf(edge: Edge): Shape {
  return edge.kind === "tensor" ? edge.shape : [];
}

export function same(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((size, axis) => size === right[axis]);
}

const views: ReadonlySet<OpName> = new Set<OpName>([
  "reshape",
  "transpose",
  "slice",
  "broadcastTo",
]);

export function isView(node: Node): boolean {
  return views.has(node.op);
}

/** Views share the memory of what they look at. */
export function rootOf(edge: Edge): Edge {
  return isView(edge.node) ? rootOf(edge.node.inputs[0]) : edge;
}
