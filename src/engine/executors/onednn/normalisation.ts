/** Batch and layer normalisation, with the rectifier behind batch norm where the graph has one. */
import { type Edge, type Shape, sizeOf, type Tensor } from "../../graph/index.ts";
import { curveGradient } from "./elementwise.ts";
import { type Held, isStrided, rowMajor, type Strided } from "./held.ts";
import type { Description, ElementType, Layout } from "./library.ts";
import { activationType, type Lowering, tensorsOf, view } from "./lowering.ts";
import { isPositionsFirst, staysPositionsFirst } from "./positions-first.ts";
import type { Rule } from "./rules.ts";
import type { Argument } from "./step.ts";

export const batchNorm: Rule<"batchNorm"> = ({ lowering, inputs, outputs, attributes }) => {
  const [y] = tensorsOf(outputs);
  return normalise(lowering, { inputs, outputs, y, epsilon: attributes.epsilon, relu: false });
};

interface Forward {
  readonly inputs: readonly Edge[];
  readonly outputs: readonly Edge[];
  /** What the result is held as: the norm's own output, or the rectifier's. */
  readonly y: Tensor;
  readonly epsilon: number;
  readonly relu: boolean;
}

/** What the forward saves: its input as it lay, and the rectifier's mask where it was taken along. */
export function normalise(
  lowering: Lowering,
  { inputs, outputs, y, epsilon, relu }: Forward,
): string {
  const { library } = lowering;
  const [x, scale, shift] = tensorsOf(inputs);
  const held = lowering.as(x, layoutOf(lowering, x));
  const given = byChannels(lowering, held);
  const fused = relu ? library.batchNorm(given.layout, epsilon, { relu: true }) : undefined;
  const description = fused ?? library.batchNorm(given.layout, epsilon, {});
  const [channels] = scale.shape;
  const mean = lowering.makeDense([channels]);
  const variance = lowering.makeDense([channels]);
  const result = lowering.make(held.layout);
  const mask = fused && lowering.make(fused.layout("workspace"));
  lowering.primitive(
    description,
    {
      reads: [
        ["source", given],
        ["scale", lowering.dense(scale, "f32")],
        ["shift", lowering.dense(shift, "f32")],
      ],
      writes: [
        ["destination", byChannels(lowering, result)],
        ["mean", mean],
        ["variance", variance],
        ...(mask ? [["workspace", mask] as const] : []),
      ],
    },
    { repeatable: true },
  );
  const [, meanEdge, varianceEdge, saved] = outputs;
  lowering.hold(meanEdge, mean);
  lowering.hold(varianceEdge, variance);
  for (const one of [held, ...(mask ? [mask] : [])]) lowering.hold(saved, one);
  if (!relu || fused) lowering.hold(y, result);
  else {
    const rectified = lowering.make(result.layout);
    lowering.primitive(library.curve(result.layout, "relu"), {
      reads: [["source", result]],
      writes: [["destination", rectified]],
    });
    lowering.hold(y, rectified);
  }
  return `${given.layout.type} ${description?.kernel}${fused ? " with relu" : ""}`;
}

export const batchNormGradient: Rule<"batchNormGradient"> = ({
  lowering,
  inputs,
  outputs,
  attributes,
}) => {
  const dy = inputs[2];
  if (dy.kind !== "tensor") return "";
  return normaliseGradient(lowering, { inputs, outputs, dy, epsilon: attributes.epsilon });
};

interface Backward {
  readonly inputs: readonly Edge[];
  readonly outputs: readonly Edge[];
  readonly dy: Tensor;
  readonly epsilon: number;
  /** The rectifier's result, when `dy` is the gradient behind it. */
  readonly relu?: { readonly y: Tensor; readonly masked: Tensor };
}

export function normaliseGradient(lowering: Lowering, of: Backward): string {
  const { inputs, outputs, epsilon, relu } = of;
  const { library } = lowering;
  const [, scale, , mean, variance] = tensorsOf(inputs);
  const [held, mask] = lowering.forms(inputs[5]);
  let { dy } = of;
  if (relu && !mask) {
    curveGradient(lowering, "reluFromResult", { given: relu.y, dy, dx: relu.masked });
    dy = relu.masked;
  }
  const given = byChannels(lowering, held);
  const { layout } = given;
  const along = byChannels(lowering, lowering.as(dy, held.layout));
  const flags = { relu: relu !== undefined && mask !== undefined };
  const forward = library.batchNorm(layout, epsilon, flags);
  const description =
    forward && library.batchNormGradient({ x: layout, dy: layout }, epsilon, { ...flags, forward });
  if (forward) library.destroyDescriptions([forward]);
  const dx = lowering.make(held.layout);
  const dscale = lowering.makeDense(scale.shape);
  const dshift = lowering.makeDense(scale.shape);
  const reads: readonly Argument[] = [
    ["source", given],
    ["destinationGradient", along],
    ["mean", lowering.dense(mean, "f32")],
    ["variance", lowering.dense(variance, "f32")],
    ["scale", lowering.dense(scale, "f32")],
    ...(flags.relu ? [["workspace", mask] as const] : []),
  ];
  lowering.primitive(description, {
    reads: withShift(reads, lowering.dense(scale, "f32"), description),
    writes: [
      ["sourceGradient", byChannels(lowering, dx)],
      ["scaleGradient", dscale],
      ["shiftGradient", dshift],
    ],
  });
  const [edge, dscaleEdge, dshiftEdge] = tensorsOf(outputs);
  lowering.hold(edge, dx);
  lowering.hold(dscaleEdge, dscale);
  lowering.hold(dshiftEdge, dshift);
  return `${layout.type} ${description?.kernel}${flags.relu ? " with relu" : ""}`;
}

export const layerNorm: Rule<"layerNorm"> = ({
  lowering,
  inputs,
  outputs,
  attributes: { epsilon },
}) => {
  const [x, scale, shift] = tensorsOf(inputs);
  const [y, saved] = outputs;
  const given = table(lowering, x);
  const { layout } = given;
  const mean = lowering.makeDense([layout.dims[0]]);
  const variance = lowering.makeDense([layout.dims[0]]);
  const made = lowering.makeDense(layout.dims, layout.type);
  const description = lowering.library.layerNorm(layout, mean.layout, epsilon);
  lowering.primitive(
    description,
    {
      reads: [
        ["source", given],
        ["scale", lowering.dense(scale, "f32")],
        ["shift", lowering.dense(shift, "f32")],
      ],
      writes: [
        ["destination", made],
        ["mean", mean],
        ["variance", variance],
      ],
    },
    { repeatable: true },
  );
  lowering.hold(y, shaped(lowering, made, x.shape));
  lowering.hold(saved, mean);
  lowering.hold(saved, variance);
  return `${layout.type} ${description?.kernel}`;
};

export const layerNormGradient: Rule<"layerNormGradient"> = ({
  lowering,
  inputs,
  outputs,
  attributes: { epsilon },
}) => {
  const { library } = lowering;
  const [x, scale, dy] = tensorsOf(inputs);
  const [mean, variance] = lowering.forms(inputs[3]);
  const given = table(lowering, x);
  const { layout } = given;
  const along = table(lowering, dy, layout.type);
  const forward = library.layerNorm(layout, mean.layout, epsilon);
  const layouts = { x: layout, dy: layout, statistics: mean.layout };
  const description = forward && library.layerNormGradient(layouts, epsilon, forward);
  if (forward) library.destroyDescriptions([forward]);
  const dx = lowering.makeDense(layout.dims, layout.type);
  const dscale = lowering.makeDense(scale.shape);
  const dshift = lowering.makeDense(scale.shape);
  const reads: readonly Argument[] = [
    ["source", given],
    ["destinationGradient", along],
    ["mean", mean],
    ["variance", variance],
    ["scale", lowering.dense(scale, "f32")],
  ];
  lowering.primitive(description, {
    reads: withShift(reads, lowering.dense(scale, "f32"), description),
    writes: [
      ["sourceGradient", dx],
      ["scaleGradient", dscale],
      ["shiftGradient", dshift],
    ],
  });
  const [edge, dscaleEdge, dshiftEdge] = tensorsOf(outputs);
  lowering.hold(edge, shaped(lowering, dx, x.shape));
  lowering.hold(dscaleEdge, dscale);
  lowering.hold(dshiftEdge, dshift);
  return `${layout.type} ${description?.kernel}`;
};

/** No gradient reads the shift. Some versions count it among the inputs and refuse to run without it, some with it. */
function withShift(
  reads: readonly Argument[],
  shift: Held,
  description: Description | undefined,
): readonly Argument[] {
  return description && description.inputs > reads.length ? [...reads, ["shift", shift]] : reads;
}

/** [..., d] as [rows, d]. */
function table(
  lowering: Lowering,
  x: Tensor,
  type: ElementType = activationType(lowering, x.shape),
): Strided {
  const columns = x.shape.at(-1) ?? 1;
  const rows = sizeOf(x.shape) / Math.max(1, columns);
  return shaped(lowering, lowering.dense(x, type), [rows, columns]);
}

function shaped(lowering: Lowering, held: Strided, dims: Shape): Strided {
  return view(lowering, held, { dims, strides: rowMajor(dims), offset: held.offset });
}

/** The layout other than row-major that the value has, if the library normalises there, else row-major. */
function layoutOf(lowering: Lowering, x: Tensor): Layout {
  const { library } = lowering;
  const own = lowering
    .forms(x)
    .find(
      (one) => !isStrided(one) && (staysPositionsFirst(x.shape) || !isPositionsFirst(library, one)),
    );
  if (own) return own.layout;
  const type = x.shape.length > 2 ? activationType(lowering, x.shape) : "f32";
  return library.strided(x.shape, rowMajor(x.shape), type);
}

/**
 * A value as batch norm takes it, over pictures: where channels are innermost, as rows of them, [rows, c,
 * 1, 1], and else [n, c, l] as [n, c, 1, l].
 */
function byChannels(lowering: Lowering, held: Held): Held {
  const { dims } = held.layout;
  const [n, c, l = 1] = dims;
  const innermost = dims.length === 2 || isPositionsFirst(lowering.library, held);
  if (innermost && staysPositionsFirst(dims)) {
    const rows = sizeOf(dims) / Math.max(1, c);
    const strides = [c, 1, c, c];
    return view(lowering, held, { dims: [rows, c, 1, 1], strides, offset: held.offset });
  }
  if (dims.length === 4) return held;
  const shape = [n, c, 1, l];
  return view(lowering, held, { dims: shape, strides: rowMajor(shape), offset: held.offset });
}
