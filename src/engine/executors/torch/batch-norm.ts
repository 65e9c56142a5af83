/**
 * Batch normalisation by the library's own kernels, which take bfloat16 with float32 statistics. They
 * save r = (variance + ε)^-½, from which the variance follows.
 */
import { absent, flag, flags, real, type Slot, some, tensor } from "./call.ts";
import type { Lowering } from "./lowering.ts";
import { tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const batchNorm: Rule<"batchNorm"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [x, scale, shift] = tensorsOf(at);
  const [y, mean, r] = lowering.call(
    "native_batch_norm",
    [
      tensor(lowering.natural(x)),
      some(lowering.full(scale)),
      some(lowering.full(shift)),
      absent,
      absent,
      flag(true),
      real(0),
      real(attributes.epsilon),
    ],
    3,
  );
  lowering.hold(outputs[0], y, lowering.isHalf(x) ? "half" : "full");
  lowering.hold(outputs[1], mean);
  lowering.hold(outputs[2], varianceOf(lowering, r, attributes.epsilon));
  lowering.keep(outputs[3], [r]);
  return lowering.isHalf(x) ? "bf16" : "f32";
};

export const batchNormGradient: Rule<"batchNormGradient"> = (at) => {
  const { lowering, attributes, inputs, outputs } = at;
  const [x, scale, dy, mean] = tensorsOf(at);
  const [r] = lowering.kept(inputs[5]);
  const half = lowering.isHalf(x);
  const found = lowering.call(
    "native_batch_norm_backward",
    [
      tensor(half ? lowering.half(dy) : lowering.full(dy)),
      tensor(lowering.natural(x)),
      some(lowering.full(scale)),
      absent,
      absent,
      some(lowering.full(mean)),
      some(r),
      flag(true),
      real(attributes.epsilon),
      flags([true, true, true]),
    ],
    3,
  );
  lowering.hold(outputs[0], found[0], half ? "half" : "full");
  lowering.hold(outputs[1], found[1]);
  lowering.hold(outputs[2], found[2]);
  return half ? "bf16" : "f32";
};

export const batchNormInference: Rule<"batchNormInference"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [x, ...vectors] = tensorsOf(at);
  const [y] = lowering.call(
    "native_batch_norm",
    [
      tensor(lowering.natural(x)),
      ...vectors.map((vector) => some(lowering.full(vector))),
      flag(false),
      real(0),
      real(attributes.epsilon),
    ],
    3,
  );
  lowering.hold(outputs[0], y, lowering.isHalf(x) ? "half" : "full");
  return lowering.isHalf(x) ? "bf16" : "f32";
};

/** 1 / r² − ε. Dropped by the plan where nothing asks for it. */
function varianceOf(lowering: Lowering, r: Slot, epsilon: number): Slot {
  const scalar = (value: number) => lowering.constant({ values: [value], shape: [], dtype: "f32" });
  const square = lowering.one("mul.Tensor", [tensor(r), tensor(r)]);
  const whole = lowering.one("reciprocal", [tensor(square)]);
  return lowering.subtract(whole, scalar(epsilon), 1);
}
