/** Convolution and its two gradients: which of the two families of algorithms a shape gets. */
import type { Shape, Tensor, Window } from "../../graph/index.ts";
import {
  blockedConvolution,
  blockedDataGradient,
  blockedWeightGradient,
  phasesOf,
} from "./convolution-blocked.ts";
import { plainConvolution, plainDataGradient, plainWeightGradient } from "./convolution-plain.ts";
import type { Lowering } from "./lowering.ts";
import { holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const convolution: Rule<"convolution"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [x, weight] = tensorsOf(at);
  if (fillsBlocks(lowering, weight.shape[0])) {
    const blocked = blockedConvolution(lowering, { x, weight, window: attributes });
    lowering.hold(outputs[0], { blocked });
    return "blocked, direct";
  }
  holdPlain(at, plainConvolution(lowering, { x, weight, window: attributes }));
  return "plain";
};

export const convolutionDataGradient: Rule<"convolutionDataGradient"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [dy, weight] = tensorsOf(at);
  const { inputShape, ...window } = attributes;
  const [filters, channels] = weight.shape;
  const blocks = fillsBlocks(lowering, filters) && fillsBlocks(lowering, channels);
  const phases = blocks ? phasesFor(window, weight, { inputShape, dy }) : undefined;
  if (phases) {
    const blocked = blockedDataGradient(lowering, { dy, weight, window, inputShape, phases });
    lowering.hold(outputs[0], { blocked });
    return phases.rows.length === 1
      ? "blocked, direct with flipped weights"
      : `blocked, direct in ${phases.rows.length * phases.columns.length} phases`;
  }
  holdPlain(at, plainDataGradient(lowering, { dy, weight, window, inputShape }));
  return "plain, transposed convolution";
};

export const convolutionWeightGradient: Rule<"convolutionWeightGradient"> = (at) => {
  const { lowering, attributes } = at;
  const [x, dy] = tensorsOf(at);
  const { kernel, ...window } = attributes;
  if (fillsBlocks(lowering, dy.shape[1])) {
    holdPlain(at, blockedWeightGradient(lowering, { x, dy, window, kernel }));
    return "blocked, direct with the batch as channels";
  }
  holdPlain(at, plainWeightGradient(lowering, { x, dy, window, kernel }));
  return "plain, one product per kernel position";
};

/** Fewer channels than a block would mostly compute on filling. */
function fillsBlocks({ block }: Lowering, channels: number): boolean {
  return block > 1 && channels >= block;
}

function phasesFor(window: Window, weight: Tensor, forward: { inputShape: Shape; dy: Tensor }) {
  const along = (axis: 0 | 1) =>
    phasesOf({
      stride: window.stride[axis],
      padding: window.padding[axis],
      dilation: window.dilation[axis],
      kernel: weight.shape[2 + axis],
      size: forward.inputShape[2 + axis],
      reduced: forward.dy.shape[2 + axis],
    });
  const rows = along(0);
  const columns = along(1);
  return rows && columns && { rows, columns };
}
