/** Leaves: what a run is given, and constants. */
import { sizeOf } from "../../graph/index.ts";
import { inputPrefix } from "./lowering.ts";
import { holdPlain } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const placeholder: Rule<"placeholder"> = (at) => {
  const { name, dtype, shape } = at.attributes;
  holdPlain(at, at.lowering.graph.input(inputPrefix + name, dtype, shape));
  return "input";
};

export const constant: Rule<"constant"> = (at) => {
  const { values, shape, dtype } = at.attributes;
  const { graph, emit, sizes } = at.lowering;
  const elements = dtype === "f32" ? Float32Array.from(values) : Int32Array.from(values);
  if (values.length === sizeOf(shape)) {
    holdPlain(at, graph.constant(dtype, shape, elements));
    return "constant";
  }
  holdPlain(at, emit("Expand", [graph.constant(dtype, [], elements), sizes(shape)]));
  return "filled";
};
