/**
 * Convolutions and their two gradients. Layouts are the library's; the algorithm and the operands'
 * type are chosen by measuring, one by one.
 */
import { edgesOf, type Shape, type Window } from "../../graph/index.ts";
import { rowMajor } from "./held.ts";
import type { Algorithm, Description, Layout, Spatial } from "./library.ts";
import { type Lowering, type Precision, pictureLayout, tensorsOf } from "./lowering.ts";
import { type Measured, measureSteps } from "./measure.ts";
import type { Rule } from "./rules.ts";

type Direction = "forward" | "data" | "weights";

interface Shapes {
  readonly x: Shape;
  readonly weight: Shape;
  readonly y: Shape;
}

/** One way to compute a convolution: what is multiplied as what, by which algorithm. */
export interface ConvolutionWay {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly operands: Precision;
}

const directFloat: ConvolutionWay = { name: "direct f32", algorithm: "direct", operands: "f32" };
const directBrain: ConvolutionWay = { name: "direct bf16", algorithm: "direct", operands: "bf16" };
const winograd: ConvolutionWay = { name: "winograd f32", algorithm: "winograd", operands: "f32" };

export const convolution: Rule<"convolution"> = ({ lowering, inputs, outputs, attributes }) => {
  const [x, weight] = tensorsOf(inputs);
  const [y] = tensorsOf(outputs);
  const shapes = { x: x.shape, weight: weight.shape, y: y.shape };
  const { description, name } = chosen(lowering, "forward", { shapes, window: attributes });
  const made = lowering.make(description.layout("destination"));
  lowering.primitive(description, {
    reads: [
      ["source", lowering.as(x, description.layout("source"))],
      ["weights", lowering.as(weight, description.layout("weights"))],
    ],
    writes: [["destination", made]],
  });
  lowering.hold(y, made);
  return `${name} ${description.kernel}`;
};

export const convolutionDataGradient: Rule<"convolutionDataGradient"> = (at) => {
  const { lowering, inputs, outputs, attributes } = at;
  const [dy, weight] = tensorsOf(inputs);
  const shapes = { x: attributes.inputShape, weight: weight.shape, y: dy.shape };
  const { description, name } = chosen(lowering, "data", { shapes, window: attributes });
  const made = lowering.make(description.layout("sourceGradient"));
  lowering.primitive(description, {
    reads: [
      ["destinationGradient", lowering.as(dy, description.layout("destinationGradient"))],
      ["weights", lowering.as(weight, description.layout("weights"))],
    ],
    writes: [["sourceGradient", made]],
  });
  lowering.hold(outputs[0], made);
  return `${name} ${description.kernel}`;
};

export const convolutionWeightGradient: Rule<"convolutionWeightGradient"> = (at) => {
  const { lowering, node, inputs, outputs, attributes } = at;
  const [x, dy] = tensorsOf(inputs);
  const [dweight] = edgesOf(node);
  const shapes = { x: x.shape, weight: shapeOf(dweight), y: dy.shape };
  const { description, name } = chosen(lowering, "weights", { shapes, window: attributes });
  const made = lowering.make(description.layout("weightsGradient"));
  lowering.primitive(description, {
    reads: [
      ["source", lowering.as(x, description.layout("source"))],
      ["destinationGradient", lowering.as(dy, description.layout("destinationGradient"))],
    ],
    writes: [["weightsGradient", made]],
  });
  lowering.hold(outputs[0], made);
  return `${name} ${description.kernel}`;
};

interface Asked {
  readonly shapes: Shapes;
  readonly window: Window;
}

function chosen(lowering: Lowering, direction: Direction, asked: Asked) {
  return chooseWay(lowering, {
    ...asked,
    kind: direction,
    describe: (way) => describe(lowering, direction, { ...asked, way }),
    measured: (description) => measuredSteps(lowering, direction, { ...asked, description }),
  });
}

/** The description of the way that was chosen, by what was measured under the kind, shapes and window. */
export function chooseWay(
  lowering: Lowering,
  {
    kind,
    shapes,
    window,
    describe: of,
    measured,
  }: Asked & {
    readonly kind: string;
    describe(way: ConvolutionWay): Description | undefined;
    measured(description: Description): Measured;
  },
): { readonly description: Description; readonly name: string } {
  const { library } = lowering;
  const ways = waysOf(lowering, shapes, window).flatMap((way) => {
    const description = of(way);
    return description ? [{ name: way.name, description }] : [];
  });
  const name = lowering.choose(
    keyOf(lowering, kind, { shapes, window }),
    ways.map((way) => ({
      name: way.name,
      measure: () => measureSteps(library, measured(way.description)),
    })),
  );
  const found = ways.find((way) => way.name === name);
  library.destroyDescriptions(ways.filter((way) => way !== found).map((way) => way.description));
  return found ?? lowering.refuse();
}

/** Winograd F(4×4, 3×3) needs 3×3 kernels with stride 1; the library says where else it will not. */
function waysOf(
  { precision, mixed, library }: Lowering,
  { weight }: Shapes,
  window: Window,
): ConvolutionWay[] {
  if (precision === "bf16") return [directBrain];
  const [, , height, width] = weight;
  const plain = [...window.stride, ...window.dilation].every((one) => one === 1);
  const fits = library.major === 2 && height === 3 && width === 3 && plain;
  return [directFloat, ...(fits ? [winograd] : []), ...(mixed ? [directBrain] : [])];
}

export function spatialOf({ stride, padding, dilation }: Window): Spatial {
  const dilations = dilation.map((one) => one - 1);
  return { strides: stride, dilations, before: padding, after: padding };
}

function keyOf({ precision }: Lowering, kind: string, { shapes, window }: Asked): string {
  const { stride, padding, dilation } = window;
  const sizes = [shapes.x, shapes.weight].map((shape) => shape.join("x")).join(" ");
  return `convolution ${kind} ${sizes} s${stride.join("x")} p${padding.join("x")} d${dilation.join("x")} ${precision}`;
}

/** Operands are of the way's type; results that go on as activations of the lowering's. */
function describe(
  lowering: Lowering,
  direction: Direction,
  { shapes, window, way }: Asked & { way: ConvolutionWay },
): Description | undefined {
  const { library, precision } = lowering;
  const { algorithm, operands } = way;
  const any = (shape: Shape, type: Precision): Layout => library.anyLayout(shape, type);
  const spatial = spatialOf(window);
  const x = any(shapes.x, operands);
  const weight = any(shapes.weight, operands);
  const y = any(shapes.y, operands);
  if (direction === "forward") {
    return library.convolution({ x, weight, y: any(shapes.y, precision) }, spatial, { algorithm });
  }
  const forward = library.convolution({ x, weight, y }, spatial, { algorithm });
  if (!forward) return undefined;
  const found =
    direction === "data"
      ? library.convolutionData({ x: any(shapes.x, precision), weight, y }, spatial, {
          algorithm,
          forward,
        })
      : library.convolutionWeights({ x, weight: any(shapes.weight, "f32"), y }, spatial, {
          algorithm,
          forward,
        });
  library.destroyDescriptions([forward]);
  return found;
}

/** The primitive with the reorders of activations that it would need. */
function measuredSteps(
  { library, precision }: Lowering,
  direction: Direction,
  { shapes, description }: Asked & { description: Description },
) {
  const inputs =
    direction === "forward"
      ? (["source"] as const)
      : direction === "data"
        ? (["destinationGradient"] as const)
        : (["source", "destinationGradient"] as const);
  const output =
    direction === "forward"
      ? "destination"
      : direction === "data"
        ? "sourceGradient"
        : "weightsGradient";
  const conversions = inputs
    .map((part) => description.layout(part))
    .filter(({ type }) => type !== precision)
    .map((to) => {
      const { dims } = to;
      const plain = library.strided(dims, rowMajor(dims), precision);
      return { from: pictureLayout(library, dims, precision) ?? plain, to };
    });
  return {
    description,
    inputs: [...inputs, ...(direction === "weights" ? [] : (["weights"] as const))],
    output,
    conversions,
    shapes,
  } as const;
}

function shapeOf(edge: { kind: string; shape?: Shape }): Shape {
  return edge.shape ?? [];
}
