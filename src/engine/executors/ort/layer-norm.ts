/** Layer normalisation over the last axis: the library's own forward, a composed backward. */
import { sizeOf } from "../../graph/index.ts";
import type { Lowering } from "./lowering.ts";
import { tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const layerNorm: Rule<"layerNorm"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const inputs = tensorsOf(at).map(lowering.plain);
  const over = { axis: -1, epsilon: { float: attributes.epsilon } };
  if (lowering.device === "any") {
    lowering.hold(outputs[0], { plain: lowering.emit("LayerNormalization", inputs, over) });
    return "native";
  }
  const [plain, mean, inverse] = lowering.graph.node("LayerNormalization", inputs, {
    outputs: 3,
    attributes: over,
  });
  lowering.hold(outputs[0], { plain });
  lowering.hold(outputs[1], { workspace: { mean, inverse } });
  return "native";
};

/** With x̂ = (x − mean) / deviation and g = dy·scale: dx = (g − mean(g) − x̂·mean(g·x̂)) / deviation. */
export const layerNormGradient: Rule<"layerNormGradient"> = (at) => {
  const { lowering, outputs, inputs } = at;
  const { emit, reshape, graph } = lowering;
  const [x, scale, dy] = tensorsOf(at);
  const { mean, inverse } = lowering.workspace(inputs[3]);
  const normal = emit("Mul", [emit("Sub", [lowering.plain(x), mean]), inverse]);
  const given = lowering.plain(dy);
  const scaled = emit("Mul", [given, lowering.plain(scale)]);
  const along = emit("Mul", [normal, meanOf(lowering, emit("Mul", [scaled, normal]))]);
  const level = emit("Sub", [scaled, meanOf(lowering, scaled)]);
  const dx = emit("Mul", [emit("Sub", [level, along]), inverse]);
  const width = x.shape.at(-1) ?? 1;
  const rows = [sizeOf(x.shape) / width, width];
  const perFeature = (value: string) =>
    emit("ReduceSum", [reshape(value, rows), graph.integers([0])], { keepdims: 0 });
  lowering.hold(outputs[0], { plain: dx });
  lowering.hold(outputs[1], { plain: perFeature(emit("Mul", [given, normal])) });
  lowering.hold(outputs[2], { plain: perFeature(given) });
  return "composed";
};

function meanOf({ emit, graph }: Lowering, value: string): string {
  return emit("ReduceMean", [value, graph.integers([-1])], { keepdims: 1 });
}
