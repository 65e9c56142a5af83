/** Sums, maxima and softmax, in float32. */
import { absent, flag, integer, integers, present, tensor } from "./call.ts";
import type { Rule } from "./rules.ts";

export function reduce(name: "sum.dim_IntList" | "amax"): Rule<"sum" | "max"> {
  return ({ lowering, attributes: { axes, keepDimensions }, inputs: [x], outputs }) => {
    const given = lowering.full(x);
    // To the library, no axes are all axes.
    if (axes.length === 0) {
      lowering.hold(outputs[0], lowering.asView(given));
      return "same value";
    }
    const rest = [flag(keepDimensions)];
    const args =
      name === "amax"
        ? [tensor(given), integers(axes), ...rest]
        : [tensor(given), present(integers(axes)), ...rest, absent];
    lowering.hold(outputs[0], lowering.one(name, args));
    return "f32";
  };
}

export function alongAxis(name: "_softmax" | "_log_softmax"): Rule<"softmax" | "logSoftmax"> {
  return ({ lowering, attributes: { axis }, inputs: [x], outputs }) => {
    const args = [tensor(lowering.full(x)), integer(axis), flag(false)];
    lowering.hold(outputs[0], lowering.one(name, args));
    return "f32";
  };
}

export const softmaxGradient: Rule<"softmaxGradient"> = (at) => {
  const { lowering, attributes, inputs, outputs } = at;
  const [y, dy] = inputs.map((edge) => tensor(lowering.full(edge)));
  const args = [dy, y, integer(attributes.axis), integer(lowering.setting.dtypes.f32)];
  lowering.hold(outputs[0], lowering.one("_softmax_backward_data", args));
  return "f32";
};
