/** Convolution and its two gradients: which of the three families of algorithms a shape gets. */
import type { Shape, Tensor, Window } from "../../graph/index.ts";
import {
  blockedConvolution,
  blockedDataGradient,
  blockedWeightGradient,
  phasesOf,
} from "./convolution-blocked.ts";
import { plainConvolution, plainDataGradient, plainWeightGradient } from "./convolution-plain.ts";
import {
  winogradConvolution,
  winogradDataGradient,
  winogradWeightGradient,
} from "./convolution-winograd.ts";
import type { Lowering } from "./lowering.ts";
import { holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";
import { type Shapes, winogradPays } from "./winograd-rule.ts";

export const convolution: Rule<"convolution"> = (at) => {
  const { lowering, attributes, outputs, node } = at;
  const [x, weight] = tensorsOf(at);
  const [filters, , ...kernel] = weight.shape;
  const [y] = node.outputs;
  const shapes = shapesOf(x.shape, y.kind === "tensor" ? y.shape : [], {
    kernel,
    window: attributes,
  });
  if (pays(lowering, shapes, { gradient: "none" })) {
    lowering.hold(outputs[0], winogradConvolution(lowering, { x, weight, window: attributes }));
    return "Winograd";
  }
  if (fillsBlocks(lowering, filters)) {
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
  const [filters, channels, ...kernel] = weight.shape;
  const shapes = shapesOf(inputShape, dy.shape, { kernel, window });
  if (pays(lowering, shapes, { gradient: "none" })) {
    const of = { dy, weight, window, inputShape };
    lowering.hold(outputs[0], winogradDataGradient(lowering, of));
    return "Winograd with flipped weights";
  }
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
  const shapes = shapesOf(x.shape, dy.shape, { kernel, window });
  if (pays(lowering, shapes, { gradient: "weight" })) {
    holdPlain(at, winogradWeightGradient(lowering, { x, dy, window }));
    return "Winograd over tiles";
  }
  if (fillsBlocks(lowering, dy.shape[1])) {
    holdPlain(at, blockedWeightGradient(lowering, { x, dy, window, kernel }));
    return "blocked, direct with the batch as channels";
  }
  holdPlain(at, plainWeightGradient(lowering, { x, dy, window, kernel }));
  return "plain, one product per kernel position";
};

function shapesOf(input: Shape, output: Shape, rest: Pick<Shapes, "kernel" | "window">): Shapes {
  const [n, from, ...size] = input;
  const [, to, ...reduced] = output;
  return {
    n,
    from: { channels: from, size: [size[0], size[1]] },
    to: { channels: to, size: [reduced[0], reduced[1]] },
    ...rest,
  };
}

/** Counted on processors only: elsewhere the library's own kernels choose. */
function pays({ device }: Lowering, ...of: Parameters<typeof winogradPays>): boolean {
  return device === "cpu" && winogradPays(...of);
}

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
