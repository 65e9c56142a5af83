/** Reverse-mode differentiation: a loss and what to differentiate by → the gradients, as graph. */
import { Problem } from "../../base/index.ts";
import {
  constant,
  type Edge,
  edgesOf,
  type Node,
  nodesOf,
  type OpName,
  type Tensor,
} from "../graph/index.ts";
import { accumulate } from "./accumulate.ts";
import { type Backward, type Rule, rules, stopped } from "./rules.ts";

/**
 * The derivatives of a scalar loss by each target, in the targets' order and shapes; zeros for a
 * target the loss does not depend on. A target may be any float tensor of the graph.
 */
export function gradient(loss: Tensor, targets: readonly Tensor[]): Tensor[] {
  check(loss, targets);
  const reached = reachedFrom(targets, nodesOf({ outputs: { loss } }));
  const parts = new Map<Edge, Tensor[]>([[loss, [constant(1)]]]);
  const cotangent = (edge: Edge) => {
    const found = parts.get(edge);
    return found && accumulate(found);
  };
  for (const node of reached.reverse()) {
    const dys = edgesOf(node).map(cotangent);
    if (dys.every((dy) => dy === undefined)) continue;
    const dxs = backward(node, dys);
    for (const [i, input] of node.inputs.entries()) {
      const dx = dxs[i];
      if (!dx || input.kind === "opaque") continue;
      const before = parts.get(input);
      if (before) before.push(dx);
      else parts.set(input, [dx]);
    }
  }
  return targets.map((target) => cotangent(target) ?? constant(0, target.shape));
}

/** The nodes that lie above a target: only these need their rule, all else is constant. */
function reachedFrom(targets: readonly Tensor[], nodes: readonly Node[]): Node[] {
  const varying = new Set<Edge>(targets);
  const reached = nodes.filter((node) => {
    const varies = rules[node.op] !== stopped && node.inputs.some((edge) => varying.has(edge));
    if (varies) for (const edge of edgesOf(node)) varying.add(edge);
    return varies;
  });
  return reached;
}

function backward(node: Node, dys: readonly (Tensor | undefined)[]) {
  const [dy, ...others] = dys;
  // Only first outputs are differentiated: the others are workspaces, and batch norm's statistics,
  // which feed running averages.
  if (!dy || others.some((other) => other !== undefined)) refuse(node.op, "statistics", node);
  const outputs = edgesOf(node);
  const rule = rules[node.op] as Rule<OpName>;
  return rule({ node, attributes: node.attributes, inputs: tensors(node.inputs), outputs, dy });
}

function tensors(edges: readonly Edge[]): Backward["inputs"] {
  return edges.filter((edge) => edge.kind === "tensor");
}

function check(loss: Tensor, targets: readonly Tensor[]): void {
  if (loss.shape.length > 0 || loss.dtype !== "f32") {
    throw new Problem("engine/loss-not-scalar", {
      op: loss.node.op,
      shape: `[${loss.shape.join(", ")}]`,
      origin: loss.node.origin(),
    });
  }
  const whole = targets.find((target) => target.dtype !== "f32");
  if (whole) refuse(whole.node.op, "integers", whole.node);
}

function refuse(op: OpName, reason: "statistics" | "integers", node: Node): never {
  throw new Problem("engine/not-differentiable", { op, reason, origin: node.origin() });
}
