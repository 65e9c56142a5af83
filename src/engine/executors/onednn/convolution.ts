/**
 * Convolutions and their two gradients. Layouts are the library's; the algorithm and the operands'
 * type are chosen by measuring, one by one.
 */
import { type Edge, edgesOf, type Shape, type Window } from "../../graph/index.ts";
import type { ByProducts } from "./by-products.ts";
import {
  type Asked,
  type ConvolutionWay,
  chooseWay,
  type Lying,
  lying,
  relaid,
  type Shapes,
} from "./convolution-ways.ts";
import { type Held, rowMajor, type Strided } from "./held.ts";
import type { Description, Layout, Part, RoleName, Spatial } from "./library.ts";
import { type Lowering, type Precision, pictureLayout, tensorsOf } from "./lowering.ts";
import { makePositionsFirst, positionsFirst, staysPositionsFirst } from "./positions-first.ts";
import type { Rule } from "./rules.ts";

type Direction = "forward" | "data" | "weights";

export const convolution: Rule<"convolution"> = ({ lowering, inputs, outputs, attributes }) => {
  const [x, weight] = tensorsOf(inputs);
  const [y] = tensorsOf(outputs);
  const shapes = { x: x.shape, weight: weight.shape, y: y.shape };
  return convolve(lowering, "forward", { shapes, window: attributes, edges: [x, weight, y] });
};

export const convolutionDataGradient: Rule<"convolutionDataGradient"> = (at) => {
  const { lowering, inputs, outputs, attributes } = at;
  const [dy, weight] = tensorsOf(inputs);
  const shapes = { x: attributes.inputShape, weight: weight.shape, y: dy.shape };
  const edges = [dy, weight, outputs[0]] as const;
  return convolve(lowering, "data", { shapes, window: attributes, edges });
};

export const convolutionWeightGradient: Rule<"convolutionWeightGradient"> = (at) => {
  const { lowering, node, inputs, outputs, attributes } = at;
  const [x, dy] = tensorsOf(inputs);
  const [dweight] = edgesOf(node);
  const shapes = { x: x.shape, weight: shapeOf(dweight), y: dy.shape };
  const edges = [x, dy, outputs[0]] as const;
  return convolve(lowering, "weights", { shapes, window: attributes, edges });
};

/** What a direction is given, and by which names the library knows it and the result. */
const directions: {
  readonly [D in Direction]: {
    readonly given: readonly [keyof Shapes, keyof Shapes];
    readonly reads: readonly [Part & RoleName, Part & RoleName];
    readonly result: keyof Shapes;
    readonly writes: Part & RoleName;
  };
} = {
  forward: {
    given: ["x", "weight"],
    reads: ["source", "weights"],
    result: "y",
    writes: "destination",
  },
  data: {
    given: ["y", "weight"],
    reads: ["destinationGradient", "weights"],
    result: "x",
    writes: "sourceGradient",
  },
  weights: {
    given: ["x", "y"],
    reads: ["source", "destinationGradient"],
    result: "weight",
    writes: "weightsGradient",
  },
};

function convolve(
  lowering: Lowering,
  direction: Direction,
  { edges: [first, second, result], ...asked }: Asked & { edges: readonly [Edge, Edge, Edge] },
): string {
  const { reads, writes, given } = directions[direction];
  const lies = [first, second].every((edge, i) => given[i] === "weight" || lying(lowering, edge));
  const { description, name, products } = chosen(lowering, direction, { ...asked, lies });
  if (products) {
    const held = [first, second].map((edge, i) =>
      given[i] === "weight"
        ? lowering.dense(edge, "f32")
        : lowering.as(edge, positionsFirst(lowering.library, asked.shapes[given[i]])),
    );
    const { made, kernel } = multiplied(lowering, direction, { ...asked, products, held });
    lowering.hold(result, made);
    return `${name} ${kernel}`;
  }
  const made = lowering.make(description.layout(writes));
  lowering.primitive(description, {
    reads: [first, second].map((edge, i) => [
      reads[i],
      lowering.as(edge, description.layout(reads[i])),
    ]),
    writes: [[writes, made]],
  });
  lowering.hold(result, made);
  return `${name} ${description.kernel}`;
}

/** Pictures are given with their positions first, and go on so or in the library's layout. */
function multiplied(
  lowering: Lowering,
  direction: Direction,
  {
    shapes,
    products,
    held: [given, other],
  }: { readonly shapes: Shapes; readonly products: ByProducts; readonly held: readonly Held[] },
): { readonly made: Held; readonly kernel: string } {
  if (direction === "weights") return products.weights(lowering, { x: given, dy: other });
  const weight = other as Strided;
  const shape = direction === "data" ? shapes.x : shapes.y;
  const into = makePositionsFirst(lowering, shape);
  const kernel =
    direction === "data"
      ? products.data(lowering, { dy: given, weight, into })
      : products.forward(lowering, {
          x: given,
          prepared: products.prepare(lowering, weight),
          into,
        });
  if (staysPositionsFirst(shape)) {
    const { strides: _, ...made } = into;
    return { made, kernel };
  }
  const own = pictureLayout(lowering.library, shape, "f32");
  return { made: own ? lowering.reordered(into, own) : into, kernel };
}

function chosen(lowering: Lowering, direction: Direction, asked: Asked & Lying) {
  return chooseWay(lowering, {
    ...asked,
    kind: direction,
    describe: (way) => describe(lowering, direction, { ...asked, way }),
    measured: (description) => measuredSteps(lowering, direction, { ...asked, description }),
    emit(inner, products) {
      const { library } = inner;
      const held = directions[direction].given.map((part) => {
        const shape = asked.shapes[part];
        if (part === "weight") return inner.makeDense(shape);
        const own = asked.lies ? undefined : pictureLayout(library, shape, "f32");
        const layout = positionsFirst(library, shape);
        return own ? inner.reordered(inner.make(own), layout) : inner.make(layout);
      });
      multiplied(inner, direction, { ...asked, products, held });
    },
  });
}

export function spatialOf({ stride, padding, dilation }: Window): Spatial {
  const dilations = dilation.map((one) => one - 1);
  return { strides: stride, dilations, before: padding, after: padding };
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

/**
 * The primitive with the reorders that it would need: of activations of another type, of pictures that lie with
 * their positions first and of a result that is to lie so, and, as weights change from step to step, of the
 * weights or their gradient.
 */
function measuredSteps(
  { library, precision, isSteady }: Lowering,
  direction: Direction,
  { shapes, lies, description }: Asked & Lying & { description: Description },
) {
  const { reads, writes: output } = directions[direction];
  const inputs = reads.filter((part) => part !== "weights");
  const plain = ({ dims }: Layout, type: Precision) => library.strided(dims, rowMajor(dims), type);
  const activations = lies
    ? relaid(library, description, { inputs, output })
    : inputs
        .map((part) => description.layout(part))
        .filter(({ type }) => type !== precision)
        .map((to) => ({
          from: pictureLayout(library, to.dims, precision) ?? plain(to, precision),
          to,
        }));
  const weight = description.layout(direction === "weights" ? output : "weights");
  const weights = isSteady([])
    ? []
    : direction === "weights"
      ? [{ from: weight, to: plain(weight, "f32") }]
      : [{ from: plain(weight, "f32"), to: weight }];
  const conversions = [...activations, ...weights];
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
