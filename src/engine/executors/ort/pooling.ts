/** Max pooling: the forward leaves the winners' positions to its backward. */
import { sizeOf } from "../../graph/index.ts";
import { asTensor, holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const maxPool: Rule<"maxPool"> = ({ attributes, outputs, inputs, lowering }) => {
  const { kernel, stride, padding } = attributes;
  const [plain, indices] = lowering.graph.node("MaxPool", [lowering.plain(asTensor(inputs[0]))], {
    outputs: 2,
    attributes: { kernel_shape: kernel, strides: stride, pads: [...padding, ...padding] },
  });
  lowering.hold(outputs[0], { plain });
  lowering.hold(outputs[1], { workspace: { indices } });
  return "with winners' positions";
};

export const maxPoolGradient: Rule<"maxPoolGradient"> = (at) => {
  const { lowering, inputs } = at;
  const { emit, reshape, graph, scalar } = lowering;
  const [x, dy] = tensorsOf(at);
  const { indices } = lowering.workspace(inputs[2]);
  const zeros = emit("Expand", [scalar(0), graph.integers([sizeOf(x.shape)])]);
  const flat = [zeros, reshape(indices, [-1]), reshape(lowering.plain(dy), [-1])];
  const added = emit("ScatterElements", flat, { axis: 0, reduction: "add" });
  holdPlain(at, reshape(added, x.shape));
  return "scatter elements";
};
