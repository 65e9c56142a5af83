/**
 * Which way a convolution goes: the library's algorithms, operands of one type or the other, or products. Chosen
 * by measuring, one by one, under a key that says all that the times depend on.
 */
import type { Edge, Shape, Window } from "../../graph/index.ts";
import { type ByProducts, productsFor } from "./by-products.ts";
import type { Algorithm, Description, Library, Part } from "./library.ts";
import { type Lowering, type Precision, rehearsal } from "./lowering.ts";
import { type Measured, measureLowered, measureSteps } from "./measure.ts";
import { isPositionsFirst, positionsFirst, staysPositionsFirst } from "./positions-first.ts";
import type { Timing } from "./timing.ts";

export interface Shapes {
  readonly x: Shape;
  readonly weight: Shape;
  readonly y: Shape;
}

export interface Asked {
  readonly shapes: Shapes;
  readonly window: Window;
}

/** Whether pictures that are given lie with their positions first: the library's kernels need them laid out anew. */
export interface Lying {
  readonly lies: boolean;
}

export function lying(lowering: Lowering, edge: Edge): boolean {
  return lowering.forms(edge).some((held) => isPositionsFirst(lowering.library, held));
}

/** One way of the library's: what is multiplied as what, by which algorithm. */
export interface ConvolutionWay {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly operands: Precision;
}

const directFloat: ConvolutionWay = { name: "direct f32", algorithm: "direct", operands: "f32" };
const directBrain: ConvolutionWay = { name: "direct bf16", algorithm: "direct", operands: "bf16" };
const winograd: ConvolutionWay = { name: "winograd f32", algorithm: "winograd", operands: "f32" };

/** One primitive, or products. */
type Chosen = { readonly name: string } & (
  | { readonly description: Description; readonly products?: undefined }
  | { readonly description?: undefined; readonly products: ByProducts }
);

interface Choice extends Asked, Lying {
  readonly kind: string;
  describe(way: ConvolutionWay): Description | undefined;
  /** The primitive with what it needs in each run. */
  measured(description: Description): Measured;
  /** Emits the products, to be timed as they are. */
  emit(inner: Lowering, products: ByProducts): void;
}

/** The way that was chosen, by what was measured under the kind, shapes and window. */
export function chooseWay(lowering: Lowering, choice: Choice): Chosen {
  const { shapes, window, lies, measured, emit } = choice;
  const { library, precision } = lowering;
  const ways = waysOf(lowering, window).flatMap((way) => {
    const description = choice.describe(way);
    return description ? [{ name: way.name, description }] : [];
  });
  const products = precision === "f32" ? productsFor(shapes, { window, lies }) : undefined;
  const timeProducts = (of: ByProducts) => timeOf(lowering, (inner) => emit(inner, of));
  const name = lowering.choose(keyOf(lowering, choice), [
    ...ways.map((way) => ({
      name: way.name,
      measure: () => measureSteps(library, measured(way.description)),
    })),
    ...(products ? [{ name: products.name, measure: () => timeProducts(products) }] : []),
  ]);
  const found = ways.find((way) => way.name === name);
  library.destroyDescriptions(ways.filter((way) => way !== found).map((way) => way.description));
  if (found) return found;
  return name === products?.name ? { name, products } : lowering.refuse();
}

function timeOf(lowering: Lowering, emit: (inner: Lowering) => void): Timing {
  const inner = rehearsal(lowering);
  emit(inner);
  return measureLowered(lowering.library, inner);
}

/** The library's Winograd is for stride 1; it says where else it will not. */
function waysOf({ precision, mixed, library }: Lowering, { stride }: Window): ConvolutionWay[] {
  if (precision === "bf16") return [directBrain];
  const divides = library.major === 2 && stride.every((one) => one === 1);
  return [directFloat, ...(divides ? [winograd] : []), ...(mixed ? [directBrain] : [])];
}

function keyOf({ precision }: Lowering, { kind, shapes, window, lies }: Choice): string {
  const { stride, padding, dilation } = window;
  const sizes = [shapes.x, shapes.weight].map((shape) => shape.join("x")).join(" ");
  const given = lies ? " of positions first" : "";
  return `convolution ${kind} ${sizes} s${stride.join("x")} p${padding.join("x")} d${dilation.join("x")} ${precision}${given}`;
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
