/** Max pooling: the forward leaves the winners' positions to its backward. */
import type { PoolWindow } from "../../graph/index.ts";
import { flag, integers, tensor } from "./call.ts";
import { asTensor } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const maxPool: Rule<"maxPool"> = ({ lowering, attributes, inputs, outputs }) => {
  const args = [tensor(lowering.full(inputs[0])), ...windowOf(attributes)];
  const [y, winners] = lowering.call("max_pool2d_with_indices", args, 2);
  lowering.hold(outputs[0], y);
  lowering.keep(outputs[1], [winners]);
  return "with winners' positions";
};

export const maxPoolGradient: Rule<"maxPoolGradient"> = (at) => {
  const { lowering, attributes, inputs, outputs } = at;
  const [x, dy] = inputs.slice(0, 2).map((edge) => tensor(lowering.full(asTensor(edge))));
  const [winners] = lowering.kept(inputs[2]);
  const args = [dy, x, ...windowOf(attributes), tensor(winners)];
  lowering.hold(outputs[0], lowering.one("max_pool2d_with_indices_backward", args));
  return "to winners' positions";
};

function windowOf({ kernel, stride, padding }: PoolWindow) {
  return [...[kernel, stride, padding, [1, 1]].map(integers), flag(false)];
}
