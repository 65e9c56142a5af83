/** A rule's operands as tensors. */
import { Problem } from "../../../base/index.ts";
import type { Edge, Tensor } from "../../graph/index.ts";
import type { At } from "./rules.ts";

export function tensorsOf({ inputs }: Pick<At, "inputs">): readonly Tensor[] {
  return inputs.filter((edge) => edge.kind === "tensor");
}

export function asTensor(edge: Edge): Tensor {
  if (edge.kind === "tensor") return edge;
  throw new Problem("internal/defect", { message: `${edge.node.op} gave no tensor` });
}

/** Holds the node's only output as a plain value. */
export function holdPlain({ outputs, lowering }: Pick<At, "outputs" | "lowering">, plain: string) {
  lowering.hold(outputs[0], { plain });
}
