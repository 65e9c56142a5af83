/** Shape inference, one rule per op. A rule that finds a misfit throws a Problem with the evidence. */
import { type Evidence, Problem } from "../../base/index.ts";
import type { Edge, OutputType, Tensor } from "./node.ts";
import type { DType, OpAttributes, OpName, Shape, Window } from "./ops.ts";

/** The outputs of an op on these inputs. */
export function inferShapes<K extends OpName>(
  op: K,
  attributes: OpAttributes[K],
  inputs: readonly Edge[],
): readonly OutputType[] {
  const rule: Rule<K> = rules[op];
  return rule(attributes, inputs, op);
}

type Rule<K extends OpName> = (
  attributes: OpAttributes[K],
  inputs: readonly Edge[],
  op: OpName,
) => readonly OutputType[];

const opaque: OutputType = { kind: "opaque" };

const rules: { [K in OpName]: Rule<K> } = {
  placeholder: ({ shape, dtype }) => [checked(shape, dtype)],
  constant: ({ values, shape, dtype }) => {
    if (values.length !== 1 && values.length !== sizeOf(shape)) {
      misfit("constant", "values", { values: values.length, shape: show(shape) });
    }
    return [checked(shape, dtype)];
  },

  add: elementwise(2),
  subtract: elementwise(2),
  multiply: elementwise(2),
  divide: elementwise(2),
  maximum: elementwise(2),
  equal: (_, inputs, op) => {
    const [left, right] = tensors(op, inputs, 2);
    if (left.dtype !== right.dtype) {
      misfit(op, "dtypes", { left: left.dtype, right: right.dtype });
    }
    return [tensor(broadcast(op, [left, right]))];
  },
  greater: elementwise(2),
  select: elementwise(3),
  negate: elementwise(1),
  exp: elementwise(1),
  log: elementwise(1),
  sqrt: elementwise(1),
  tanh: elementwise(1),
  erf: elementwise(1),
  sin: elementwise(1),
  cos: elementwise(1),
  abs: elementwise(1),
  relu: elementwise(1),
  stopGradient: elementwise(1),

  sum: reduction,
  max: (attributes, inputs, op) => {
    const [x] = floats(op, inputs, 1);
    if (attributes.axes.some((axis) => x.shape[axis] === 0)) {
      misfit(op, "empty", { shape: show(x.shape), axes: show(attributes.axes) });
    }
    return reduction(attributes, inputs, op);
  },
  softmax: alongAxis,
  logSoftmax: alongAxis,

  matmul: (_, inputs, op) => {
    const [left, right] = floats(op, inputs, 2);
    const [m, k] = left.shape.slice(-2);
    const [inner, n] = right.shape.slice(-2);
    if (left.shape.length < 2 || right.shape.length < 2 || k !== inner) {
      misfit(op, "inner", pairEvidence(left, right));
    }
    const batch = broadcastShapes(left.shape.slice(0, -2), right.shape.slice(0, -2));
    if (!batch) misfit(op, "batch", pairEvidence(left, right));
    return [tensor([...batch, m, n])];
  },

  reshape: ({ shape }, inputs, op) => {
    const [x] = tensors(op, inputs, 1);
    if (sizeOf(x.shape) !== sizeOf(shape)) {
      misfit(op, "size", { from: show(x.shape), to: show(shape), origin: x.node.origin() });
    }
    return [checked(shape, x.dtype)];
  },
  transpose: ({ permutation }, inputs, op) => {
    const [x] = tensors(op, inputs, 1);
    const sorted = [...permutation].sort((a, b) => a - b);
    if (sorted.length !== x.shape.length || sorted.some((axis, i) => axis !== i)) {
      misfit(op, "permutation", { shape: show(x.shape), permutation: show(permutation) });
    }
    return [
      tensor(
        permutation.map((axis) => x.shape[axis]),
        x.dtype,
      ),
    ];
  },
  broadcastTo: ({ shape }, inputs, op) => {
    const [x] = tensors(op, inputs, 1);
    const reached = broadcastShapes(x.shape, shape);
    if (!reached || show(reached) !== show(shape)) {
      misfit(op, "target", { from: show(x.shape), to: show(shape) });
    }
    return [checked(shape, x.dtype)];
  },
  slice: ({ starts, ends }, inputs, op) => {
    const [x] = tensors(op, inputs, 1);
    const fits = x.shape.every(
      (size, axis) => starts[axis] >= 0 && starts[axis] <= ends[axis] && ends[axis] <= size,
    );
    if (!fits || starts.length !== x.shape.length || ends.length !== x.shape.length) {
      misfit(op, "range", { shape: show(x.shape), starts: show(starts), ends: show(ends) });
    }
    return [
      tensor(
        ends.map((end, axis) => end - starts[axis]),
        x.dtype,
      ),
    ];
  },
  concatenate: ({ axis }, inputs, op) => {
    const parts = tensors(op, inputs, inputs.length);
    const [first] = parts;
    const rest = (shape: Shape) => show(shape.map((size, i) => (i === axis ? -1 : size)));
    const fits = parts.every(
      (part) => part.dtype === first.dtype && rest(part.shape) === rest(first.shape),
    );
    if (!first || !fits || axis < 0 || axis >= first.shape.length) {
      misfit(op, "parts", { shapes: parts.map((p) => show(p.shape)).join(" "), axis });
    }
    const total = parts.reduce((sum, part) => sum + part.shape[axis], 0);
    return [
      tensor(
        first.shape.map((size, i) => (i === axis ? total : size)),
        first.dtype,
      ),
    ];
  },
  pad: ({ before, after }, inputs, op) => {
    const [x] = floats(op, inputs, 1);
    const lengths = before.length === x.shape.length && after.length === x.shape.length;
    if (!lengths || [...before, ...after].some((count) => count < 0)) {
      misfit(op, "amounts", { shape: show(x.shape), before: show(before), after: show(after) });
    }
    return [tensor(x.shape.map((size, i) => before[i] + size + after[i]))];
  },
  gather: (_, inputs, op) => {
    const [table, indexes] = tensors(op, inputs, 2);
    if (table.shape.length < 1 || table.dtype !== "f32" || indexes.dtype !== "i32") {
      misfit(op, "indexes", pairEvidence(table, indexes));
    }
    return [tensor([...indexes.shape, ...table.shape.slice(1)])];
  },
  scatterAdd: ({ rows }, inputs, op) => {
    const [updates, indexes] = tensors(op, inputs, 2);
    const lead = updates.shape.slice(0, indexes.shape.length);
    if (indexes.dtype !== "i32" || show(lead) !== show(indexes.shape)) {
      misfit(op, "indexes", pairEvidence(updates, indexes));
    }
    return [tensor([rows, ...updates.shape.slice(indexes.shape.length)])];
  },

  convolution: (window, inputs, op) => {
    const [x, weight] = floats(op, inputs, 2);
    if (x.shape.length !== 4 || weight.shape.length !== 4 || x.shape[1] !== weight.shape[1]) {
      misfit(op, "channels", pairEvidence(x, weight));
    }
    const [height, width] = convolved(window, x.shape, [weight.shape[2], weight.shape[3]]);
    if (height < 1 || width < 1) misfit(op, "kernel", pairEvidence(x, weight));
    return [tensor([x.shape[0], weight.shape[0], height, width])];
  },
  convolutionDataGradient: (attributes, inputs, op) => {
    const [dy, weight] = floats(op, inputs, 2);
    const { inputShape } = attributes;
    const [height, width] = convolved(attributes, inputShape, [weight.shape[2], weight.shape[3]]);
    const expected = [inputShape[0], weight.shape[0], height, width];
    if (show(dy.shape) !== show(expected) || inputShape[1] !== weight.shape[1]) {
      misfit(op, "forward", { found: show(dy.shape), expected: show(expected) });
    }
    return [checked(inputShape, "f32")];
  },
  convolutionWeightGradient: (attributes, inputs, op) => {
    const [x, dy] = floats(op, inputs, 2);
    const [height, width] = convolved(attributes, x.shape, attributes.kernel);
    const expected = [x.shape[0], dy.shape[1], height, width];
    if (show(dy.shape) !== show(expected)) {
      misfit(op, "forward", { found: show(dy.shape), expected: show(expected) });
    }
    return [tensor([dy.shape[1], x.shape[1], ...attributes.kernel])];
  },

  maxPool: (pool, inputs, op) => {
    const [x] = floats(op, inputs, 1);
    return [tensor(pooled(op, pool, x)), opaque];
  },
  maxPoolGradient: (pool, inputs, op) => {
    const [x, dy] = floats(op, inputs.slice(0, 2), 2);
    fromForward(op, "maxPool", inputs[2]);
    const expected = pooled(op, pool, x);
    if (show(dy.shape) !== show(expected)) {
      misfit(op, "forward", { found: show(dy.shape), expected: show(expected) });
    }
    return [tensor(x.shape)];
  },

  batchNorm: (_, inputs, op) => {
    const [x, ...vectors] = floats(op, inputs, 3);
    perChannel(op, x, vectors);
    return [tensor(x.shape), tensor([x.shape[1]]), tensor([x.shape[1]]), opaque];
  },
  batchNormGradient: (_, inputs, op) => {
    const [x, scale, dy, mean, variance] = floats(op, inputs.slice(0, 5), 5);
    perChannel(op, x, [scale, mean, variance]);
    sameShape(op, x, dy);
    fromForward(op, "batchNorm", inputs[5]);
    return [tensor(x.shape), tensor(scale.shape), tensor(scale.shape)];
  },
  batchNormInference: (_, inputs, op) => {
    const [x, ...vectors] = floats(op, inputs, 5);
    perChannel(op, x, vectors);
    return [tensor(x.shape)];
  },

  layerNorm: (_, inputs, op) => {
    const [x, scale, shift] = floats(op, inputs, 3);
    perFeature(op, x, [scale, shift]);
    return [tensor(x.shape), opaque];
  },
  layerNormGradient: (_, inputs, op) => {
    const [x, scale, dy] = floats(op, inputs.slice(0, 3), 3);
    perFeature(op, x, [scale]);
    sameShape(op, x, dy);
    fromForward(op, "layerNorm", inputs[3]);
    return [tensor(x.shape), tensor(scale.shape), tensor(scale.shape)];
  },
};

/** The shape both broadcast to by NumPy's rule, or undefined. */
export function broadcastShapes(left: Shape, right: Shape): Shape | undefined {
  const rank = Math.max(left.length, right.length);
  const shape: number[] = [];
  for (let i = 0; i < rank; i++) {
    const a = left[left.length - rank + i] ?? 1;
    const b = right[right.length - rank + i] ?? 1;
    if (a !== b && a !== 1 && b !== 1) return undefined;
    shape.push(a === 1 ? b : a);
  }
  return shape;
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Height and width that a window leaves of `inputShape`. */
export function convolved(
  { stride, padding, dilation }: Window,
  inputShape: Shape,
  kernel: readonly [number, number],
): [number, number] {
  const along = (axis: 0 | 1) => {
    const reach = dilation[axis] * (kernel[axis] - 1) + 1;
    return Math.floor((inputShape[2 + axis] + 2 * padding[axis] - reach) / stride[axis]) + 1;
  };
  return [along(0), along(1)];
}

function elementwise(count: number) {
  return (_: unknown, inputs: readonly Edge[], op: OpName) => [
    tensor(broadcast(op, floats(op, inputs, count))),
  ];
}

function reduction(
  { axes, keepDimensions }: OpAttributes["sum"],
  inputs: readonly Edge[],
  op: OpName,
): readonly OutputType[] {
  const [x] = floats(op, inputs, 1);
  const distinct = new Set(axes).size === axes.length;
  if (!distinct || axes.some((axis) => axis < 0 || axis >= x.shape.length)) {
    misfit(op, "axes", { shape: show(x.shape), axes: show(axes) });
  }
  const kept = x.shape.flatMap((size, axis) =>
    axes.includes(axis) ? (keepDimensions ? [1] : []) : [size],
  );
  return [tensor(kept)];
}

function alongAxis(
  { axis }: OpAttributes["softmax"],
  inputs: readonly Edge[],
  op: OpName,
): readonly OutputType[] {
  const [x] = floats(op, inputs, 1);
  if (!(axis >= 0 && axis < x.shape.length))
    misfit(op, "axes", { shape: show(x.shape), axes: axis });
  return [tensor(x.shape)];
}

function pooled(op: OpName, pool: OpAttributes["maxPool"], x: Tensor): Shape {
  const [height, width] =
    x.shape.length === 4 ? convolved({ ...pool, dilation: [1, 1] }, x.shape, pool.kernel) : [0, 0];
  const inside = pool.padding.every((padding, axis) => 2 * padding <= pool.kernel[axis]);
  if (height < 1 || width < 1 || !inside) {
    misfit(op, "kernel", {
      left: show(x.shape),
      right: show(pool.kernel),
      origin: x.node.origin(),
    });
  }
  return [x.shape[0], x.shape[1], height, width];
}

function perChannel(op: OpName, x: Tensor, vectors: readonly Tensor[]): void {
  const bad = vectors.find((v) => v.shape.length !== 1 || v.shape[0] !== x.shape[1]);
  if (x.shape.length < 2 || bad) misfit(op, "channels", pairEvidence(x, bad ?? x));
}

function perFeature(op: OpName, x: Tensor, vectors: readonly Tensor[]): void {
  const bad = vectors.find((v) => v.shape.length !== 1 || v.shape[0] !== x.shape.at(-1));
  if (x.shape.length < 1 || bad) misfit(op, "channels", pairEvidence(x, bad ?? x));
}

function sameShape(op: OpName, x: Tensor, dy: Tensor): void {
  if (show(x.shape) !== show(dy.shape)) {
    misfit(op, "forward", { found: show(dy.shape), expected: show(x.shape) });
  }
}

function fromForward(op: OpName, forward: OpName, edge: Edge | undefined): void {
  if (edge?.kind !== "opaque" || edge.node.op !== forward) {
    misfit(op, "forward", { found: edge?.node.op ?? "nothing", expected: forward });
  }
}

function broadcast(op: OpName, inputs: readonly Tensor[]): Shape {
  return inputs.reduce<Shape>((shape, input) => {
    const both = broadcastShapes(shape, input.shape);
    if (!both) misfit(op, "broadcast", pairEvidence(inputs[0], input));
    return both;
  }, []);
}

function tensors(op: OpName, inputs: readonly Edge[], count: number): readonly Tensor[] {
  const found = inputs.filter((edge) => edge.kind === "tensor");
  if (inputs.length !== count || found.length !== count) {
    misfit(op, "inputs", { expected: count, found: inputs.length });
  }
  return found;
}

function floats(op: OpName, inputs: readonly Edge[], count: number): readonly Tensor[] {
  const found = tensors(op, inputs, count);
  const other = found.find((t) => t.dtype !== "f32");
  if (other) misfit(op, "dtypes", { left: "f32", right: other.dtype });
  return found;
}

function tensor(shape: Shape, dtype: DType = "f32"): OutputType {
  return { kind: "tensor", shape, dtype };
}

function checked(shape: Shape, dtype: DType): OutputType {
  if (shape.some((size) => !Number.isInteger(size) || size < 0)) {
    misfit("placeholder", "sizes", { shape: show(shape) });
  }
  return tensor(shape, dtype);
}

function pairEvidence(left: Tensor, right: Tensor): Evidence {
  return {
    left: show(left.shape),
    right: show(right.shape),
    leftOp: left.node.op,
    rightOp: right.node.op,
    leftOrigin: left.node.origin(),
    rightOrigin: right.node.origin(),
  };
}

function show(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

function misfit(op: OpName, what: Misfit, evidence: Evidence): never {
  throw new Problem(`engine/shape-${what}`, { op, ...evidence });
}

type Misfit =
  | "amounts"
  | "axes"
  | "batch"
  | "broadcast"
  | "channels"
  | "dtypes"
  | "empty"
  | "forward"
  | "indexes"
  | "inner"
  | "inputs"
  | "kernel"
  | "parts"
  | "permutation"
  | "range"
  | "size"
  | "sizes"
  | "target"
  | "values";
