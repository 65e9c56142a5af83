/** Products of matrices; a transposed operand is read transposed instead of copied. */
import type { Tensor } from "../../graph/index.ts";
import type { Lowering } from "./lowering.ts";
import { asTensor, holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const matmul: Rule<"matmul"> = (at) => {
  const { lowering } = at;
  const [left, right] = tensorsOf(at).map((operand) => readOperand(lowering, operand));
  const inputs = [left.value, right.value];
  if (!left.transposed && !right.transposed) {
    holdPlain(at, lowering.emit("MatMul", inputs));
    return "plain";
  }
  const flags = { transA: left.transposed ? 1 : 0, transB: right.transposed ? 1 : 0 };
  holdPlain(at, lowering.emitFused("FusedMatMul", inputs, flags));
  return `transposed ${left.transposed ? "left" : ""}${right.transposed ? "right" : ""}`;
};

function readOperand(lowering: Lowering, operand: Tensor) {
  const { node } = operand;
  if (node.op === "transpose") {
    const { permutation } = node.attributes;
    const rank = permutation.length;
    const swapped = permutation.every(
      (axis, i) => axis === (i < rank - 2 ? i : i === rank - 2 ? rank - 1 : rank - 2),
    );
    if (swapped) return { value: lowering.plain(asTensor(node.inputs[0])), transposed: true };
  }
  return { value: lowering.plain(operand), transposed: false };
}
