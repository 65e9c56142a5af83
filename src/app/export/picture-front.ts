/**
 * From uint8 pictures of any size, [n, height, width, 3], to an encoder's input, inside the model: what
 * `decodePicture` does once a file is decoded, then what `centreView` does. A side is resized by a
 * product with a matrix that is made from the sizes when the model runs, since no resizing that ONNX
 * has is the product's:
 *
 * 1. to the working resolution (shorter side), as sharp's libvips: what is four times too large or more
 *    first by averages of whole boxes, then Lanczos with three lobes; what is too small by Catmull and
 *    Rom's cubic. Borders are repeated, and values are whole bytes after each side. A picture that is at
 *    the working resolution passes unchanged.
 * 2. to the encoder's side: a triangle with antialiasing, and of that the centre.
 * 3. (x / 255 - mean) / deviation.
 */
import type { GraphBuilder } from "../../formats/onnx/index.ts";
import type { Preprocessing } from "../training-choices.ts";
import { float32, type Operators, operators, shapeOf } from "./operators.ts";

export interface Front extends Preprocessing {
  /** The working resolution of the dataset. */
  readonly resolution: number;
}

/** `pictures` is the ONNX value of the bytes; gives that of the input [n, 3, size, size]. */
export function pictureFront(
  graph: GraphBuilder,
  pictures: string,
  { size, normalize, ...front }: Front,
): string {
  const { op } = operators(graph);
  const working = workingPixels(graph, pictures, front);
  const shape = op("Shape", [working]);
  const side = (axis: number) => op("Gather", [shape, operators(graph).int(axis)]);
  const band = (axis: number) => viewBand(operators(graph), side(axis), { ...front, size });
  const across = op("Transpose", [band(3)], { perm: [1, 0] });
  const view = op("MatMul", [op("MatMul", [band(2), working]), across]);
  const perColour = (value: (c: number) => number) =>
    graph.constant("f32", [1, 3, 1, 1], Float32Array.from([0, 1, 2], value));
  const { mean, deviation } = normalize;
  const scaled = op("Mul", [view, perColour((c) => 1 / (255 * deviation[c]))]);
  return op("Sub", [scaled, perColour((c) => mean[c] / deviation[c])]);
}

/** Step 1 alone: [n, 3, height, width], whole numbers from 0 to 255. */
export function workingPixels(
  graph: GraphBuilder,
  pictures: string,
  { resolution }: Pick<Front, "resolution">,
): string {
  const on = operators(graph);
  const { op, int } = on;
  const shape = op("Shape", [pictures]);
  const height = op("Gather", [shape, int(1)]);
  const width = op("Gather", [shape, int(2)]);
  const shorter = op("Min", [height, width]);
  const band = (side: string) => workingBand(on, side, { shorter, resolution });
  const isLarger = op("Less", [shorter, int(resolution)]);
  const floats = op("Cast", [pictures], { to: float32 });
  const rows = op("Reshape", [floats, graph.integers([0, 0, -1])]);
  const resized = op("MatMul", [band(height), rows]);
  const down = op("Where", [isLarger, resized, wholeBytes(on, resized)]);
  const apart = op("Reshape", [down, shapeOf(on, [int(0), int(0), width, int(3)])]);
  const planes = op("Transpose", [apart], { perm: [0, 3, 1, 2] });
  const across = op("Transpose", [band(width)], { perm: [1, 0] });
  return wholeBytes(on, op("MatMul", [planes, across]));
}

function wholeBytes({ op, float }: Operators, value: string): string {
  return op("Clip", [op("Round", [value]), float(0), float(255)]);
}

interface Goal {
  readonly shorter: string;
  readonly resolution: number;
}

/** [resized side, side]: weights of each pixel of a side. */
function workingBand(on: Operators, side: string, { shorter, resolution }: Goal): string {
  const { op, int, float, graph } = on;
  const asFloat = (value: string) => op("Cast", [value], { to: float32 });
  // ⌊side · resolution / shorter + 1/2⌋, in whole numbers.
  const twice = op("Add", [op("Mul", [side, int(2 * resolution)]), shorter]);
  const resized = op("Div", [twice, op("Mul", [shorter, int(2)])]);
  const scale = op("Div", [asFloat(shorter), float(resolution)]);
  const box = op("Max", [op("Div", [shorter, int(2 * resolution)]), int(1)]);
  const boxes = op("Div", [op("Sub", [op("Add", [side, box]), int(1)]), box]);
  const step = op("Div", [scale, asFloat(box)]);

  // Centres in boxes, in 64ths. Smaller: what is left over of the longer side is left out alike at both
  // ends. Larger: libvips measures from the picture's corner, so that all lies half a new pixel higher.
  const isLarger = op("Less", [step, float(1)]);
  const places = op("Mul", [asFloat(op("Range", [int(0), resized, int(1)])), step]);
  const own = op("Sub", [
    op("Div", [asFloat(side), asFloat(box)]),
    op("Mul", [asFloat(resized), step]),
  ]);
  const moved = op("Mul", [op("Add", [step, own]), float(0.5)]);
  const place = (by: string) =>
    op("Mul", [op("Sub", [op("Add", [places, by]), float(0.5)]), float(64)]);
  const sixtyFourths = op("Div", [
    op("Where", [isLarger, op("Floor", [place(float(0))]), op("Round", [place(moved)])]),
    float(64),
  ]);

  // Boxes beyond the borders, as far as a kernel reaches, are copies of the last ones.
  const wide = op("Max", [step, float(1)]);
  const reach = op("Cast", [op("Ceil", [op("Mul", [wide, float(3)])])], { to: 7 });
  const first = op("Neg", [op("Add", [reach, int(1)])]);
  const behind = op("Add", [boxes, op("Add", [reach, int(1)])]);
  const counted = asFloat(op("Range", [first, behind, int(1)]));
  const distance = op("Abs", [
    op("Sub", [counted, op("Unsqueeze", [sixtyFourths, graph.integers([1])])]),
  ]);
  const kernel = op("Where", [
    isLarger,
    cubic(on, distance),
    lanczos(on, op("Div", [distance, wide])),
  ]);
  const total = op("ReduceSum", [kernel, graph.integers([1])], { keepdims: 1 });
  const extended = op("Div", [kernel, total]);
  const perBox = withCopies(on, extended, { before: op("Neg", [first]), count: boxes });

  // From boxes to pixels; a last box that is filled in part has copies of the last pixel.
  const pixels = op("Range", [int(0), op("Mul", [boxes, box]), int(1)]);
  const spread = op("Gather", [perBox, op("Div", [pixels, box])], { axis: 1 });
  const each = op("Div", [spread, asFloat(box)]);
  return withCopies(on, each, { before: int(0), count: side });
}

/** Columns `before` … `before + count`, the first and last with the weights of all beyond them. */
function withCopies(
  { op, int, graph }: Operators,
  band: string,
  { before, count }: { readonly before: string; readonly count: string },
): string {
  const at = (value: string) => op("Unsqueeze", [value, graph.integers([0])]);
  const cut = (from: string, to: string) =>
    op("Slice", [band, at(from), at(to), graph.integers([1])]);
  const sum = (part: string) => op("ReduceSum", [part, graph.integers([1])], { keepdims: 1 });
  const end = op("Add", [before, count]);
  const most = int(2 ** 31 - 1);
  const first = sum(cut(int(0), op("Add", [before, int(1)])));
  const last = sum(cut(op("Sub", [end, int(1)]), most));
  const middle = cut(op("Add", [before, int(1)]), op("Sub", [end, int(1)]));
  return op("Concat", [first, middle, last], { axis: 1 });
}

/** sin(πx) sin(πx/3) · 3 / (πx)², 1 at 0, within three lobes. */
function lanczos({ op, float }: Operators, distance: string): string {
  const near = op("Less", [distance, float(1e-6)]);
  const angle = op("Mul", [op("Where", [near, float(0.5), distance]), float(Math.PI)]);
  const third = op("Sin", [op("Mul", [angle, float(1 / 3)])]);
  const lobes = op("Div", [
    op("Mul", [op("Mul", [op("Sin", [angle]), third]), float(3)]),
    op("Mul", [angle, angle]),
  ]);
  const inside = op("Less", [distance, float(3)]);
  return op("Where", [near, float(1), op("Where", [inside, lobes, float(0)])]);
}

/** Keys' cubic with a = -1/2. */
function cubic({ op, float }: Operators, x: string): string {
  // ((3x - 5) x² + 2) / 2 up to 1, then (((5 - x) x - 8) x + 4) / 2 up to 2.
  const square = op("Mul", [x, x]);
  const three = op("Sub", [op("Mul", [x, float(1.5)]), float(2.5)]);
  const inner = op("Add", [op("Mul", [three, square]), float(1)]);
  const bent = op("Sub", [op("Mul", [op("Sub", [float(5), x]), x]), float(8)]);
  const outer = op("Mul", [op("Add", [op("Mul", [bent, x]), float(4)]), float(0.5)]);
  const far = op("Where", [op("Less", [x, float(2)]), outer, float(0)]);
  return op("Where", [op("Less", [x, float(1)]), inner, far]);
}

/** [size, side]: `resizeBand` to ⌊side · size / resolution⌋, of it the `size` rows in the middle. */
function viewBand(
  { op, int, float, graph }: Operators,
  side: string,
  { resolution, size }: Pick<Front, "resolution" | "size">,
): string {
  const asFloat = (value: string) => op("Cast", [value], { to: float32 });
  const resized = op("Div", [op("Mul", [side, int(size)]), int(resolution)]);
  const start = op("Div", [op("Sub", [resized, int(size)]), int(2)]);
  const scale = op("Div", [asFloat(side), asFloat(resized)]);
  const places = op("Add", [
    graph.constant(
      "f32",
      [size, 1],
      Float32Array.from({ length: size }, (_, i) => i + 0.5),
    ),
    asFloat(start),
  ]);
  const centre = op("Sub", [op("Mul", [places, scale]), float(0.5)]);
  const columns = asFloat(op("Range", [int(0), side, int(1)]));
  const half = op("Max", [scale, float(1)]);
  const distance = op("Div", [op("Abs", [op("Sub", [columns, centre])]), half]);
  const triangle = op("Relu", [op("Sub", [float(1), distance])]);
  return op("Div", [triangle, op("ReduceSum", [triangle, graph.integers([1])], { keepdims: 1 })]);
}
