/** Layer normalisation over the last axis by the library's own kernels, in float32. */
import { flags, integers, real, some, tensor } from "./call.ts";
import { tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const layerNorm: Rule<"layerNorm"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [x, scale, shift] = tensorsOf(at);
  const args = [
    tensor(lowering.full(x)),
    integers(scale.shape),
    some(lowering.full(scale)),
    some(lowering.full(shift)),
    real(attributes.epsilon),
  ];
  const [y, mean, r] = lowering.call("native_layer_norm", args, 3);
  lowering.hold(outputs[0], y);
  lowering.keep(outputs[1], [mean, r]);
  return "f32";
};

export const layerNormGradient: Rule<"layerNormGradient"> = (at) => {
  const { lowering, inputs, outputs } = at;
  const [x, scale, dy] = tensorsOf(at);
  const [mean, r] = lowering.kept(inputs[3]);
  const found = lowering.call(
    "native_layer_norm_backward",
    [
      tensor(lowering.full(dy)),
      tensor(lowering.full(x)),
      integers(scale.shape),
      tensor(mean),
      tensor(r),
      some(lowering.full(scale)),
      // Of the shift only the shape matters: the scale has it.
      some(lowering.full(scale)),
      flags([true, true, true]),
    ],
    3,
  );
  for (const [i, slot] of found.entries()) lowering.hold(outputs[i], slot);
  return "f32";
};
