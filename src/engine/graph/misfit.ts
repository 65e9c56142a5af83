/** The evidence of a shape that does not fit: both shapes, what the operands are, where they come from. */
import { type Evidence, Problem } from "../../base/index.ts";
import type { Tensor } from "./node.ts";
import type { OpAttributes, OpName } from "./ops.ts";

/** Two operands that do not go together. */
export function pairEvidence(left: Tensor, right: Tensor): Evidence {
  return {
    left: show(left.shape),
    right: show(right.shape),
    leftOp: named(left),
    rightOp: named(right),
    leftOrigin: left.node.origin(),
    rightOrigin: right.node.origin(),
  };
}

/** What an operand is and where it was built. */
export function whence(x: Tensor): Evidence {
  return { of: named(x), origin: x.node.origin() };
}

function named({ node }: Tensor): string {
  if (node.op !== "placeholder") return node.op;
  const { role, name } = node.attributes as OpAttributes["placeholder"];
  return `${role} "${name}"`;
}

/** Which transpose, if any, would make the inner sizes meet. */
export function productCure(left: Tensor, right: Tensor): string {
  if (left.shape.length < 2 || right.shape.length < 2) return "none";
  if (left.shape.at(-1) === right.shape.at(-1)) return "right";
  return left.shape.at(-2) === right.shape.at(-2) ? "left" : "none";
}

export function show(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

export function misfit(op: OpName, what: Misfit, evidence: Evidence): never {
  throw new Problem(`engine/shape-${what}`, { op, ...evidence });
}

type Misfit =
  | "amounts"
  | "axes"
  | "batch"
  | "broadcast"
  | "channels"
  | "dtypes"
  | "empty"
  | "forward"
  | "indexes"
  | "inner"
  | "inputs"
  | "kernel"
  | "parts"
  | "permutation"
  | "range"
  | "size"
  | "sizes"
  | "target"
  | "values";
