/** Matrix products: operands as they lie where the library has a kernel for that, copied where not. */
import { isOp, type Shape, sizeOf, type Tensor } from "../../graph/index.ts";
import { type Held, rowMajor, type Strided } from "./held.ts";
import type { ElementType, PostOp } from "./library.ts";
import { activationType, isSpread, type Lowering, tensorsOf, view } from "./lowering.ts";
import { reshapedStrides } from "./movement.ts";
import type { Rule } from "./rules.ts";

export const matmul: Rule<"matmul"> = ({ lowering, inputs, outputs }) => {
  const [left, right] = tensorsOf(inputs);
  return product(lowering, { left, right, y: tensorsOf(outputs)[0] });
};

export interface Product {
  readonly left: Tensor;
  readonly right: Tensor;
  readonly y: Tensor;
  /** [n], added along the last axis. */
  readonly bias?: Tensor;
  readonly factor?: number;
}

export function product(lowering: Lowering, of: Product): string {
  const { left, right, y, bias, factor } = of;
  const { library } = lowering;
  const made0 = activationType(lowering, y.shape);
  if (sizeOf(y.shape) === 0 || left.shape.at(-1) === 0) return empty(lowering, of);
  const type = operandType(lowering, of);
  const to: ElementType = type === "bf16" ? made0 : "f32";
  const shapes = alignedShapes(of);
  const made = lowering.makeDense(y.shape, to);
  const result = view(lowering, made, { dims: shapes.y, strides: rowMajor(shapes.y), offset: 0 });
  const post: PostOp[] =
    factor === undefined ? [] : [{ kind: "curve", curve: "linear", alpha: factor }];
  const shift = bias && shifted(lowering, bias, shapes.y.length);

  const attempt = (a: Strided, b: Strided) =>
    library.matmul(
      { left: a.layout, right: b.layout, y: result.layout, ...(shift && { bias: shift.layout }) },
      post,
    );
  const asIs = [
    operand(lowering, left, { shape: shapes.left, type }),
    (isPackedSlowly(shapes.left, shapes.right) ? rowwise : operand)(lowering, right, {
      shape: shapes.right,
      type,
    }),
  ] as const;
  let [a, b] = asIs;
  let description = attempt(a, b);
  if (!description || /ref/.test(description.kernel)) {
    if (description) library.destroyDescriptions([description]);
    a = densely(lowering, left, { shape: shapes.left, type });
    b = densely(lowering, right, { shape: shapes.right, type });
    description = attempt(a, b);
  }
  lowering.primitive(description, {
    reads: [["source", a], ["weights", b], ...(shift ? [["bias", shift] as const] : [])],
    writes: [["destination", result]],
  });
  lowering.hold(y, made);
  return `${type} ${description?.kernel}`;
}

/** bf16 where activations are: the loss, small products and products of float32 values stay float32. */
function operandType({ precision, forms }: Lowering, { left, right, y }: Product): "f32" | "bf16" {
  if (precision === "f32") return "f32";
  const work = sizeOf(y.shape) * (left.shape.at(-1) ?? 1);
  const isActivation = (x: Tensor) => forms(x).some((held) => held.layout.type === "bf16");
  const isWeight = ({ node }: Tensor): boolean => {
    if (isOp(node, "transpose") || isOp(node, "reshape"))
      return tensorsOf(node.inputs).some(isWeight);
    return isOp(node, "placeholder") && node.attributes.role === "parameter";
  };
  return work >= 1 << 22 && [left, right].some((x) => isActivation(x) || isWeight(x))
    ? "bf16"
    : "f32";
}

/** One rank for all; rows of a batch are one matrix where the right operand is one. */
function alignedShapes({ left, right, y }: Product): { left: Shape; right: Shape; y: Shape } {
  if (right.shape.length === 2) {
    const [k, n] = right.shape;
    const rows = sizeOf(left.shape.slice(0, -1));
    return { left: [rows, k], right: [k, n], y: [rows, n] };
  }
  const rank = y.shape.length;
  const widen = (shape: Shape) => [
    ...Array.from({ length: rank - shape.length }, () => 1),
    ...shape,
  ];
  return { left: widen(left.shape), right: widen(right.shape), y: y.shape };
}

interface As {
  readonly shape: Shape;
  readonly type: ElementType;
}

/** Many rows with a deep matrix: lying transposed, it takes the kernel 85 GFLOP/s where it does 91. */
function isPackedSlowly([rows]: Shape, [k, n, ...batch]: Shape): boolean {
  return batch.length === 0 && k >= n && n > 1 && rows >= 4 * k;
}

/** A transposed operand is copied into rows. */
function rowwise(lowering: Lowering, x: Tensor, as: As): Strided {
  const found = operand(lowering, x, as);
  const [m, n] = found.strides.slice(-2);
  return n > 1 && m === 1 ? densely(lowering, x, as) : found;
}

/** A view whose last two axes are a matrix, one of them without gaps. */
function operand(lowering: Lowering, x: Tensor, { shape, type }: As): Strided {
  const found = lowering.strided(x, type);
  const strides = reshapedStrides(found, shape);
  if (!strides || isSpread(found)) return densely(lowering, x, { shape, type });
  const [m, n] = strides.slice(-2);
  const [rows, columns] = shape.slice(-2);
  const regular = (n === 1 && m >= columns) || (m === 1 && n >= rows);
  if (!regular && !(rows === 1 && n === 1) && !(columns === 1 && m === 1)) {
    return densely(lowering, x, { shape, type });
  }
  return view(lowering, found, { dims: shape, strides, offset: found.offset });
}

function densely(lowering: Lowering, x: Tensor, { shape, type }: As): Strided {
  const found = lowering.dense(x, type);
  return view(lowering, found, { dims: shape, strides: rowMajor(shape), offset: found.offset });
}

function shifted(lowering: Lowering, bias: Tensor, rank: number): Held {
  const found = lowering.dense(bias, "f32");
  const dims = [...Array.from({ length: rank - 1 }, () => 1), bias.shape[0]];
  return view(lowering, found, { dims, strides: rowMajor(dims), offset: found.offset });
}

/** A sum of no products is zero, and then the bias. */
function empty(lowering: Lowering, { y, bias }: Product): string {
  const made = lowering.makeDense(y.shape);
  const given = bias ? [lowering.dense(bias, "f32")] : [];
  const strides = y.shape.map((_, axis) => (axis === y.shape.length - 1 ? 1 : 0));
  lowering.loop(
    {
      shape: y.shape,
      inputs: given.map(() => ({ strides })),
      terms: [],
      results: [{ kind: "store", term: bias ? "x0" : "0" }],
    },
    given,
    [made],
  );
  lowering.hold(y, made);
  return "empty";
}
