/** Max pooling: the forward leaves the winners' positions to its backward. */
import { sizeOf } from "../../graph/index.ts";
import { asTensor, holdPlain, tensorsOf } from "./operands.ts";
import type { At, Rule } from "./rules.ts";

export const maxPool: Rule<"maxPool"> = (at) => {
  const { attributes, outputs, inputs, lowering } = at;
  const { kernel, stride, padding } = attributes;
  if (lowering.device === "webgpu") {
    const { plain, indices } = pooledBySlices(at);
    lowering.hold(outputs[0], { plain });
    lowering.hold(outputs[1], { workspace: { indices } });
    return "slices compared";
  }
  const x = lowering.plain(asTensor(inputs[0]));
  const window = { kernel_shape: kernel, strides: stride, pads: [...padding, ...padding] };
  if (lowering.device === "any") {
    lowering.hold(outputs[0], { plain: lowering.emit("MaxPool", [x], window) });
    return "plain";
  }
  const [plain, indices] = lowering.graph.node("MaxPool", [x], { outputs: 2, attributes: window });
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

/**
 * WebGPU's kernel leaves no positions. Each place in the window is a strided slice, from the last to
 * the first, so that the first of equal values wins; beyond the picture lies −∞, at position 0.
 */
function pooledBySlices({ attributes, inputs, lowering }: At<"maxPool">) {
  const { kernel, stride, padding } = attributes;
  const { emit, graph, scalar } = lowering;
  const x = asTensor(inputs[0]);
  const [n, c, height, width] = x.shape;
  const size = [height, width].map(
    (from, axis) => Math.floor((from + 2 * padding[axis] - kernel[axis]) / stride[axis]) + 1,
  );
  const borders = graph.integers([0, 0, ...padding, 0, 0, ...padding]);
  const outside = scalar(Number.NEGATIVE_INFINITY);
  const padded = emit("Pad", [lowering.plain(x), borders, outside]);

  const slices = Array.from({ length: kernel[0] * kernel[1] }, (_, place) => {
    const start = [Math.floor(place / kernel[1]), place % kernel[1]];
    const ends = start.map((at, axis) => at + stride[axis] * (size[axis] - 1) + 1);
    const cut = [start, ends, [2, 3], stride].map(graph.integers);
    const positions = Int32Array.from({ length: size[0] * size[1] }, (_, i) => {
      const row = Math.floor(i / size[1]) * stride[0] + start[0] - padding[0];
      const column = (i % size[1]) * stride[1] + start[1] - padding[1];
      const within = row >= 0 && row < height && column >= 0 && column < width;
      return within ? row * width + column : 0;
    });
    return {
      values: emit("Slice", [padded, ...cut]),
      positions: graph.constant("i32", [1, 1, ...size], positions),
    };
  });
  const plain = slices.map(({ values }) => values).reduce((a, b) => emit("Max", [a, b]));
  const found = slices.reduceRight(
    (winner, { values, positions }) =>
      emit("Where", [emit("Equal", [values, plain]), positions, winner]),
    graph.constant("i32", [1, 1, 1, 1], Int32Array.of(0)),
  );
  const pictures = Int32Array.from({ length: n * c }, (_, i) => i * height * width);
  const indices = emit("Add", [found, graph.constant("i32", [n, c, 1, 1], pictures)]);
  return { plain, indices };
}
