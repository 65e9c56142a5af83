/** Reverse-mode rules, one per op: from dy, the gradient by each input (`undefined`: none). */
import { Problem } from "../../base/index.ts";
import {
  add,
  batchNormGradient,
  broadcastTo,
  convolutionDataGradient,
  convolutionWeightGradient,
  cos,
  divide,
  type Edge,
  equal,
  exp,
  gather,
  geluGradient,
  greater,
  layerNormGradient,
  matmul,
  maxPoolGradient,
  multiply,
  type Node,
  negate,
  type OpAttributes,
  type Opaque,
  type OpName,
  pad,
  reshape,
  type Shape,
  scatterAdd,
  select,
  sin,
  slice,
  softmaxGradient,
  sqrt,
  subtract,
  sum,
  type Tensor,
  transpose,
} from "../graph/index.ts";

export interface Backward<K extends OpName = OpName> {
  readonly node: Node;
  readonly attributes: OpAttributes[K];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Edge[];
  /** The gradient by the first output. */
  readonly dy: Tensor;
}

export type Rule<K extends OpName> = (at: Backward<K>) => readonly (Tensor | undefined)[];

/** No gradient passes: leaves, comparisons (flat wherever they are continuous), `stopGradient`. */
export const stopped: Rule<OpName> = () => [];

export const rules: { [K in OpName]: Rule<K> } = {
  placeholder: stopped,
  constant: stopped,

  add: elementwise(({ dy }) => [dy, dy]),
  subtract: elementwise(({ dy }) => [dy, negate(dy)]),
  multiply: elementwise(({ dy, inputs: [a, b] }) => [multiply(dy, b), multiply(dy, a)]),
  divide: elementwise(({ dy, inputs: [, b], outputs }) => {
    const by = divide(dy, b);
    return [by, negate(multiply(by, first(outputs)))];
  }),
  /** Equal operands take half each. */
  maximum: elementwise(({ dy, inputs: [a, b] }) => [
    multiply(dy, wins(a, b)),
    multiply(dy, wins(b, a)),
  ]),
  equal: stopped,
  greater: stopped,
  select: elementwise(({ dy, inputs: [condition] }) => [
    undefined,
    select(condition, dy, 0),
    select(condition, 0, dy),
  ]),

  negate: ({ dy }) => [negate(dy)],
  exp: ({ dy, outputs }) => [multiply(dy, first(outputs))],
  log: ({ dy, inputs: [x] }) => [divide(dy, x)],
  /** dy / 2√x: infinite at 0, as the derivative is (NaN where dy is 0 too). Keep x away from 0. */
  sqrt: ({ dy, outputs }) => [divide(dy, multiply(first(outputs), 2))],
  tanh: ({ dy, outputs: [y] }) => [multiply(dy, subtract(1, square(y)))],
  erf: ({ dy, inputs: [x] }) => [
    multiply(dy, multiply(exp(negate(multiply(x, x))), 2 / Math.sqrt(Math.PI))),
  ],
  gelu: ({ dy, inputs: [x] }) => [geluGradient(x, dy)],
  geluGradient: firstOrderOnly,
  sin: ({ dy, inputs: [x] }) => [multiply(dy, cos(x))],
  cos: ({ dy, inputs: [x] }) => [negate(multiply(dy, sin(x)))],
  /** 0 at 0. */
  abs: ({ dy, inputs: [x] }) => [multiply(dy, subtract(greater(x, 0), greater(0, x)))],
  /** 0 at 0. */
  relu: ({ dy, outputs }) => [select(greater(first(outputs), 0), dy, 0)],
  stopGradient: stopped,

  sum: ({ dy, inputs: [x], attributes }) => [spread(dy, x.shape, attributes.axes)],
  max: maxRule,
  softmax: ({ dy, outputs, attributes: { axis } }) => [softmaxGradient(first(outputs), dy, axis)],
  softmaxGradient: firstOrderOnly,
  logSoftmax: ({ dy, outputs, attributes: { axis } }) => [
    subtract(dy, multiply(exp(first(outputs)), total(dy, axis))),
  ],

  matmul: matmulRule,

  reshape: ({ dy, inputs: [x] }) => [reshape(dy, x.shape)],
  transpose: ({ dy, attributes }) => [transpose(dy, inverse(attributes.permutation))],
  broadcastTo: ({ dy, inputs: [x] }) => [sumTo(dy, x.shape)],
  slice: ({ dy, inputs: [x], attributes: { starts, ends } }) => [
    pad(
      dy,
      starts,
      ends.map((end, axis) => x.shape[axis] - end),
    ),
  ],
  concatenate: concatenateRule,
  pad: ({ dy, inputs: [x], attributes: { before } }) => [
    slice(
      dy,
      before,
      before.map((count, axis) => count + x.shape[axis]),
    ),
  ],
  /** Indexes are whole numbers: no gradient by them, here and in `scatterAdd`. */
  gather: ({ dy, inputs: [table, indexes] }) => [
    scatterAdd(dy, indexes, table.shape[0]),
    undefined,
  ],
  scatterAdd: ({ dy, inputs: [, indexes] }) => [gather(dy, indexes), undefined],

  convolution: ({ dy, inputs: [x, weight], attributes }) => [
    convolutionDataGradient(dy, weight, { ...attributes, inputShape: x.shape }),
    convolutionWeightGradient(x, dy, {
      ...attributes,
      kernel: [weight.shape[2], weight.shape[3]],
    }),
  ],
  convolutionDataGradient: firstOrderOnly,
  convolutionWeightGradient: firstOrderOnly,

  maxPool: ({ dy, inputs: [x], outputs: [, workspace], attributes }) => [
    maxPoolGradient(x, dy, { ...attributes, workspace: opaque(workspace) }),
  ],
  maxPoolGradient: firstOrderOnly,

  batchNorm: ({ dy, inputs: [x, scale], outputs: [, mean, variance, saved], attributes }) => {
    const statistics = { mean: tensor(mean), variance: tensor(variance), saved: opaque(saved) };
    const found = batchNormGradient({ x, scale, dy, ...statistics }, attributes.epsilon);
    return [found.dx, found.dscale, found.dshift];
  },
  batchNormGradient: firstOrderOnly,
  batchNormInference: batchNormInferenceRule,

  layerNorm: ({ dy, inputs: [x, scale], outputs: [, saved], attributes }) => {
    const found = layerNormGradient({ x, scale, dy, saved: opaque(saved) }, attributes.epsilon);
    return [found.dx, found.dscale, found.dshift];
  },
  layerNormGradient: firstOrderOnly,
};

/** Inputs may have been broadcast: what was copied forward is added up backward. */
function elementwise<K extends OpName>(rule: Rule<K>): Rule<K> {
  return (at) => rule(at).map((dx, i) => dx && sumTo(dx, at.inputs[i].shape));
}

/** The gradients of backward ops are not written: training needs first order only. */
function firstOrderOnly({ node }: Backward): never {
  throw new Problem("engine/not-differentiable", {
    op: node.op,
    reason: "firstOrder",
    origin: node.origin(),
  });
}

/** Each maximum of a group of m equal ones takes dy / m. */
function maxRule({ dy, inputs: [x], outputs, attributes }: Backward<"max">): Tensor[] {
  const { axes } = attributes;
  const chosen = equal(x, keep(first(outputs), x.shape, axes));
  const shared = divide(keep(dy, x.shape, axes), sum(chosen, axes, { keepDimensions: true }));
  return [multiply(chosen, shared)];
}

/**
 * Y = L·R: dL = dY·Rᵀ, dR = Lᵀ·dY, each summed over the batch axes its operand was copied along.
 * A weight R [k, n] under a batched L takes one product over all rows instead of a sum of products.
 */
function matmulRule({ dy, inputs: [left, right] }: Backward<"matmul">): Tensor[] {
  const dleft = sumTo(matmul(dy, transpose(right)), left.shape);
  if (right.shape.length > 2) return [dleft, sumTo(matmul(transpose(left), dy), right.shape)];
  const [k, n] = right.shape;
  const rows = sizeOfRows(left.shape);
  return [dleft, matmul(transpose(reshape(left, [rows, k])), reshape(dy, [rows, n]))];
}

function concatenateRule({ dy, inputs, attributes }: Backward<"concatenate">): Tensor[] {
  let start = 0;
  return inputs.map(({ shape }) => {
    const end = start + shape[attributes.axis];
    const pick = (at: number, otherwise: Shape) =>
      otherwise.map((size, axis) => (axis === attributes.axis ? at : size));
    const starts = pick(
      start,
      shape.map(() => 0),
    );
    start = end;
    return slice(dy, starts, pick(end, shape));
  });
}

/**
 * y = scale·x̂ + shift with x̂ = (x − mean)·r and r = (variance + ε)^-½, all given. With D = Σ dy and
 * E = Σ dy·x̂ per channel: dx = dy·scale·r, dscale = E, dshift = D, dmean = −scale·r·D, and, since
 * dr/dvariance = −½r³, dvariance = −½·scale·r²·E.
 */
function batchNormInferenceRule(at: Backward<"batchNormInference">): Tensor[] {
  const [x, scale, , mean, variance] = at.inputs;
  const wide = (vector: Tensor) => reshape(vector, [-1, ...x.shape.slice(2).map(() => 1)]);
  const others = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const r = divide(1, sqrt(add(variance, at.attributes.epsilon)));
  const gain = multiply(scale, r);
  const normal = multiply(subtract(x, wide(mean)), wide(r));
  const dshift = sum(at.dy, others);
  const dscale = sum(multiply(at.dy, normal), others);
  return [
    multiply(at.dy, wide(gain)),
    dscale,
    dshift,
    negate(multiply(gain, dshift)),
    multiply(multiply(multiply(gain, r), dscale), -0.5),
  ];
}

/** 1 where a > b, ½ where they are equal, else 0. */
function wins(a: Tensor, b: Tensor): Tensor {
  return add(greater(a, b), multiply(equal(a, b), 0.5));
}

/** The gradient of broadcasting to x's shape: sums over the axes that were copied. */
function sumTo(x: Tensor, shape: Shape): Tensor {
  const lead = x.shape.length - shape.length;
  const copied = x.shape.flatMap((size, axis) => {
    const before = axis < lead ? undefined : shape[axis - lead];
    return before === size ? [] : [axis];
  });
  return copied.length === 0 ? x : reshape(sum(x, copied), shape);
}

/** A reduced tensor with its lost axes back as size 1. */
function keep(reduced: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  return reshape(
    reduced,
    shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
  );
}

/** The gradient of a sum: every element takes its group's. */
function spread(reduced: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  return broadcastTo(keep(reduced, shape, axes), shape);
}

function total(x: Tensor, axis: number): Tensor {
  return sum(x, [axis], { keepDimensions: true });
}

function square(edge: Edge): Tensor {
  const x = tensor(edge);
  return multiply(x, x);
}

function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

function sizeOfRows(shape: Shape): number {
  return shape.slice(0, -1).reduce((product, size) => product * size, 1);
}

function first([edge]: readonly Edge[]): Tensor {
  return tensor(edge);
}

function tensor(edge: Edge): Tensor {
  if (edge.kind === "tensor") return edge;
  throw new Problem("internal/defect", { message: `${edge.node.op} gave no tensor` });
}

function opaque(edge: Edge): Opaque {
  if (edge.kind === "opaque") return edge;
  throw new Problem("internal/defect", { message: `${edge.node.op} gave no workspace` });
}
