/** A rule's operands as tensors, and the form that its result has. */
import { Problem } from "../../../base/index.ts";
import type { Edge, Tensor } from "../../graph/index.ts";
import type { Form, Lowering } from "./lowering.ts";
import type { At } from "./rules.ts";

export function tensorsOf({ inputs }: Pick<At, "inputs">): readonly Tensor[] {
  return inputs.filter((edge) => edge.kind === "tensor");
}

export function asTensor(edge: Edge): Tensor {
  if (edge.kind === "tensor") return edge;
  throw new Problem("internal/defect", { message: `${edge.node.op} gave no tensor` });
}

/**
 * The library's promotion: bfloat16 with bfloat16, or with a float32 scalar, stays; with a float32
 * tensor it becomes float32.
 */
export function promoted(lowering: Lowering, operands: readonly Tensor[]): Form {
  const halves = operands.filter(lowering.isHalf);
  const others = operands.filter((x) => !lowering.isHalf(x) && x.shape.length > 0);
  return halves.some((x) => x.shape.length > 0) && others.length === 0 ? "half" : "full";
}
