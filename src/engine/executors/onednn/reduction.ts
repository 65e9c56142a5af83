/** Sums of large activations: over a picture by pooling, over all rows by a product with ones. */
import { type Shape, sizeOf, type Tensor } from "../../graph/index.ts";
import type { Strided } from "./held.ts";
import { activationType, type Lowering, tensorsOf, view } from "./lowering.ts";
import { pooled } from "./pooling.ts";
import { isPositionsFirst } from "./positions-first.ts";
import type { Rule } from "./rules.ts";

export const sum: Rule<"sum"> = ({ lowering, inputs, outputs, attributes: { axes } }) => {
  const [x] = tensorsOf(inputs);
  const [y] = tensorsOf(outputs);
  return axes.join() === "2,3" && x.shape.length === 4
    ? overPicture(lowering, x, y)
    : overRows(lowering, x, y);
};

/** Average pooling, times the picture's size; positions that come first are rows. */
function overPicture(lowering: Lowering, x: Tensor, y: Tensor): string {
  const { library } = lowering;
  const [n, c, h, w] = x.shape;
  const positions = lowering.forms(x).find((one) => isPositionsFirst(library, one));
  if (positions) {
    const table = { dims: [h * w, n * c], strides: [n * c, 1], offset: positions.offset };
    return sumOfRows(lowering, view(lowering, positions, table), y);
  }
  const given = pooled(lowering, x);
  const { type } = given.layout;
  const small = library.anyLayout([n, c, 1, 1], type);
  const at = { kernel: [h, w], strides: [1, 1], before: [0, 0], after: [0, 0] };
  const description = library.pool("average", { x: given.layout, y: small }, at);
  if (!description) return lowering.refuse();
  const mean = lowering.make(description.layout("destination"));
  lowering.primitive(description, { reads: [["source", given]], writes: [["destination", mean]] });
  const plain = lowering.reordered(mean, library.strided([n, c, 1, 1], [c, 1, 1, 1], "f32"));
  const flat = { ...plain, strides: [c, 1, 1, 1] };
  const made = lowering.makeDense(y.shape);
  lowering.loop(
    {
      shape: [n, c],
      inputs: [{ strides: [c, 1] }],
      terms: [],
      results: [{ kind: "store", term: `x0 * ${h * w}` }],
    },
    [flat],
    [made],
  );
  lowering.hold(y, made);
  return `${type} ${description.kernel}`;
}

/** [1, rows] of ones times [rows, columns]. */
export function overRows(lowering: Lowering, x: Tensor, y: Tensor): string {
  const columns = x.shape.at(-1) ?? 1;
  const rows = sizeOf(x.shape) / Math.max(1, columns);
  const type = activationType(lowering, x.shape);
  const given = lowering.dense(x, type);
  const table: Strided = view(lowering, given, {
    dims: [rows, columns],
    strides: [columns, 1],
    offset: given.offset,
  });
  return sumOfRows(lowering, table, y);
}

function sumOfRows(lowering: Lowering, table: Strided, y: Tensor): string {
  const { library } = lowering;
  const { dims, type } = table.layout;
  const [rows, columns] = dims;
  const ones = onesOf(lowering, [1, rows], type === "bf16" ? type : "f32");
  const made = lowering.makeDense(y.shape);
  const result = view(lowering, made, { dims: [1, columns], strides: [columns, 1], offset: 0 });
  const description = library.matmul({ left: ones.layout, right: table.layout, y: result.layout });
  lowering.primitive(description, {
    reads: [
      ["source", ones],
      ["weights", table],
    ],
    writes: [["destination", result]],
  });
  lowering.hold(y, made);
  return `${type} ${description?.kernel}`;
}

export function onesOf(lowering: Lowering, shape: Shape, type: "f32" | "bf16"): Strided {
  const made = lowering.makeDense(shape, type);
  lowering.host({
    reads: [],
    writes: [made],
    bind: (place) => {
      const bits = place.integers(made);
      // Two bf16 ones fill the four bytes of one number; an odd last one is within the border.
      const one = type === "f32" ? 0x3f800000 : 0x3f803f80;
      return () => void bits.fill(one);
    },
  });
  return made;
}
