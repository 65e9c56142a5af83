/** Sums, maxima and softmax. */

import type { Tensor } from "../../graph/index.ts";
import { sizeOf } from "../../graph/index.ts";
import type { Lowering } from "./lowering.ts";
import { holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export function reduce(op: "ReduceSum" | "ReduceMax"): Rule<"sum" | "max"> {
  return (at) => {
    const { lowering, attributes } = at;
    const [x] = tensorsOf(at);
    const { axes, keepDimensions } = attributes;
    if (op === "ReduceSum" && lowering.held(x).blocked && axes.join() === "2,3") {
      const total = spatialSum(lowering, x);
      const kept = [x.shape[0], x.shape[1], 1, 1];
      holdPlain(at, lowering.reshape(total, keepDimensions ? kept : kept.slice(0, 2)));
      return "blocked pooling";
    }
    if (axes.length === 0) {
      lowering.hold(at.outputs[0], lowering.held(x));
      return "same value";
    }
    const inputs = [lowering.plain(x), lowering.graph.integers(axes)];
    holdPlain(at, lowering.emit(op, inputs, { keepdims: keepDimensions ? 1 : 0 }));
    return "plain";
  };
}

export function alongAxis(op: "Softmax" | "LogSoftmax"): Rule<"softmax" | "logSoftmax"> {
  return (at) => {
    const { lowering, attributes } = at;
    if (op === "LogSoftmax" && lowering.device === "webgpu") {
      const x = lowering.plain(tensorsOf(at)[0]);
      holdPlain(at, composedLogSoftmax(lowering, x, attributes.axis));
      return "composed";
    }
    holdPlain(at, lowering.emit(op, tensorsOf(at).map(lowering.plain), { axis: attributes.axis }));
    return "plain";
  };
}

/** WebGPU has no kernel for it. With m = max x: x − m − log Σ exp(x − m). */
function composedLogSoftmax({ emit, graph }: Lowering, x: string, axis: number): string {
  const over = (op: string, value: string) =>
    emit(op, [value, graph.integers([axis])], { keepdims: 1 });
  const level = emit("Sub", [x, over("ReduceMax", x)]);
  return emit("Sub", [level, emit("Log", [over("ReduceSum", emit("Exp", [level]))])]);
}

/** y·(dy − Σ y·dy). */
export const softmaxGradient: Rule<"softmaxGradient"> = (at) => {
  const { lowering, attributes } = at;
  const { emit, graph } = lowering;
  const [y, dy] = tensorsOf(at).map(lowering.plain);
  const total = emit("ReduceSum", [emit("Mul", [y, dy]), graph.integers([attributes.axis])], {
    keepdims: 1,
  });
  holdPlain(at, emit("Mul", [y, emit("Sub", [dy, total])]));
  return "plain";
};

function spatialSum(lowering: Lowering, x: Tensor): string {
  const { emit, emitBlocked, reshape, scalar, graph } = lowering;
  const [n, c, h, w] = x.shape;
  const means = reshape(emitBlocked("GlobalAveragePool", [lowering.blocked(x)]), [n, -1]);
  const filled = c % lowering.block !== 0;
  const mine = filled
    ? emit("Slice", [means, graph.integers([0]), graph.integers([c]), graph.integers([1])])
    : means;
  return emit("Mul", [mine, scalar(sizeOf([h, w]))]);
}
