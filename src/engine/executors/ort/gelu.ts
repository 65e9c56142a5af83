/** GELU by the error function: x·Φ(x) with Φ(x) = (1 + erf(x/√2)) / 2, and its gradient. */
import type { Lowering } from "./lowering.ts";
import { holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const gelu: Rule<"gelu"> = (at) => {
  const { lowering } = at;
  const x = lowering.plain(tensorsOf(at)[0]);
  holdPlain(at, lowering.emit("Mul", [x, normalBelow(lowering, x)]));
  return "plain";
};

/** dy·(Φ(x) + x·φ(x)) with φ(x) = exp(−x²/2) / √(2π). */
export const geluGradient: Rule<"geluGradient"> = (at) => {
  const { lowering } = at;
  const { emit, scalar } = lowering;
  const [x, dy] = tensorsOf(at).map(lowering.plain);
  const exponent = emit("Mul", [emit("Mul", [x, x]), scalar(-0.5)]);
  const density = emit("Mul", [emit("Exp", [exponent]), scalar(1 / Math.sqrt(2 * Math.PI))]);
  const slope = emit("Add", [normalBelow(lowering, x), emit("Mul", [x, density])]);
  holdPlain(at, emit("Mul", [dy, slope]));
  return "plain";
};

function normalBelow({ emit, scalar }: Lowering, x: string): string {
  const scaled = emit("Mul", [x, scalar(Math.SQRT1_2)]);
  return emit("Mul", [emit("Add", [emit("Erf", [scaled]), scalar(1)]), scalar(0.5)]);
}
