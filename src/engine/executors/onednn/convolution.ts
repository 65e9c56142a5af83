/**
 * Convolutions and their two gradients. Layouts are the library's; the algorithm and the operands'
 * type are chosen by measuring, one by one.
 */
import { type Edge, edgesOf, type Shape, type Window } from "../../graph/index.ts";
import { type Held, rowMajor, type Strided } from "./held.ts";
import type {
  Algorithm,
  Description,
  Layout,
  Library,
  Part,
  RoleName,
  Spatial,
} from "./library.ts";
import { type Lowering, type Precision, pictureLayout, rehearsal, tensorsOf } from "./lowering.ts";
import { type Measured, measureLowered, measureSteps } from "./measure.ts";
import {
  isPointwise,
  pointwiseConvolution,
  pointwiseDataGradient,
  pointwiseWeightGradient,
} from "./pointwise.ts";
import {
  isPositionsFirst,
  makePositionsFirst,
  positionsFirst,
  staysPositionsFirst,
} from "./positions-first.ts";
import type { Rule } from "./rules.ts";
import type { Timing } from "./timing.ts";
import {
  type Tilings,
  winogradConvolution,
  winogradFilters,
  winogradTilings,
  winogradWeightGradient,
} from "./winograd.ts";

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

/** Not one primitive but products: `winograd.ts` and `pointwise.ts`. */
export type ByProducts =
  | { readonly name: "winograd by products"; readonly tilings: Tilings }
  | { readonly name: "pointwise by products"; readonly stride: readonly number[] };

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
    const { made, kernel } = byProducts(lowering, direction, { ...asked, products, held });
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
function byProducts(
  lowering: Lowering,
  direction: Direction,
  {
    shapes,
    products,
    held,
  }: { readonly shapes: Shapes; readonly products: ByProducts; readonly held: readonly Held[] },
): { readonly made: Held; readonly kernel: string } {
  const [given, other] = held;
  if (direction === "weights") {
    const pair = { x: given, dy: other };
    return products.name === "pointwise by products"
      ? pointwiseWeightGradient(lowering, { ...pair, stride: products.stride })
      : winogradWeightGradient(lowering, { ...pair, tiling: products.tilings.forward });
  }
  const back = direction === "data";
  const shape = back ? shapes.x : shapes.y;
  const into = makePositionsFirst(lowering, shape);
  const weight = other as Strided;
  const kernel =
    products.name === "winograd by products"
      ? tiled(lowering, { given, weight, into, back, tilings: products.tilings })
      : back
        ? pointwiseDataGradient(lowering, { dy: given, weight, stride: products.stride, into })
        : pointwiseConvolution(lowering, { x: given, weight, stride: products.stride, into });
  if (staysPositionsFirst(shape)) {
    const { strides: _, ...made } = into;
    return { made, kernel };
  }
  const own = pictureLayout(lowering.library, shape, "f32");
  return { made: own ? lowering.reordered(into, own) : into, kernel };
}

function tiled(
  lowering: Lowering,
  {
    given,
    weight,
    into,
    back,
    tilings,
  }: {
    readonly given: Held;
    readonly weight: Strided;
    readonly into: Strided;
    readonly back: boolean;
    readonly tilings: Tilings;
  },
): string {
  const tiling = back ? tilings.data : tilings.forward;
  const { scheme } = tiling;
  return winogradConvolution(lowering, {
    x: given,
    tiling,
    filters: winogradFilters(lowering, weight, { scheme, flipped: back }),
    over: back ? "first" : "second",
    into,
  });
}

interface Asked {
  readonly shapes: Shapes;
  readonly window: Window;
}

/** Whether what is given lies with its positions first: others than products then need it laid out anew. */
interface Lying {
  readonly lies: boolean;
}

export function lying(lowering: Lowering, edge: Edge): boolean {
  return lowering.forms(edge).some((held) => isPositionsFirst(lowering.library, held));
}

function chosen(lowering: Lowering, direction: Direction, asked: Asked & Lying) {
  return chooseWay(lowering, {
    ...asked,
    kind: direction,
    describe: (way) => describe(lowering, direction, { ...asked, way }),
    measured: (description) => measuredSteps(lowering, direction, { ...asked, description }),
    byProducts(inner, products) {
      const { library } = inner;
      const held = directions[direction].given.map((part) => {
        const shape = asked.shapes[part];
        if (part === "weight") return inner.makeDense(shape);
        const own = asked.lies ? undefined : pictureLayout(library, shape, "f32");
        const layout = positionsFirst(library, shape);
        return own ? inner.reordered(inner.make(own), layout) : inner.make(layout);
      });
      byProducts(inner, direction, { ...asked, products, held });
    },
  });
}

/** One primitive, or products. */
type Chosen = { readonly name: string } & (
  | { readonly description: Description; readonly products?: undefined }
  | { readonly description?: undefined; readonly products: ByProducts }
);

/** The way that was chosen, by what was measured under the kind, shapes and window. */
export function chooseWay(
  lowering: Lowering,
  {
    kind,
    shapes,
    window,
    lies,
    describe: of,
    measured,
    byProducts: emit,
  }: Asked &
    Lying & {
      readonly kind: string;
      describe(way: ConvolutionWay): Description | undefined;
      measured(description: Description): Measured;
      byProducts(inner: Lowering, products: ByProducts): void;
    },
): Chosen {
  const { library, precision } = lowering;
  const ways = waysOf(lowering, shapes, window).flatMap((way) => {
    const description = of(way);
    return description ? [{ name: way.name, description }] : [];
  });
  const products = precision === "f32" ? productsOf({ shapes, window, lies }) : undefined;
  const name = lowering.choose(keyOf(lowering, kind, { shapes, window, lies }), [
    ...ways.map((way) => ({
      name: way.name,
      measure: () => measureSteps(library, measured(way.description)),
    })),
    ...(products
      ? [
          {
            name: products.name,
            measure: () => timeOf(lowering, (inner) => emit(inner, products)),
          },
        ]
      : []),
  ]);
  const found = ways.find((way) => way.name === name);
  library.destroyDescriptions(ways.filter((way) => way !== found).map((way) => way.description));
  if (found) return found;
  return name === products?.name ? { name, products } : lowering.refuse();
}

/** 1×1 where pictures lie so and stay so: from the library's layout its own kernels are as fast. */
function productsOf({ shapes, window, lies }: Asked & Lying): ByProducts | undefined {
  const tilings = winogradTilings(shapes.weight, window);
  if (tilings) return { name: "winograd by products", tilings };
  const stay = [shapes.x, shapes.y].every(staysPositionsFirst);
  if (!lies || !stay || !isPointwise(shapes.weight, window)) return undefined;
  return { name: "pointwise by products", stride: window.stride };
}

function timeOf(lowering: Lowering, emit: (inner: Lowering) => void): Timing {
  const inner = rehearsal(lowering);
  emit(inner);
  return measureLowered(lowering.library, inner);
}

/** The library's Winograd needs 3×3 kernels with stride 1; it says where else it will not. */
function waysOf(
  { precision, mixed, library }: Lowering,
  { weight }: Shapes,
  window: Window,
): ConvolutionWay[] {
  if (precision === "bf16") return [directBrain];
  const fits =
    library.major === 2 &&
    window.stride.every((one) => one === 1) &&
    winogradTilings(weight, window) !== undefined;
  return [directFloat, ...(fits ? [winograd] : []), ...(mixed ? [directBrain] : [])];
}

export function spatialOf({ stride, padding, dilation }: Window): Spatial {
  const dilations = dilation.map((one) => one - 1);
  return { strides: stride, dilations, before: padding, after: padding };
}

function keyOf(
  { precision }: Lowering,
  kind: string,
  { shapes, window, lies }: Asked & Lying,
): string {
  const { stride, padding, dilation } = window;
  const sizes = [shapes.x, shapes.weight].map((shape) => shape.join("x")).join(" ");
  const given = lies ? " of positions first" : "";
  return `convolution ${kind} ${sizes} s${stride.join("x")} p${padding.join("x")} d${dilation.join("x")} ${precision}${given}`;
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

/**
 * What a primitive needs between pictures that lie with their positions first: its inputs are laid out for it,
 * and its result goes back, if so many channels stay so.
 */
export function relaid(
  library: Library,
  description: Description,
  { inputs, output }: { readonly inputs: readonly Part[]; readonly output: Part },
): Measured["conversions"] {
  const given = inputs.map((part) => {
    const to = description.layout(part);
    return { from: positionsFirst(library, to.dims), to };
  });
  const from = description.layout(output);
  const stays = output !== "weightsGradient" && staysPositionsFirst(from.dims);
  return stays ? [...given, { from, to: positionsFirst(library, from.dims) }] : given;
}

function shapeOf(edge: { kind: string; shape?: Shape }): Shape {
  return edge.shape ?? [];
}
