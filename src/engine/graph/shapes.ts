/** Shape inference, one rule per op. A rule that finds a misfit throws a Problem with the evidence. */
import { misfit, pairEvidence, productCure, show, whence } from "./misfit.ts";
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
  placeholder: ({ shape, dtype }, _, op) => [checked(op, shape, dtype)],
  constant: ({ values, shape, dtype }, _, op) => {
    const whole = dtype === "f32" || values.every(Number.isInteger);
    if (!whole || (values.length !== 1 && values.length !== sizeOf(shape))) {
      misfit(op, "values", { values: values.length, shape: show(shape), dtype });
    }
    return [checked(op, shape, dtype)];
  },

  add: elementwise(2),
  subtract: elementwise(2),
  multiply: elementwise(2),
  divide: elementwise(2),
  maximum: elementwise(2),
  equal: (_, inputs, op) => {
    const [left, right] = tensors(op, inputs, 2);
    if (left.dtype !== right.dtype) {
      misfit(op, "dtypes", { expected: left.dtype, found: right.dtype, ...whence(right) });
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
  gelu: elementwise(1),
  geluGradient: alike,
  sin: elementwise(1),
  cos: elementwise(1),
  abs: elementwise(1),
  relu: elementwise(1),
  stopGradient: elementwise(1),

  sum: reduction,
  max: (attributes, inputs, op) => {
    const [x] = floats(op, inputs, 1);
    if (attributes.axes.some((axis) => x.shape[axis] === 0)) {
      misfit(op, "empty", { shape: show(x.shape), axes: show(attributes.axes), ...whence(x) });
    }
    return reduction(attributes, inputs, op);
  },
  softmax: alongAxis,
  softmaxGradient: (attributes, inputs, op) => {
    const [y] = alike(attributes, inputs, op);
    alongAxis(attributes, inputs.slice(0, 1), op);
    return [y];
  },
  logSoftmax: alongAxis,

  matmul: (_, inputs, op) => {
    const [left, right] = floats(op, inputs, 2);
    const [m, k] = left.shape.slice(-2);
    const [inner, n] = right.shape.slice(-2);
    if (left.shape.length < 2 || right.shape.length < 2 || k !== inner) {
      misfit(op, "inner", { ...pairEvidence(left, right), cure: productCure(left, right) });
    }
    const batch = broadcastShapes(left.shape.slice(0, -2), right.shape.slice(0, -2));
    if (!batch) misfit(op, "batch", pairEvidence(left, right));
    return [tensor([...batch, m, n])];
  },

  reshape: ({ shape }, inputs, op) => {
    const [x] = tensors(op, inputs, 1);
    if (sizeOf(x.shape) !== sizeOf(shape)) {
      misfit(op, "size", { from: show(x.shape), to: show(shape), ...whence(x) });
    }
    return [checked(op, shape, x.dtype)];
  },
  transpose: ({ permutation }, inputs, op) => {
    const [x] = tensors(op, inputs, 1);
    const sorted = [...permutation].sort((a, b) => a - b);
    if (sorted.length !== x.shape.length || sorted.some((axis, i) => axis !== i)) {
      misfit(op, "permutation", {
        shape: show(x.shape),
        permutation: show(permutation),
        ...whence(x),
      });
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
      misfit(op, "target", { from: show(x.shape), to: show(shape), ...whence(x) });
    }
    return [checked(op, shape, x.dtype)];
  },
  slice: ({ starts, ends }, inputs, op) => {
    const [x] = tensors(op, inputs, 1);
    const fits = x.shape.every(
      (size, axis) => starts[axis] >= 0 && starts[axis] <= ends[axis] && ends[axis] <= size,
    );
    if (!fits || starts.length !== x.shape.length || ends.length !== x.shape.length) {
      misfit(op, "range", {
        shape: show(x.shape),
        starts: show(starts),
        ends: show(ends),
        ...whence(x),
      });
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
      const shapes = parts.map((part) => `${part.dtype}${show(part.shape)}`).join(", ");
      const origins = parts.map((part) => part.node.origin()).join(", ");
      misfit(op, "parts", { shapes, axis, origins });
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
      misfit(op, "amounts", {
        shape: show(x.shape),
        before: show(before),
        after: show(after),
        ...whence(x),
      });
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
    return [checked(op, [rows, ...updates.shape.slice(indexes.shape.length)], "f32")];
  },

  convolution: (window, inputs, op) => {
    const [x, weight] = floats(op, inputs, 2);
    if (x.shape.length !== 4 || weight.shape.length !== 4 || x.shape[1] !== weight.shape[1]) {
      misfit(op, "channels", pairEvidence(x, weight));
    }
    const kernel = [weight.shape[2], weight.shape[3]] as const;
    return [tensor([x.shape[0], weight.shape[0], ...remaining(op, x, { ...window, kernel })])];
  },
  convolutionDataGradient: (attributes, inputs, op) => {
    const [dy, weight] = floats(op, inputs, 2);
    const { inputShape } = attributes;
    const [height, width] = convolved(attributes, inputShape, [weight.shape[2], weight.shape[3]]);
    const expected = [inputShape[0], weight.shape[0], height, width];
    if (show(dy.shape) !== show(expected) || inputShape[1] !== weight.shape[1]) {
      misfit(op, "forward", { found: show(dy.shape), expected: show(expected), ...whence(dy) });
    }
    return [checked(op, inputShape, "f32")];
  },
  convolutionWeightGradient: (attributes, inputs, op) => {
    const [x, dy] = floats(op, inputs, 2);
    const [height, width] = convolved(attributes, x.shape, attributes.kernel);
    const expected = [x.shape[0], dy.shape[1], height, width];
    if (show(dy.shape) !== show(expected)) {
      misfit(op, "forward", { found: show(dy.shape), expected: show(expected), ...whence(dy) });
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
      misfit(op, "forward", { found: show(dy.shape), expected: show(expected), ...whence(dy) });
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
function broadcastShapes(left: Shape, right: Shape): Shape | undefined {
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
  if (!distinct || !axes.every((axis) => x.shape.some((_, known) => known === axis))) {
    misfit(op, "axes", { shape: show(x.shape), axes: show(axes), ...whence(x) });
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
  if (!x.shape.some((_, known) => known === axis)) {
    misfit(op, "axes", { shape: show(x.shape), axes: show([axis]), ...whence(x) });
  }
  return [tensor(x.shape)];
}

function pooled(op: OpName, pool: OpAttributes["maxPool"], x: Tensor): Shape {
  if (x.shape.length !== 4) noPlace(op, x, pool);
  const [height, width] = remaining(op, x, { ...pool, dilation: [1, 1] });
  // Wider padding would leave windows with nothing but padding in them.
  const inside = pool.padding.every((padding, axis) => 2 * padding <= pool.kernel[axis]);
  if (!inside) noPlace(op, x, pool);
  return [x.shape[0], x.shape[1], height, width];
}

type Placed = Window & Pick<OpAttributes["maxPool"], "kernel">;

/** Height and width that the window leaves, at least 1. */
function remaining(op: OpName, x: Tensor, placed: Placed): [number, number] {
  const { kernel, stride, padding, dilation } = placed;
  const whole = [...kernel, ...stride, ...padding, ...dilation].every(Number.isInteger);
  const positive = [...kernel, ...stride, ...dilation].every((size) => size > 0);
  const found = convolved(placed, x.shape, kernel);
  const fits = whole && positive && padding.every((size) => size >= 0);
  if (!fits || found.some((size) => size < 1)) noPlace(op, x, placed);
  return found;
}

function noPlace(
  op: OpName,
  x: Tensor,
  { kernel, stride, padding }: OpAttributes["maxPool"],
): never {
  misfit(op, "kernel", {
    shape: show(x.shape),
    kernel: show(kernel),
    stride: show(stride),
    padding: show(padding),
    ...whence(x),
  });
}

function perChannel(op: OpName, x: Tensor, vectors: readonly Tensor[]): void {
  const bad = vectors.find((v) => v.shape.length !== 1 || v.shape[0] !== x.shape[1]);
  if (x.shape.length < 2 || bad) misfit(op, "channels", pairEvidence(x, bad ?? x));
}

function perFeature(op: OpName, x: Tensor, vectors: readonly Tensor[]): void {
  const bad = vectors.find((v) => v.shape.length !== 1 || v.shape[0] !== x.shape.at(-1));
  if (x.shape.length < 1 || bad) misfit(op, "channels", pairEvidence(x, bad ?? x));
}

/** A forward's value and a gradient of its shape. */
function alike(_: unknown, inputs: readonly Edge[], op: OpName): readonly OutputType[] {
  const [x, dy] = floats(op, inputs, 2);
  sameShape(op, x, dy);
  return [tensor(x.shape)];
}

function sameShape(op: OpName, x: Tensor, dy: Tensor): void {
  if (show(x.shape) !== show(dy.shape)) {
    misfit(op, "forward", { found: show(dy.shape), expected: show(x.shape), ...whence(dy) });
  }
}

function fromForward(op: OpName, forward: OpName, edge: Edge | undefined): void {
  if (edge?.kind !== "opaque" || edge.node.op !== forward) {
    const found = edge?.node.op ?? "–";
    misfit(op, "forward", {
      found,
      expected: forward,
      of: found,
      origin: edge?.node.origin() ?? "–",
    });
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
  if (other) misfit(op, "dtypes", { expected: "f32", found: other.dtype, ...whence(other) });
  return found;
}

function tensor(shape: Shape, dtype: DType = "f32"): OutputType {
  return { kind: "tensor", shape, dtype };
}

function checked(op: OpName, shape: Shape, dtype: DType): OutputType {
  if (shape.some((size) => !Number.isInteger(size) || size < 0)) {
    misfit(op, "sizes", { shape: show(shape) });
  }
  return tensor(shape, dtype);
}
