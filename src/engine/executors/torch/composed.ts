/** Ops that this executor makes of several of the library's operators, in float32. */
import type { Shape } from "../../graph/index.ts";
import { absent, flag, integers, present, type Slot, tensor } from "./call.ts";
import type { Lowering } from "./lowering.ts";
import type { Rule } from "./rules.ts";

/** y·(dy − Σ y·dy). */
export const softmaxGradient: Rule<"softmaxGradient"> = (at) => {
  const { lowering, attributes, inputs, outputs } = at;
  const [y, dy] = inputs.map((edge) => lowering.full(edge));
  const axes = present(integers([attributes.axis]));
  const products = tensor(times(lowering, y, dy));
  const sum = lowering.one("sum.dim_IntList", [products, axes, flag(true), absent]);
  lowering.hold(outputs[0], times(lowering, y, lowering.subtract(dy, sum, 1)));
  return "composed";
};

/** x·Φ(x). */
export const gelu: Rule<"gelu"> = ({ lowering, inputs, outputs }) => {
  const x = lowering.full(inputs[0]);
  lowering.hold(outputs[0], times(lowering, x, share(lowering, x)));
  return "composed";
};

/** dy·(Φ(x) + x·φ(x)). */
export const geluGradient: Rule<"geluGradient"> = ({ lowering, inputs, outputs }) => {
  const [x, dy] = inputs.map((edge) => lowering.full(edge));
  const squares = times(lowering, times(lowering, x, x), number(lowering, -0.5));
  const scale = number(lowering, 1 / Math.sqrt(2 * Math.PI));
  const density = times(lowering, lowering.one("exp", [tensor(squares)]), scale);
  const slope = lowering.subtract(share(lowering, x), times(lowering, x, density), -1);
  lowering.hold(outputs[0], times(lowering, dy, slope));
  return "composed";
};

/** Φ(x) = (1 + erf(x/√2)) / 2. */
function share(lowering: Lowering, x: Slot): Slot {
  const erf = lowering.one("erf", [tensor(times(lowering, x, number(lowering, Math.SQRT1_2)))]);
  const half = number(lowering, 0.5);
  return lowering.subtract(times(lowering, erf, half), half, -1);
}

function times(lowering: Lowering, left: Slot, right: Slot): Slot {
  return lowering.one("mul.Tensor", [tensor(left), tensor(right)]);
}

function number(lowering: Lowering, value: number): Slot {
  const shape: Shape = [];
  return lowering.constant({ values: [value], shape, dtype: "f32" });
}
