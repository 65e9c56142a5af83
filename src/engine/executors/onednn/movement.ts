/** Movement of data: views where strides can say it, copies of the library's where they cannot. */
import { Problem } from "../../../base/index.ts";
import { type Shape, sizeOf, type Tensor } from "../../graph/index.ts";
import { type Held, isDense, isStrided, rowMajor, type Strided } from "./held.ts";
import { activationType, type Lowering, pictureLayout, tensorsOf, view } from "./lowering.ts";
import type { Turned } from "./patterns.ts";
import type { At, Rule } from "./rules.ts";

export const reshape: Rule<"reshape"> = ({ lowering, inputs, outputs, attributes: { shape } }) => {
  const [x] = tensorsOf(inputs);
  const strided = lowering.forms(x).find(isStrided);
  const strides = strided && reshapedStrides(strided, shape);
  const base = strided && strides ? strided : lowering.dense(x);
  const { offset } = base;
  lowering.hold(
    outputs[0],
    view(lowering, base, { dims: shape, strides: strides ?? rowMajor(shape), offset }),
  );
  return "view";
};

export const transpose: Rule<"transpose"> = ({ lowering, inputs, outputs, attributes }) => {
  const { permutation } = attributes;
  const base = lowering.strided(tensorsOf(inputs)[0]);
  const dims = permutation.map((axis) => base.layout.dims[axis]);
  const strides = permutation.map((axis) => base.strides[axis]);
  lowering.hold(outputs[0], view(lowering, base, { dims, strides, offset: base.offset }));
  return "view";
};

export const slice: Rule<"slice"> = ({
  lowering,
  inputs,
  outputs,
  attributes: { starts, ends },
}) => {
  const base = lowering.strided(tensorsOf(inputs)[0]);
  const dims = starts.map((start, axis) => ends[axis] - start);
  const offset =
    base.offset + starts.reduce((sum, start, axis) => sum + start * base.strides[axis], 0);
  lowering.hold(outputs[0], view(lowering, base, { dims, strides: base.strides, offset }));
  return "view";
};

export const broadcastTo: Rule<"broadcastTo"> = (at) => {
  const { lowering, inputs, outputs, attributes } = at;
  const [x] = tensorsOf(inputs);
  if (isSpatial(x.shape, attributes.shape)) return spreadOverPicture(at);
  const base = lowering.strided(x);
  const strides = spreadStrides(base, attributes.shape);
  lowering.hold(
    outputs[0],
    view(lowering, base, { dims: attributes.shape, strides, offset: base.offset }),
  );
  return "view";
};

export const concatenate: Rule<"concatenate"> = ({
  lowering,
  inputs,
  outputs,
  attributes: { axis },
}) => joinParts(lowering, tensorsOf(inputs), { y: tensorsOf(outputs)[0], axis });

/** Parts side by side along an axis; turned, they take the places that a transposition gives them. */
export function joinParts(
  lowering: Lowering,
  inputs: readonly Tensor[],
  { y, axis, turned }: { y: Tensor; axis: number; turned?: Turned },
): string {
  const type = y.dtype === "i32" ? "s32" : activationType(lowering, y.shape);
  const made = lowering.makeDense(y.shape, type);
  const shape = turned?.shape ?? y.shape;
  const strides = turned
    ? shape.map((_, from) => made.strides[turned.permutation.indexOf(from)])
    : made.strides;
  const all = inputs.reduce((total, part) => total + part.shape[axis], 0);
  const parts = inputs.filter((part) => sizeOf(part.shape) > 0);
  const whole: Strided[] = parts.map((part) => movable(lowering, part));
  let start = 0;
  for (const [i, part] of parts.entries()) {
    const count = (part.shape[axis] * shape[axis]) / all;
    const dims = shape.map((size, at) => (at === axis ? count : size));
    const offset = start * strides[axis];
    copyInto(
      lowering,
      inShape(lowering, { part, found: whole[i] }, dims),
      view(lowering, made, { dims, strides, offset }),
    );
    start += count;
  }
  lowering.hold(y, made);
  return turned ? "copies, transposed" : "copies";
}

function inShape(
  lowering: Lowering,
  { part, found }: { part: Tensor; found: Strided },
  dims: Shape,
): Strided {
  const strides = reshapedStrides(found, dims);
  const base = strides ? found : lowering.dense(part, found.layout.type);
  return view(lowering, base, { dims, strides: strides ?? rowMajor(dims), offset: base.offset });
}

export const pad: Rule<"pad"> = ({ lowering, inputs, outputs, attributes: { before } }) => {
  const [x] = tensorsOf(inputs);
  const [y] = tensorsOf(outputs);
  const made = lowering.makeDense(y.shape, y.dtype === "i32" ? "s32" : "f32");
  const source = sizeOf(x.shape) > 0 ? movable(lowering, x) : undefined;
  lowering.host({
    reads: [],
    writes: [made],
    bind: (place) => {
      const values = place.integers(made);
      return () => values.fill(0);
    },
  });
  const offset = before.reduce((sum, count, axis) => sum + count * made.strides[axis], 0);
  const target = view(lowering, made, { dims: x.shape, strides: made.strides, offset });
  if (source) copyInto(lowering, source, target);
  lowering.hold(y, made);
  return "zeros and a copy";
};

export const gather: Rule<"gather"> = ({ lowering, inputs, outputs }) => {
  const [table, indexes] = tensorsOf(inputs);
  const [y] = tensorsOf(outputs);
  const from = lowering.dense(table, wide(table));
  const at = lowering.dense(indexes, "s32");
  const made = lowering.makeDense(y.shape, wide(y));
  const [rows, row] = [table.shape[0], sizeOf(table.shape.slice(1))];
  lowering.host({
    reads: [from, at],
    writes: [made],
    bind(place) {
      const [source, picks, target] = [bits(place, from), place.integers(at), bits(place, made)];
      return () => {
        for (let i = 0; i < picks.length; i++) {
          const start = checked("gather", picks[i], rows) * row;
          target.set(source.subarray(start, start + row), i * row);
        }
      };
    },
  });
  lowering.hold(y, made);
  return "rows copied";
};

export const scatterAdd: Rule<"scatterAdd"> = ({
  lowering,
  inputs,
  outputs,
  attributes: { rows },
}) => {
  const [updates, indexes] = tensorsOf(inputs);
  const [y] = tensorsOf(outputs);
  const from = lowering.dense(updates, "f32");
  const at = lowering.dense(indexes, "s32");
  const made = lowering.makeDense(y.shape);
  const row = sizeOf(y.shape.slice(1));
  lowering.host({
    reads: [from, at],
    writes: [made],
    bind(place) {
      const [source, picks, target] = [place.floats(from), place.integers(at), place.floats(made)];
      const sums = new Float64Array(target.length);
      return () => {
        sums.fill(0);
        for (let i = 0; i < picks.length; i++) {
          const start = checked("scatterAdd", picks[i], rows) * row;
          for (let j = 0; j < row; j++) sums[start + j] += source[i * row + j];
        }
        target.set(sums);
      };
    },
  });
  lowering.hold(y, made);
  return "rows added";
};

function checked(op: "gather" | "scatterAdd", index: number, rows: number): number {
  if (index >= 0 && index < rows) return index;
  throw new Problem("engine/index-outside", { op, index, rows });
}

function wide({ dtype }: Tensor): "s32" | "f32" {
  return dtype === "i32" ? "s32" : "f32";
}

/** Elements of four bytes, whatever they mean. */
function bits(place: Parameters<Parameters<Lowering["host"]>[0]["bind"]>[0], held: Held) {
  return held.layout.type === "s32" ? place.integers(held) : place.floats(held);
}

/** A form that the library can copy from. */
function movable(lowering: Lowering, x: Tensor): Strided {
  const found = lowering.strided(x);
  return found.layout.dims.some((size, axis) => size > 1 && found.strides[axis] === 0)
    ? lowering.dense(x, found.layout.type)
    : found;
}

function copyInto(lowering: Lowering, source: Strided, target: Strided): void {
  lowering.primitive(lowering.library.reorder(source.layout, target.layout), {
    reads: [["source", source]],
    writes: [["destination", target]],
  });
}

/** Strides that walk the same memory in another shape; undefined where only a copy can. */
export function reshapedStrides(
  { layout: { dims }, strides }: Strided,
  shape: Shape,
): number[] | undefined {
  if (isDense({ layout: { dims }, strides } as Strided)) return rowMajor(shape);
  const old = dims.flatMap((size, axis) => (size === 1 ? [] : [{ size, stride: strides[axis] }]));
  const found: number[] = [];
  let at = 0;
  let rest = 1;
  for (let i = 0; i < old.length; i++) {
    // A run of old axes that walk evenly is one axis; new axes must divide it up.
    let { size } = old[i];
    while (i + 1 < old.length && old[i].stride === old[i + 1].size * old[i + 1].stride) {
      i++;
      size *= old[i].size;
    }
    const { stride } = old[i];
    rest = size;
    while (rest > 1) {
      if (at >= shape.length || rest % shape[at] !== 0) return undefined;
      rest /= shape[at];
      found.push(rest * stride);
      at++;
    }
  }
  while (at < shape.length) {
    if (shape[at] !== 1) return undefined;
    found.push(1);
    at++;
  }
  return found;
}

function spreadStrides({ layout: { dims }, strides }: Strided, shape: Shape): number[] {
  const lead = shape.length - dims.length;
  return shape.map((_, axis) =>
    axis < lead || dims[axis - lead] === 1 ? 0 : strides[axis - lead],
  );
}

/** [n, c, 1, 1] over pictures large enough for a primitive. */
function isSpatial(from: Shape, to: Shape): boolean {
  if (from.length !== 4 || to.length !== 4 || from[0] !== to[0] || from[1] !== to[1]) return false;
  return from[2] === 1 && from[3] === 1 && to[2] * to[3] > 1 && sizeOf(to) >= 1 << 14;
}

/** The gradient of average pooling divides by the picture's size, so the value is multiplied by it first. */
function spreadOverPicture({
  lowering,
  inputs,
  outputs,
  attributes: { shape },
}: At<"broadcastTo">): string {
  const { library } = lowering;
  const [x] = tensorsOf(inputs);
  const [, , h, w] = shape;
  const given = lowering.dense(x, "f32");
  const scaled = lowering.makeDense(x.shape);
  lowering.loop(
    {
      shape: x.shape,
      inputs: [{ strides: given.strides }],
      terms: [],
      results: [{ kind: "store", term: `x0 * ${h * w}` }],
    },
    [given],
    [scaled],
  );
  const type = activationType(lowering, shape);
  const layouts = { x: library.anyLayout(shape, type), y: library.anyLayout(x.shape, type) };
  const at = { kernel: [h, w], strides: [1, 1], before: [0, 0], after: [0, 0] };
  const forward = poolHint(lowering, { shape, small: x.shape, type }, at);
  const description = forward && library.poolGradient("average", layouts, { ...at, forward });
  const dy = description && lowering.reordered(scaled, description.layout("destinationGradient"));
  if (!description || !dy) return "view";
  const made = lowering.make(description.layout("sourceGradient"));
  lowering.primitive(description, {
    reads: [["destinationGradient", dy]],
    writes: [["sourceGradient", made]],
  });
  lowering.hold(outputs[0], made);
  return description.kernel;
}

/** Pooling needs its input's layout: channels in blocks, as convolutions keep them. */
function poolHint(
  { library }: Lowering,
  { shape, small, type }: { shape: Shape; small: Shape; type: "f32" | "bf16" },
  at: { kernel: number[]; strides: number[]; before: number[]; after: number[] },
) {
  const x = pictureLayout(library, shape, type) ?? library.strided(shape, rowMajor(shape), type);
  return library.pool("average", { x, y: library.anyLayout(small, type) }, at);
}
