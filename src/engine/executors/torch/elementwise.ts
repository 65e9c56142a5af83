/** Element by element, with the library's own broadcasting. */
import { type Edge, isOp, type OpName, type Tensor } from "../../graph/index.ts";
import { type Argument, integer, type Slot, some, tensor, text } from "./call.ts";
import type { Lowering } from "./lowering.ts";
import { asTensor, promoted, tensorsOf } from "./operands.ts";
import type { At, Rule } from "./rules.ts";

/** Computed in float32, whatever the operands are. */
export function exactly(name: string, more: readonly Argument[] = []): Rule<OpName> {
  return ({ lowering, inputs, outputs }) => {
    const operands = inputs.map((edge) => tensor(lowering.full(edge)));
    lowering.hold(outputs[0], lowering.one(name, [...operands, ...more]));
    return "f32";
  };
}

export const geluGradient: Rule<"geluGradient"> = ({ lowering, inputs, outputs }) => {
  const [x, dy] = inputs.map((edge) => tensor(lowering.full(edge)));
  lowering.hold(outputs[0], lowering.one("gelu_backward", [dy, x, text("none")]));
  return "f32";
};

/** Computed in what the operands promote to. */
export function promoting(name: string): Rule<OpName> {
  return (at) => {
    const { lowering, outputs } = at;
    const operands = tensorsOf(at);
    const form = promoted(lowering, operands);
    const slots = operands.map((x) => tensor(lowering.natural(x)));
    lowering.hold(outputs[0], lowering.one(name, slots), form);
    return form === "half" ? "bf16" : "f32";
  };
}

/**
 * The library's booleans; numbers are made of them where something computes with them. Operands are as
 * they were computed: bfloat16 beside float32 is widened, which changes no comparison.
 */
export function compared(name: string): Rule<"equal" | "greater"> {
  return ({ lowering, inputs, outputs }) => {
    const operands = inputs.map((edge) => tensor(lowering.natural(edge)));
    lowering.hold(outputs[0], lowering.one(name, operands), "truth");
    return "booleans";
  };
}

export const select: Rule<"select"> = (at) => {
  const { lowering, inputs, outputs } = at;
  const masked = reluGradient(at);
  if (masked !== undefined) {
    lowering.hold(outputs[0], masked);
    return "relu's gradient";
  }
  const choices = tensorsOf(at).slice(1);
  const form = promoted(lowering, choices);
  const slots = choices.map((x) => tensor(lowering.natural(x)));
  const chosen = lowering.one("where.self", [tensor(lowering.truth(inputs[0])), ...slots]);
  lowering.hold(outputs[0], chosen, form);
  return form === "half" ? "bf16" : "f32";
};

/**
 * dy where y > 0, else 0, for y of a relu, on the bits as whole numbers: dy · min(y, 1). Positive floats
 * are positive whole numbers, 0 is 0, and of −0 the product is a zero, too. Two passes of vector
 * instructions, where the library's choice takes its elements one by one on the cpu.
 */
function reluGradient({ lowering, inputs }: At): Slot | undefined {
  const [condition, dy, otherwise] = inputs.map(asTensor);
  if (!isOp(condition.node, "greater") || !isZero(otherwise)) return undefined;
  const [y, bound] = condition.node.inputs.map(asTensor);
  const same = y.shape.join() === dy.shape.join();
  if (!isOp(y.node, "relu") || !isZero(bound) || !same) return undefined;
  if (lowering.isHalf(y) || lowering.isHalf(dy)) return undefined;
  const { f32, i32 } = lowering.setting.dtypes;
  const as = (slot: Slot, dtype: number) =>
    tensor(lowering.one("view.dtype", [tensor(slot), integer(dtype)]));
  const one = lowering.constant({ values: [1], shape: [], dtype: "i32" });
  const positive = lowering.one("minimum", [as(lowering.full(y), i32), tensor(one)]);
  const bits = lowering.one("mul.Tensor", [as(lowering.full(dy), i32), tensor(positive)]);
  return lowering.asView(lowering.one("view.dtype", [tensor(bits), integer(f32)]));
}

function isZero({ node, shape }: Tensor): boolean {
  const zero = isOp(node, "constant") && node.attributes.values.every((value) => value === 0);
  return zero && shape.length === 0;
}

/**
 * Adding (sign −1) and subtracting. Three passes become one where an operand is c·x with a constant c,
 * as in updates, and a product and its bias one call.
 */
export function scaled(sign: 1 | -1): Rule<"add" | "subtract"> {
  return (at) => {
    const { lowering, outputs } = at;
    const [left, right] = tensorsOf(at);
    const linear =
      sign === -1
        ? (withBias(lowering, left, right) ?? withBias(lowering, right, left))
        : undefined;
    if (linear !== undefined) {
      lowering.hold(outputs[0], linear, lowering.halves ? "half" : "full");
      return "product with bias";
    }
    const factor = scaleOf(right);
    if (factor) return subtracted(at, left, factor.x, sign * factor.by);
    const first = sign === -1 ? scaleOf(left) : undefined;
    if (first) return subtracted(at, right, first.x, -first.by);
    return subtracted(at, left, right, sign);
  };
}

function subtracted({ lowering, outputs }: At, left: Tensor, right: Tensor, alpha: number): string {
  const form = promoted(lowering, [left, right]);
  const slot = lowering.subtract(lowering.natural(left), lowering.natural(right), alpha);
  lowering.hold(outputs[0], slot, form);
  return Math.abs(alpha) === 1 ? "plain" : "with a factor";
}

/** x and c of a product c·x of x's own shape. */
function scaleOf({ node, shape }: Tensor): { x: Tensor; by: number } | undefined {
  if (!isOp(node, "multiply")) return undefined;
  const [a, b] = node.inputs.map(asTensor);
  for (const [x, c] of [
    [a, b],
    [b, a],
  ]) {
    const same = x.shape.join() === shape.join();
    if (same && isOp(c.node, "constant") && c.shape.length === 0) {
      return { x, by: c.node.attributes.values[0] };
    }
  }
  return undefined;
}

/** x·w + b for a matrix w and a vector b. */
function withBias(lowering: Lowering, product: Tensor, bias: Tensor): Slot | undefined {
  if (!isOp(product.node, "matmul") || bias.shape.length !== 1) return undefined;
  const [x, weight] = product.node.inputs.map(asTensor);
  const width = product.shape.at(-1);
  if (weight.shape.length !== 2 || x.shape.length < 2 || bias.shape[0] !== width) return undefined;
  if (product.shape.includes(0) || x.shape.includes(0)) return undefined;
  const of = (edge: Edge) => (lowering.halves ? lowering.half(edge) : lowering.full(edge));
  const turned = lowering.one("t", [tensor(of(weight))]);
  return lowering.one("linear", [tensor(of(x)), tensor(turned), some(of(bias))]);
}
