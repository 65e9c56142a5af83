/**
 * Softmax and its logarithm along one axis. Large activations go to the library; small ones (the loss)
 * are computed in float64, since the library's exponentials are approximations.
 */
import { sizeOf, type Tensor } from "../../graph/index.ts";
import { type Held, rowMajor, type Strided } from "./held.ts";
import { activationType, type Lowering, tensorsOf, view } from "./lowering.ts";
import { onesOf } from "./reduction.ts";
import type { Rule } from "./rules.ts";

const large = 1 << 18;

export function softmax(logarithm: boolean): Rule<"softmax" | "logSoftmax"> {
  return ({ lowering, inputs, outputs, attributes: { axis } }) => {
    const [x] = tensorsOf(inputs);
    const [y] = tensorsOf(outputs);
    if (logarithm || x.shape.length < 3 || sizeOf(x.shape) < large) {
      return alongRows(lowering, { x, y, axis, logarithm });
    }
    const type = activationType(lowering, x.shape);
    const given = lowering.dense(x, type);
    const made = lowering.makeDense(x.shape, type);
    const description = lowering.library.softmax(given.layout, axis, logarithm);
    lowering.primitive(description, {
      reads: [["source", given]],
      writes: [["destination", made]],
    });
    lowering.hold(y, made);
    return `${type} ${description?.kernel}`;
  };
}

/** y·(dy − Σ y·dy). */
export const softmaxGradient: Rule<"softmaxGradient"> = ({
  lowering,
  inputs,
  outputs,
  attributes: { axis },
}) => {
  const [y, dy] = tensorsOf(inputs);
  const [dx] = tensorsOf(outputs);
  if (y.shape.length < 3 || sizeOf(y.shape) < large)
    return gradientAlongRows(lowering, { y, dy, dx, axis });
  const type = activationType(lowering, y.shape);
  const given = lowering.dense(y, type);
  const along = lowering.dense(dy, type);
  const description = lowering.library.softmaxGradient(
    { y: given.layout, dy: along.layout },
    axis,
    false,
  );
  const plain = description !== undefined && /ref/.test(description.kernel);
  if (plain && type === "f32" && axis === y.shape.length - 1) {
    lowering.library.destroyDescriptions([description]);
    return gradientOfRows(lowering, { y: given, dy: along, dx });
  }
  const made = lowering.makeDense(y.shape, type);
  lowering.primitive(description, {
    reads: [
      ["destination", given],
      ["destinationGradient", along],
    ],
    writes: [["sourceGradient", made]],
  });
  lowering.hold(dx, made);
  return `${type} ${description?.kernel}`;
};

/**
 * Where the library has plain loops only (before AVX-512): three passes of its elementwise kernels and a
 * product with ones take 0.7 ms for 12,480 rows of 65, the loops 5.7. A row is a channel of one picture,
 * which is the broadcast those kernels know.
 */
function gradientOfRows(
  lowering: Lowering,
  { y, dy, dx }: { y: Strided; dy: Strided; dx: Tensor },
): string {
  const { library } = lowering;
  const length = dx.shape[dx.shape.length - 1];
  const rows = sizeOf(dx.shape) / length;
  const made = lowering.makeDense(dx.shape);
  const sums = lowering.makeDense([rows]);
  const shaped = (held: Strided, dims: readonly number[]) =>
    view(lowering, held, { dims, strides: rowMajor(dims), offset: held.offset });
  const [given, along, into] = [y, dy, made].map((held) => shaped(held, [1, rows, length, 1]));
  const pass = (kind: "multiply" | "subtract", left: Held, right: Held) => {
    const layouts = { left: left.layout, right: right.layout, y: into.layout };
    const description = library.binary(kind, layouts);
    lowering.primitive(description, {
      reads: [
        ["source", left],
        ["sourceSecond", right],
      ],
      writes: [["destination", into]],
    });
    return description?.kernel;
  };
  const kernel = pass("multiply", given, along);
  const [table, ones] = [shaped(made, [rows, length]), onesOf(lowering, [length, 1], "f32")];
  const total = shaped(sums, [rows, 1]);
  const product = { left: table.layout, right: ones.layout, y: total.layout };
  lowering.primitive(library.matmul(product), {
    reads: [
      ["source", table],
      ["weights", ones],
    ],
    writes: [["destination", total]],
  });
  pass("subtract", along, shaped(sums, [1, rows, 1, 1]));
  pass("multiply", into, given);
  lowering.hold(dx, made);
  return `f32 ${kernel}, row by row`;
}

function gradientAlongRows(
  lowering: Lowering,
  { y, dy, dx, axis }: { y: Tensor; dy: Tensor; dx: Tensor; axis: number },
): string {
  const given = lowering.dense(y, "f32");
  const along = lowering.dense(dy, "f32");
  const made = lowering.makeDense(y.shape);
  const length = y.shape[axis];
  const inner = sizeOf(y.shape.slice(axis + 1));
  const outer = sizeOf(y.shape.slice(0, axis));
  lowering.host({
    reads: [given, along],
    writes: [made],
    bind(place) {
      const [ys, dys, to] = [place.floats(given), place.floats(along), place.floats(made)];
      return () => {
        for (let i = 0; i < outer; i++) {
          for (let j = 0; j < inner; j++) {
            const at = i * length * inner + j;
            let total = 0;
            for (let k = 0; k < length; k++) total += ys[at + k * inner] * dys[at + k * inner];
            for (let k = 0; k < length; k++) {
              to[at + k * inner] = ys[at + k * inner] * (dys[at + k * inner] - total);
            }
          }
        }
      };
    },
  });
  lowering.hold(dx, made);
  return "float64 loop";
}

interface Along {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly axis: number;
  readonly logarithm: boolean;
}

function alongRows(lowering: Lowering, { x, y, axis, logarithm }: Along): string {
  const given = lowering.dense(x, "f32");
  const made = lowering.makeDense(y.shape);
  const length = x.shape[axis];
  const inner = sizeOf(x.shape.slice(axis + 1));
  const outer = sizeOf(x.shape.slice(0, axis));
  lowering.host({
    reads: [given],
    writes: [made],
    bind(place) {
      const [from, to] = [place.floats(given), place.floats(made)];
      const run = logarithm ? logSoftmaxOf : softmaxOf;
      return () => {
        for (let i = 0; i < outer; i++) {
          for (let j = 0; j < inner; j++)
            run(from, to, { at: i * length * inner + j, step: inner, length });
        }
      };
    },
  });
  lowering.hold(y, made);
  return "float64 loop";
}

interface Row {
  readonly at: number;
  readonly step: number;
  readonly length: number;
}

/** x − max − log Σ exp(x − max). */
function logSoftmaxOf(from: Float32Array, to: Float32Array, { at, step, length }: Row): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < length; k++) largest = Math.max(largest, from[at + k * step]);
  let total = 0;
  for (let k = 0; k < length; k++) total += Math.exp(from[at + k * step] - largest);
  const shift = Math.log(total);
  for (let k = 0; k < length; k++) to[at + k * step] = from[at + k * step] - largest - shift;
}

function softmaxOf(from: Float32Array, to: Float32Array, row: Row): void {
  const { at, step, length } = row;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < length; k++) largest = Math.max(largest, from[at + k * step]);
  let total = 0;
  for (let k = 0; k < length; k++) total += Math.exp(from[at + k * step] - largest);
  for (let k = 0; k < length; k++)
    to[at + k * step] = Math.exp(from[at + k * step] - largest) / total;
}
