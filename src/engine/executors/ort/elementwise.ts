/** Elementwise ops: in the blocked layout where their operands are, else plain. */
import { edgesOf, type OpName, sizeOf, type Tensor } from "../../graph/index.ts";
import { type Lowering, wholeBlocks } from "./lowering.ts";
import { asTensor, holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

/**
 * Whether f(0, …) = 0, so that the zeros which fill a last block stay zeros: always, only when all
 * operands are whole tensors (not scalars), or never.
 */
interface Fill {
  readonly zeros: "always" | "tensors" | "never";
}

export function elementwise(op: string, fill: Fill): Rule<OpName> {
  return (at) => {
    const { lowering, outputs } = at;
    const inputs = tensorsOf(at);
    if (staysBlocked(lowering, inputs, fill)) {
      const blocked = lowering.emit(op, inputs.map(operandOf(lowering)));
      lowering.hold(outputs[0], { blocked });
      return "blocked";
    }
    holdPlain(at, lowering.emit(op, inputs.map(lowering.plain)));
    return "plain";
  };
}

/** 1 or 0 as floats; where a `select` asks, it takes the booleans themselves. */
export function compared(op: "Equal" | "Greater"): Rule<"equal" | "greater"> {
  return (at) => {
    const { lowering } = at;
    const truth = lowering.emit(op, tensorsOf(at).map(lowering.plain));
    holdPlain(at, lowering.emit("Cast", [truth], { to: 1 }));
    return "plain";
  };
}

export const select: Rule<"select"> = (at) => {
  const { lowering, outputs } = at;
  const [condition, whenTrue, whenFalse] = tensorsOf(at);
  const activation = passedByRelu(condition, whenTrue, whenFalse);
  if (activation && staysBlocked(lowering, [activation, whenTrue], { zeros: "tensors" })) {
    const gate = gateOf(lowering, lowering.blocked(activation));
    const blocked = lowering.emit("Mul", [lowering.blocked(whenTrue), gate]);
    lowering.hold(outputs[0], { blocked });
    return "blocked gate";
  }
  if (activation) {
    const gate = gateOf(lowering, lowering.plain(activation));
    holdPlain(at, lowering.emit("Mul", [lowering.plain(whenTrue), gate]));
    return "gate";
  }
  const truth = truthOf(lowering, condition);
  holdPlain(
    at,
    lowering.emit("Where", [truth, lowering.plain(whenTrue), lowering.plain(whenFalse)]),
  );
  return "plain";
};

/**
 * relu(batchNorm(x)) and relu(batchNorm(x) + s) are one pass over memory: a depthwise 1×1
 * convolution with the normalisation's gain and shift, its sum and its activation fused.
 */
export const relu: Rule<"relu"> = (at) => {
  const { lowering, outputs } = at;
  const [x] = tensorsOf(at);
  const normal = normalised(lowering, x);
  if (normal) {
    lowering.hold(outputs[0], { blocked: affineRelu(lowering, normal) });
    return normal.sum ? "blocked, fused with batch norm and sum" : "blocked, fused with batch norm";
  }
  return elementwise("Relu", { zeros: "always" })(at);
};

/** The identity: the value is passed on as it is. */
export const kept: Rule<OpName> = ({ inputs, outputs, lowering }) => {
  lowering.hold(outputs[0], lowering.held(inputs[0]));
  return "same value";
};

interface Normalised {
  readonly saved: Readonly<Record<string, string>>;
  readonly channels: number;
  readonly sum?: string;
}

function normalised(lowering: Lowering, x: Tensor): Normalised | undefined {
  const direct = batchNormOf(lowering, x);
  if (direct) return direct;
  if (x.node.op !== "add") return undefined;
  const [left, right] = x.node.inputs.map(asTensor);
  if (left.shape.join() !== right.shape.join()) return undefined;
  const first = batchNormOf(lowering, left);
  if (first) return { ...first, sum: lowering.blocked(right) };
  const second = batchNormOf(lowering, right);
  return second && { ...second, sum: lowering.blocked(left) };
}

function batchNormOf(lowering: Lowering, x: Tensor): Normalised | undefined {
  if (x.node.op !== "batchNorm" || x.output !== 0 || !lowering.held(x).blocked) return undefined;
  const saved = lowering.workspace(edgesOf(x.node)[3]);
  return { saved, channels: wholeBlocks(x.shape[1], lowering.block) };
}

function affineRelu(lowering: Lowering, { saved, channels, sum }: Normalised): string {
  const { emitBlocked, reshape } = lowering;
  const gain = reshape(saved.gain, [channels, 1, 1, 1]);
  const inputs = [saved.centred, gain, saved.shift, ...(sum ? [sum] : [])];
  const attributes = { group: channels, kernel_shape: [1, 1], activation: "Relu" };
  return emitBlocked("Conv", inputs, attributes);
}

/** `select(greater(relu, 0), dy, 0)`: the relu whose gradient this is. */
function passedByRelu(condition: Tensor, whenTrue: Tensor, whenFalse: Tensor): Tensor | undefined {
  if (condition.node.op !== "greater" || !isZero(whenFalse)) return undefined;
  const [activation, threshold] = condition.node.inputs.map(asTensor);
  const fits = activation.shape.join() === whenTrue.shape.join() && isZero(threshold);
  return fits && activation.node.op === "relu" ? activation : undefined;
}

function isZero({ node }: Tensor): boolean {
  return node.op === "constant" && node.attributes.values.every((value) => value === 0);
}

const largest = 3.4028234663852886e38;

/** 1 where a rectified value is above 0, else 0: two passes fewer than comparing and casting. */
function gateOf({ emit }: Lowering, rectified: string): string {
  return emit("HardSigmoid", [rectified], { alpha: { float: largest }, beta: { float: 0 } });
}

function truthOf(lowering: Lowering, condition: Tensor): string {
  const { node } = condition;
  if (node.op === "greater" || node.op === "equal") {
    const op = node.op === "greater" ? "Greater" : "Equal";
    return lowering.emit(op, node.inputs.map(asTensor).map(lowering.plain));
  }
  return lowering.emit("Cast", [lowering.plain(condition)], { to: 9 });
}

/** Whether the operands are blocked tensors of one shape, or scalars beside one. */
function staysBlocked(lowering: Lowering, inputs: readonly Tensor[], { zeros }: Fill): boolean {
  const whole = inputs.find((input) => lowering.held(input).blocked);
  if (!whole) return false;
  const shape = whole.shape.join();
  const scalars = inputs.filter((input) => input.shape.join() !== shape);
  if (scalars.some((input) => sizeOf(input.shape) !== 1 || input.shape.length > 4)) return false;
  const filled = whole.shape[1] % lowering.block !== 0;
  return !filled || zeros === "always" || (zeros === "tensors" && scalars.length === 0);
}

function operandOf(lowering: Lowering) {
  return (input: Tensor): string =>
    sizeOf(input.shape) === 1 ? lowering.plain(input) : lowering.blocked(input);
}
