/** Elementwise primitives for large activations, in the layout that the operands already have. */
import { isOp, type Tensor } from "../../graph/index.ts";
import { isStrided, rowMajor } from "./held.ts";
import type { Binary, Curve, Layout, PostOp } from "./library.ts";
import { activationType, type Lowering, tensorsOf } from "./lowering.ts";
import type { Rule } from "./rules.ts";
import { multipleOf } from "./units.ts";

export function binary(kind: Binary): Rule<"add" | "subtract" | "multiply"> {
  return ({ lowering, node, inputs, outputs }) => {
    const [left, right] = tensorsOf(inputs);
    const [y] = tensorsOf(outputs);
    const multiple = isOp(node, "multiply") && multipleOf(node);
    if (multiple)
      return scale(lowering, tensorsOf([multiple.of])[0], { y, factor: multiple.factor });
    return combine(lowering, kind, { left, right, y });
  };
}

/** y = post(left ∘ right); the right operand may be repeated along axes. */
export function combine(
  lowering: Lowering,
  kind: Binary,
  {
    left,
    right,
    y,
    post = [],
  }: { left: Tensor; right: Tensor; y: Tensor; post?: readonly PostOp[] },
): string {
  const { library } = lowering;
  const equal = left.shape.join() === right.shape.join();
  const shared = sharedLayout(lowering, equal ? [left, right] : [left]);
  const layout =
    equal && isPlainLoop(lowering, kind, { layout: shared, post })
      ? library.strided(left.shape, rowMajor(left.shape), shared.type)
      : shared;
  const a = lowering.as(left, layout);
  const b = equal
    ? lowering.as(right, layout)
    : lowering.dense(right, layout.type as "f32" | "bf16");
  const description = library.binary(kind, { left: a.layout, right: b.layout, y: layout }, post);
  const made = lowering.make(layout);
  lowering.primitive(description, {
    reads: [
      ["source", a],
      ["sourceSecond", b],
    ],
    writes: [["destination", made]],
  });
  lowering.hold(y, made);
  return `${layout.type} ${description?.kernel}`;
}

/** In some blocked layouts (250 × 250 filters in blocks of eight) the library has loops, fifty times slower. */
function isPlainLoop(
  { library }: Lowering,
  kind: Binary,
  { layout, post }: { layout: Layout; post: readonly PostOp[] },
): boolean {
  const found = library.binary(kind, { left: layout, right: layout, y: layout }, post);
  if (!found) return true;
  library.destroyDescriptions([found]);
  return /ref/.test(found.kernel);
}

function scale(
  lowering: Lowering,
  x: Tensor,
  { y, factor }: { y: Tensor; factor: number },
): string {
  const given = lowering.as(x, sharedLayout(lowering, [x]));
  const made = lowering.make(given.layout);
  const description = lowering.library.curve(given.layout, "linear", { alpha: factor });
  lowering.primitive(description, {
    reads: [["source", given]],
    writes: [["destination", made]],
  });
  lowering.hold(y, made);
  return `${given.layout.type} ${description?.kernel}`;
}

export function curve(kind: Curve): Rule<"relu" | "tanh" | "exp" | "gelu"> {
  return ({ lowering, inputs, outputs }) => {
    const [x] = tensorsOf(inputs);
    const given = lowering.as(x, sharedLayout(lowering, [x]));
    const made = lowering.make(given.layout);
    const description = lowering.library.curve(given.layout, kind);
    lowering.primitive(
      description,
      { reads: [["source", given]], writes: [["destination", made]] },
      // Its gradient is taken by its input, which is kept; those of the others by their results.
      { repeatable: kind === "gelu" },
    );
    lowering.hold(outputs[0], made);
    return `${given.layout.type} ${description?.kernel}`;
  };
}

/** dx = curve'(given) · dy, where `given` is what the curve is differentiated by: its input or its result. */
export function curveGradient(
  lowering: Lowering,
  kind: Curve,
  { given, dy, dx }: { given: Tensor; dy: Tensor; dx: Tensor },
): string {
  const layout = sharedLayout(lowering, [given, dy]);
  const a = lowering.as(given, layout);
  const b = lowering.as(dy, layout);
  const description = lowering.library.curveGradient({ given: layout, dy: layout }, kind);
  const made = lowering.make(layout);
  lowering.primitive(description, {
    reads: [
      [kind === "reluFromResult" ? "destination" : "source", a],
      ["destinationGradient", b],
    ],
    writes: [["sourceGradient", made]],
  });
  lowering.hold(dx, made);
  return `${layout.type} ${description?.kernel}`;
}

export const gelu: Rule<"gelu"> = curve("gelu");

export const geluGradient: Rule<"geluGradient"> = ({ lowering, inputs, outputs }) => {
  const [given, dy] = tensorsOf(inputs);
  const [dx] = tensorsOf(outputs);
  return curveGradient(lowering, "gelu", { given, dy, dx });
};

/**
 * The layout, other than row-major, that most of them are held in, the first of several; else row-major,
 * in the type of activations.
 */
export function sharedLayout(lowering: Lowering, tensors: readonly Tensor[]): Layout {
  const { library } = lowering;
  const [{ shape }] = tensors;
  const type = activationType(lowering, shape);
  const own = tensors.map((tensor) =>
    lowering.forms(tensor).filter((one) => !isStrided(one) && one.layout.type === type),
  );
  const holders = (layout: Layout) =>
    own.filter((forms) => forms.some((one) => library.same(one.layout, layout))).length;
  const [most] = own
    .flat()
    .map(({ layout }) => ({ layout, count: holders(layout) }))
    .sort((a, b) => b.count - a.count);
  return most?.layout ?? library.strided(shape, rowMajor(shape), type);
}
