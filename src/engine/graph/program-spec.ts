/** What an executor is asked to run, its verifier and its printed form. */
import { Problem } from "../../base/index.ts";
import { type Edge, isOp, type Node, type Tensor } from "./node.ts";
import type { OpAttributes } from "./ops.ts";
import { inferShapes } from "./shapes.ts";

export interface ProgramSpec {
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** After a run, each parameter or state takes the value of its `next`; all are read before any is set. */
  readonly updates?: readonly (readonly [state: Tensor, next: Tensor])[];
}

/**
 * All nodes that the outputs and updates need, inputs before users. The order depends on the
 * program alone, not on what was built before it: plans and sums come out the same in each process.
 */
export function nodesOf(spec: ProgramSpec): readonly Node[] {
  const found = new Set<Node>();
  const waiting = rootsOf(spec).map((tensor) => tensor.node);
  waiting.reverse();
  for (let node = waiting.at(-1); node; node = waiting.at(-1)) {
    const missing = node.inputs.find((input) => !found.has(input.node));
    if (missing) waiting.push(missing.node);
    else {
      found.add(node);
      waiting.pop();
    }
  }
  return [...found];
}

/** The placeholders of a program, in the order of their first use. */
export function placeholdersOf(spec: ProgramSpec): readonly Node<"placeholder">[] {
  return nodesOf(spec).filter((node) => isOp(node, "placeholder"));
}

/**
 * Checks what construction alone cannot promise: shapes again after each pass, unique names, updates
 * that fit their state. Throws `engine/invalid-program` naming the node.
 */
export function verify(spec: ProgramSpec): void {
  for (const node of nodesOf(spec)) {
    const again = inferShapes(
      node.op,
      node.attributes as OpAttributes[typeof node.op],
      node.inputs,
    );
    if (JSON.stringify(again) !== JSON.stringify(node.outputs)) {
      invalid("outputs", node.op, node.origin());
    }
  }
  const names = new Set<string>();
  for (const { attributes, origin } of placeholdersOf(spec)) {
    const { name, role, dtype } = attributes;
    if (names.has(name)) invalid("duplicateName", name, origin());
    if (role !== "input" && dtype !== "f32") invalid("ownedDtype", name, origin());
    names.add(name);
  }
  const targets = new Set<Node>();
  for (const [target, next] of spec.updates ?? []) {
    const { node } = target;
    if (!isOp(node, "placeholder") || node.attributes.role === "input") {
      invalid("updateTarget", node.op, node.origin());
    }
    if (targets.has(node)) invalid("updateTwice", node.attributes.name, node.origin());
    targets.add(node);
    if (target.shape.join() !== next.shape.join() || target.dtype !== next.dtype) {
      invalid("updateShape", node.attributes.name, next.node.origin());
    }
  }
}

/** One line per node, numbered in order: `%3 = matmul(%0, %2) : f32[4,8]`. */
export function print(spec: ProgramSpec): string {
  const nodes = nodesOf(spec);
  const numbers = new Map(nodes.map((node, i) => [node, i]));
  const name = ({ node, output }: Edge) =>
    `%${numbers.get(node)}${node.outputs.length > 1 ? `.${output}` : ""}`;
  const lines = nodes.map((node) => {
    const { identity: _, ...attributes } = { identity: 0, ...node.attributes };
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}=${brief(value)}`);
    const types = node.outputs.map((type) =>
      type.kind === "tensor" ? `${type.dtype}[${type.shape.join(",")}]` : "opaque",
    );
    const inputs = node.inputs.map(name).join(", ");
    return `  ${`%${numbers.get(node)}`} = ${node.op}(${inputs})${written.join("")} : ${types.join(", ")}`;
  });
  const outputs = Object.entries(spec.outputs).map(([key, tensor]) => `  ${key} = ${name(tensor)}`);
  const updates = (spec.updates ?? []).map(
    ([target, next]) => `  ${name(target)} <- ${name(next)}`,
  );
  return ["program", ...lines, "outputs", ...outputs, "updates", ...updates].join("\n");
}

function rootsOf({ outputs, updates = [] }: ProgramSpec): Tensor[] {
  return [...Object.values(outputs), ...updates.flat()];
}

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

function invalid(what: string, name: string, origin = ""): never {
  throw new Problem("engine/invalid-program", { what, name, origin });
}
