/** Nodes and edges: immutable, interned values. Building the same thing twice gives the same node. */
import type { DType, OpAttributes, OpName, Shape } from "./ops.ts";
import { inferShapes } from "./shapes.ts";

export type Node<K extends OpName = OpName> = {
  readonly [P in K]: {
    readonly op: P;
    readonly attributes: Readonly<OpAttributes[P]>;
    readonly inputs: readonly Edge[];
    readonly outputs: readonly OutputType[];
    /** Grows with each new node, so inputs always have smaller ids. For interning only. */
    readonly id: number;
    /** Where the node was first built: `file:line` of the caller outside the engine, for errors. */
    readonly origin: () => string;
  };
}[K];

export type OutputType =
  | { readonly kind: "tensor"; readonly shape: Shape; readonly dtype: DType }
  | { readonly kind: "opaque" };

/** One output of a node: an array of known shape. */
export interface Tensor {
  readonly kind: "tensor";
  readonly node: Node;
  readonly output: number;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** What a backward op needs from its forward, sized by the executor. */
export interface Opaque {
  readonly kind: "opaque";
  readonly node: Node;
  readonly output: number;
}

export type Edge = Tensor | Opaque;

/** The node of this op on these inputs, with its outputs as edges. Throws a Problem on bad shapes. */
export function build<K extends OpName>(
  op: K,
  inputs: readonly Edge[],
  attributes: OpAttributes[K],
): readonly Edge[] {
  const key = `${op}(${inputs.map((edge) => `${edge.node.id}.${edge.output}`)})${keyOf(attributes)}`;
  const known = interned.get(key)?.deref();
  if (known) return edgesOf(known);
  const own = frozen(attributes);
  const outputs = inferShapes(op, own, inputs);
  const node = Object.freeze({
    op,
    attributes: own,
    inputs: Object.freeze([...inputs]),
    outputs,
    id: nextId++,
    origin: captureOrigin(),
  }) as Node;
  interned.set(key, new WeakRef(node));
  collected.register(node, key);
  return edgesOf(node);
}

export function edgesOf(node: Node): readonly Edge[] {
  const known = edges.get(node);
  if (known) return known;
  const made = node.outputs.map((type, output): Edge => Object.freeze({ ...type, node, output }));
  edges.set(node, made);
  return made;
}

/** A number no other placeholder has. */
export function newIdentity(): number {
  return nextIdentity++;
}

export function isOp<K extends OpName>(node: Node, op: K): node is Extract<Node, { op: K }> {
  return node.op === op;
}

const interned = new Map<string, WeakRef<Node>>();
const edges = new WeakMap<Node, readonly Edge[]>();
const collected = new FinalizationRegistry((key: string) => {
  if (!interned.get(key)?.deref()) interned.delete(key);
});
let nextId = 0;
let nextIdentity = 0;

/** Like JSON with sorted names, but it tells -0 from 0 and knows NaN and infinities. */
function keyOf(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${name}:${keyOf(member)}`).join()}}`;
}

/** A copy that the caller's later changes cannot reach. */
function frozen<T extends object>(attributes: T): T {
  const members = Object.entries(attributes).map(([name, value]) => [
    name,
    Array.isArray(value) ? Object.freeze([...value]) : value,
  ]);
  return Object.freeze(Object.fromEntries(members));
}

const inEngine = /[\\/]engine[\\/]graph[\\/]/;

/** V8 formats a stack only when it is read, so keeping the error costs microseconds. */
function captureOrigin(): () => string {
  const error = new Error();
  return () => {
    const lines = (error.stack ?? "").split("\n").slice(1);
    const caller = lines.find((line) => !inEngine.test(line)) ?? "";
    return /([^\\/()\s]+[\\/][^\\/()\s]+:\d+):\d+\)?$/.exec(caller)?.[1] ?? "unknown";
  };
}
