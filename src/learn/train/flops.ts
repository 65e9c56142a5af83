/** What a program costs by its graph alone: arithmetic and memory. */
import {
  isOp,
  type Node,
  nodesOf,
  type ProgramSpec,
  placeholdersOf,
  type Tensor,
} from "../../engine/index.ts";

/** Multiplications and additions of convolutions and matrix products; the rest is small beside them. */
export function flopsOf(spec: ProgramSpec): number {
  return nodesOf(spec).reduce((total, node) => total + flops(node), 0);
}

/**
 * The most bytes alive at once when nodes run in order and an array is freed after its last use, plus
 * parameters and state (twice where they are updated). What an executor really takes is of this order.
 */
export function memoryOf(spec: ProgramSpec): number {
  const nodes = nodesOf(spec);
  const roots = [...Object.values(spec.outputs), ...(spec.updates ?? []).flat()];
  const lastUse = new Map<Node, number>();
  nodes.forEach((node, at) => {
    for (const input of node.inputs) lastUse.set(input.node, at);
  });
  for (const { node } of roots) lastUse.set(node, nodes.length);
  const ending = new Map<number, Node[]>();
  for (const [node, at] of lastUse) ending.set(at, [...(ending.get(at) ?? []), node]);
  let [alive, most] = [0, 0];
  nodes.forEach((node, at) => {
    if (!isOp(node, "placeholder")) alive += bytes(node);
    most = Math.max(most, alive);
    for (const ended of ending.get(at) ?? []) {
      if (!isOp(ended, "placeholder")) alive -= bytes(ended);
    }
  });
  return most + placeholdersOf(spec).reduce((total, node) => total + bytes(node), 0);
}

function flops(node: Node): number {
  if (isOp(node, "matmul")) {
    const [left] = node.inputs.filter((edge) => edge.kind === "tensor");
    return 2 * elements(node) * (left.shape[left.shape.length - 1] ?? 1);
  }
  if (isOp(node, "convolution")) {
    const [, weight] = tensors(node);
    return 2 * elements(node) * perOutput(weight.shape);
  }
  if (isOp(node, "convolutionDataGradient")) {
    const [dy, weight] = tensors(node);
    return 2 * size(dy.shape) * perOutput(weight.shape);
  }
  if (isOp(node, "convolutionWeightGradient")) {
    const [x, dy] = tensors(node);
    return 2 * size(dy.shape) * x.shape[1] * size(node.attributes.kernel);
  }
  return 0;
}

/** Products per output of a convolution: weight [out, in, h, w]. */
function perOutput([, ...window]: readonly number[]): number {
  return size(window);
}

function tensors(node: Node): Tensor[] {
  return node.inputs.filter((edge) => edge.kind === "tensor");
}

function elements(node: Node): number {
  const [first] = node.outputs;
  return first.kind === "tensor" ? size(first.shape) : 0;
}

function bytes(node: Node): number {
  const sizes = node.outputs.map((type) => (type.kind === "tensor" ? size(type.shape) : 0));
  return 4 * sizes.reduce((total, one) => total + one, 0);
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
