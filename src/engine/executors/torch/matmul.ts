/** Matrix products: the library folds batches and takes transposed operands as they are. */
import { tensor } from "./call.ts";
import type { Rule } from "./rules.ts";

export const matmul: Rule<"matmul"> = ({ lowering, inputs, outputs }) => {
  const { halves } = lowering;
  const operands = inputs.map((x) => tensor(halves ? lowering.half(x) : lowering.full(x)));
  lowering.hold(outputs[0], lowering.one("matmul", operands), halves ? "half" : "full");
  return halves ? "bf16" : "f32";
};
