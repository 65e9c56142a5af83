/** Elementwise units as loops: an expression for each op, inputs by their strides. */
import {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  type OpName,
  type Shape,
  sizeOf,
} from "../../graph/index.ts";
import { rowMajor, type Strided } from "./held.ts";
import type { LoopResult, LoopTerm } from "./loop-source.ts";
import type { Lowering } from "./lowering.ts";
import { shapeOf, type Uses } from "./units.ts";

const expressions: { readonly [K in OpName]?: (...operands: string[]) => string } = {
  add: (a, b) => `${a} + ${b}`,
  subtract: (a, b) => `${a} - ${b}`,
  multiply: (a, b) => `${a} * ${b}`,
  divide: (a, b) => `${a} / ${b}`,
  maximum: (a, b) => `Math.max(${a}, ${b})`,
  equal: (a, b) => `${a} === ${b} ? 1 : 0`,
  greater: (a, b) => `${a} > ${b} ? 1 : 0`,
  select: (condition, a, b) => `${condition} !== 0 ? ${a} : ${b}`,
  negate: (x) => `-${x}`,
  exp: (x) => `Math.exp(${x})`,
  log: (x) => `Math.log(${x})`,
  sqrt: (x) => `Math.sqrt(${x})`,
  tanh: (x) => `Math.tanh(${x})`,
  erf: (x) => `erf(${x})`,
  sin: (x) => `Math.sin(${x})`,
  cos: (x) => `Math.cos(${x})`,
  abs: (x) => `Math.abs(${x})`,
  relu: (x) => `Math.max(${x}, 0)`,
  stopGradient: (x) => x,
};

export interface LoopUnit {
  readonly shape: Shape;
  readonly nodes: readonly Node[];
}

/** `target` gives the memory that a value is to be written to, where that is decided already. */
export function lowerLoop(
  lowering: Lowering,
  { shape, nodes }: LoopUnit,
  { uses, target }: { uses: Uses; target: (edge: Edge) => Strided | undefined },
): string {
  const names = new Map<Edge, string>();
  const inputs: { held: Strided; strides: number[] }[] = [];
  const terms: LoopTerm[] = [];
  const results: LoopResult[] = [];
  const outputs: Strided[] = [];
  const members = new Set(nodes);

  function operand(edge: Edge): string {
    const known = names.get(edge);
    if (known) return known;
    const literal = literalOf(edge);
    const name = literal ?? `x${inputs.length}`;
    if (literal === undefined) {
      const held = lowering.strided(edge, shapeType(edge));
      inputs.push({ held, strides: stridesAlong(held, shape) });
    }
    names.set(edge, name);
    return name;
  }

  for (const node of nodes) {
    const [edge] = edgesOf(node);
    const operands = node.inputs.map(operand);
    if (isOp(node, "sum") || isOp(node, "max")) {
      const { axes } = node.attributes;
      const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const dense = rowMajor(kept);
      const strides = kept.map((_, axis) => (axes.includes(axis) ? 0 : dense[axis]));
      results.push({ kind: node.op, term: operands[0], strides, size: sizeOf(kept) });
      const made = target(edge) ?? lowering.makeDense(shapeOf(edge));
      outputs.push(made);
      lowering.hold(edge, made);
      continue;
    }
    const name = `t${terms.length}`;
    terms.push({ expression: expressions[node.op]?.(...operands) ?? "NaN" });
    names.set(edge, name);
    const outside = uses.isRoot(edge) || uses.of(edge).some((user) => !members.has(user));
    if (!outside) continue;
    results.push({ kind: "store", term: name });
    const made = target(edge) ?? lowering.makeDense(shape);
    outputs.push(made);
    lowering.hold(edge, made);
  }
  const source = { shape, inputs: inputs.map(({ strides }) => ({ strides })), terms, results };
  lowering.loop(
    source,
    inputs.map(({ held }) => held),
    outputs,
  );
  return `loop of ${nodes.length}`;
}

function shapeType(edge: Edge): "f32" | "s32" {
  return edge.kind === "tensor" && edge.dtype === "i32" ? "s32" : "f32";
}

/** A constant of one value is written into the loop. */
function literalOf({ node }: Edge): string | undefined {
  if (!isOp(node, "constant")) return undefined;
  const { values } = node.attributes;
  return values.length === 1 ? number(values[0]) : undefined;
}

function number(value: number): string {
  if (Object.is(value, -0)) return "(-0)";
  return value < 0 ? `(${value})` : String(value);
}

/** Strides along the loop's axes; 0 where the value is repeated. */
function stridesAlong({ layout: { dims }, strides }: Strided, shape: Shape): number[] {
  const lead = shape.length - dims.length;
  return shape.map((size, axis) => {
    if (axis < lead) return 0;
    return dims[axis - lead] === 1 && size !== 1 ? 0 : strides[axis - lead];
  });
}
