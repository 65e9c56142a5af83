/**
 * Convolution and its gradients. The library computes both gradients in one call that shares what is
 * prepared of dy: where the program has both of one convolution, the first to come computes the two.
 */
import {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  type Shape,
  type Tensor,
  type Window,
} from "../../graph/index.ts";
import { absent, flag, flags, integer, integers, type Slot, tensor } from "./call.ts";
import type { Lowering } from "./lowering.ts";
import { asTensor, tensorsOf } from "./operands.ts";
import type { At, Rule } from "./rules.ts";

export const convolution: Rule<"convolution"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [x, weight] = tensorsOf(at).map((edge) => tensor(operand(lowering, edge)));
  const y = lowering.one("convolution", [x, weight, absent, ...windowOf(attributes)]);
  lowering.hold(outputs[0], y, formOf(lowering));
  return formOf(lowering) === "half" ? "bf16" : "f32";
};

export const convolutionDataGradient: Rule<"convolutionDataGradient"> = (at) => {
  const { lowering, attributes, outputs } = at;
  if (lowering.isHeld(outputs[0])) return "with the weight's";
  const [dy, weight] = tensorsOf(at);
  const partner = weightGradientBeside(at, dy, weight);
  if (partner) {
    const x = asTensor(partner.inputs[0]);
    both(lowering, { dy, x, weight, window: attributes, edges: [outputs[0], edgesOf(partner)[0]] });
    return "with the weight's";
  }
  const given = operand(lowering, dy);
  const x = shapeOnly(lowering, given, attributes.inputShape);
  const slots = { dy: given, x, weight: operand(lowering, weight) };
  const [dx] = backward(lowering, { ...slots, window: attributes, mask: [true, false, false] });
  lowering.hold(outputs[0], dx, formOf(lowering));
  return "alone";
};

export const convolutionWeightGradient: Rule<"convolutionWeightGradient"> = (at) => {
  const { lowering, attributes, outputs } = at;
  if (lowering.isHeld(outputs[0])) return "with the data's";
  const [x, dy] = tensorsOf(at);
  const shape = [dy.shape[1], x.shape[1], ...attributes.kernel];
  const partner = dataGradientBeside(at, dy, { shape, inputShape: x.shape });
  if (partner) {
    const weight = asTensor(partner.inputs[1]);
    both(lowering, { dy, x, weight, window: attributes, edges: [edgesOf(partner)[0], outputs[0]] });
    return "with the data's";
  }
  const given = operand(lowering, dy);
  const slots = { dy: given, x: operand(lowering, x), weight: shapeOnly(lowering, given, shape) };
  const [, dweight] = backward(lowering, {
    ...slots,
    window: attributes,
    mask: [false, true, false],
  });
  lowering.hold(outputs[0], dweight, formOf(lowering));
  return "alone";
};

interface Both {
  readonly dy: Tensor;
  readonly x: Tensor;
  readonly weight: Tensor;
  readonly window: Window;
  readonly edges: readonly [dx: Edge, dweight: Edge];
}

function both(lowering: Lowering, { dy, x, weight, window, edges }: Both): void {
  const slots = {
    dy: operand(lowering, dy),
    x: operand(lowering, x),
    weight: operand(lowering, weight),
  };
  const [dx, dweight] = backward(lowering, { ...slots, window, mask: [true, true, false] });
  lowering.hold(edges[0], dx, formOf(lowering));
  lowering.hold(edges[1], dweight, formOf(lowering));
}

interface Backward {
  readonly dy: Slot;
  readonly x: Slot;
  readonly weight: Slot;
  readonly window: Window;
  readonly mask: readonly [dx: boolean, dweight: boolean, dbias: boolean];
}

function backward(lowering: Lowering, { dy, x, weight, window, mask }: Backward): readonly Slot[] {
  const args = [tensor(dy), tensor(x), tensor(weight), absent, ...windowOf(window), flags(mask)];
  return lowering.call("convolution_backward", args, 3);
}

/** stride, padding, dilation, transposed, output padding, groups. */
function windowOf({ stride, padding, dilation }: Window) {
  const plain = [stride, padding, dilation].map(integers);
  return [...plain, flag(false), integers([0, 0]), integer(1)];
}

function weightGradientBeside(
  { usersOf, lowering, attributes }: At<"convolutionDataGradient">,
  dy: Tensor,
  weight: Tensor,
): Node | undefined {
  return usersOf(dy).find((node) => {
    if (!isOp(node, "convolutionWeightGradient") || node.inputs[1] !== dy) return false;
    const [x] = node.inputs.map(asTensor);
    const same =
      sameWindow(node.attributes, attributes) &&
      x.shape.join() === attributes.inputShape.join() &&
      node.attributes.kernel.join() === weight.shape.slice(2).join();
    return same && lowering.isHeld(x) && !lowering.isHeld(edgesOf(node)[0]);
  });
}

function dataGradientBeside(
  { usersOf, lowering, attributes }: At<"convolutionWeightGradient">,
  dy: Tensor,
  { shape, inputShape }: { shape: Shape; inputShape: Shape },
): Node | undefined {
  return usersOf(dy).find((node) => {
    if (!isOp(node, "convolutionDataGradient") || node.inputs[0] !== dy) return false;
    const weight = asTensor(node.inputs[1]);
    const same =
      sameWindow(node.attributes, attributes) &&
      node.attributes.inputShape.join() === inputShape.join() &&
      weight.shape.join() === shape.join();
    return same && lowering.isHeld(weight) && !lowering.isHeld(edgesOf(node)[0]);
  });
}

function sameWindow(one: Window, other: Window): boolean {
  const words = ({ stride, padding, dilation }: Window) => [stride, padding, dilation].join(";");
  return words(one) === words(other);
}

/** A tensor like dy whose values nobody reads. */
function shapeOnly(lowering: Lowering, dy: Slot, shape: Shape): Slot {
  const args = [tensor(dy), integers(shape), absent, absent, absent, absent];
  return lowering.one("new_empty", args);
}

function operand(lowering: Lowering, edge: Edge): Slot {
  return lowering.halves ? lowering.half(edge) : lowering.full(edge);
}

function formOf({ halves }: Lowering): "half" | "full" {
  return halves ? "half" : "full";
}
