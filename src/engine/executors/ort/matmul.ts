/** Products of matrices; a transposed operand is read transposed instead of copied. */
import type { Tensor } from "../../graph/index.ts";
import type { Lowering, Operand } from "./lowering.ts";
import { asTensor, holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const matmul: Rule<"matmul"> = (at) => {
  const { lowering } = at;
  const [left, right] = tensorsOf(at).map((operand) => readOperand(lowering, operand));
  holdPlain(at, lowering.product(left, right));
  if (!left.transposed && !right.transposed) return "plain";
  return `transposed ${left.transposed ? "left" : ""}${right.transposed ? "right" : ""}`;
};

function readOperand(lowering: Lowering, operand: Tensor): Operand {
  const { node } = operand;
  const rank = operand.shape.length;
  if (node.op === "transpose") {
    const { permutation } = node.attributes;
    const swapped = permutation.every(
      (axis, i) => axis === (i < rank - 2 ? i : i === rank - 2 ? rank - 1 : rank - 2),
    );
    if (swapped) return { value: lowering.plain(asTensor(node.inputs[0])), rank, transposed: true };
  }
  return { value: lowering.plain(operand), rank };
}
