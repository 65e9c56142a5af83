/** The value of tensors in float64: the definition that executors and gradients are held against. */
import { Problem } from "../../../base/index.ts";
import {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  nodesOf,
  type OpName,
  type Shape,
  sizeOf,
  type Tensor,
} from "../../graph/index.ts";
import type { Kernel } from "./call.ts";
import { kernels } from "./kernels.ts";

/** Values of placeholders by name; nothing is rounded to float32 on the way. */
export function evaluate(
  tensors: readonly Tensor[],
  values: ReadonlyMap<string, Float64Array>,
): Float64Array[] {
  const known = new Map<Edge, Float64Array>();
  const outputs = Object.fromEntries(tensors.map((tensor, i) => [String(i), tensor]));
  for (const node of nodesOf({ outputs })) {
    const found = isOp(node, "placeholder") ? [fed(node, values)] : execute(node, known);
    for (const [i, edge] of edgesOf(node).entries()) known.set(edge, found[i]);
  }
  return tensors.map((tensor) => at(known, tensor));
}

function execute(node: Node, known: ReadonlyMap<Edge, Float64Array>): readonly Float64Array[] {
  const kernel = kernels[node.op] as Kernel<OpName>;
  const inputs = node.inputs.map((edge) => at(known, edge));
  const shapes = node.inputs.map(shapeOf);
  const [first] = edgesOf(node);
  return kernel({ attributes: node.attributes, inputs, shapes, shape: shapeOf(first) });
}

function fed(
  { attributes: { name, shape } }: Node<"placeholder">,
  values: ReadonlyMap<string, Float64Array>,
) {
  const found = values.get(name);
  if (!found)
    throw new Problem("engine/missing-input", { name, given: [...values.keys()].join(", ") });
  if (found.length !== sizeOf(shape)) {
    throw new Problem("engine/input-size", {
      name,
      shape: `[${shape.join(", ")}]`,
      expected: sizeOf(shape),
      found: found.length,
    });
  }
  return found;
}

function shapeOf(edge: Edge): Shape {
  return edge.kind === "tensor" ? edge.shape : [];
}

function at(known: ReadonlyMap<Edge, Float64Array>, edge: Edge): Float64Array {
  const found = known.get(edge);
  if (found) return found;
  throw new Problem("internal/defect", {
    message: `${edge.node.op} was used before it was computed`,
  });
}
