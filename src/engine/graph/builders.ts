/** One plain function per op. What is derived from these is in `compose.ts`. */
import { Problem } from "../../base/index.ts";
import { build, type Edge, newIdentity, type Opaque, type Tensor } from "./node.ts";
import type { DType, OpAttributes, OpName, PoolWindow, Role, Shape, Window } from "./ops.ts";

/** A scalar number stands for a constant wherever a tensor is expected. */
export type Operand = Tensor | number;

export function placeholder(
  name: string,
  shape: Shape,
  { role = "input", dtype = "f32" }: { role?: Role; dtype?: DType } = {},
): Tensor {
  return single("placeholder", [], { name, role, shape, dtype, identity: newIdentity() });
}

/** A weight that training changes; its values are given to the program by name. */
export function parameter(name: string, shape: Shape): Tensor {
  return placeholder(name, shape, { role: "parameter" });
}

/** Running statistics, momentum and the like: owned by the program, not differentiated. */
export function state(name: string, shape: Shape): Tensor {
  return placeholder(name, shape, { role: "state" });
}

/** One value fills the shape; otherwise one value per element. */
export function constant(
  values: number | readonly number[],
  shape: Shape = [],
  dtype: DType = "f32",
) {
  return single("constant", [], {
    values: typeof values === "number" ? [values] : values,
    shape,
    dtype,
  });
}

export const add = binary("add");
export const subtract = binary("subtract");
export const multiply = binary("multiply");
export const divide = binary("divide");
export const maximum = binary("maximum");
export const equal = binary("equal");
export const greater = binary("greater");
export const negate = unary("negate");
export const exp = unary("exp");
export const log = unary("log");
export const sqrt = unary("sqrt");
export const tanh = unary("tanh");
export const erf = unary("erf");
export const gelu = unary("gelu");
export const sin = unary("sin");
export const cos = unary("cos");
export const abs = unary("abs");
export const relu = unary("relu");
export const stopGradient = unary("stopGradient");
export const sum = reduction("sum");
export const max = reduction("max");

export function select(condition: Tensor, whenTrue: Operand, whenFalse: Operand): Tensor {
  return single("select", [condition, lift(whenTrue), lift(whenFalse)], {});
}

export function softmax(x: Tensor, axis = -1): Tensor {
  return single("softmax", [x], { axis: fromEnd(x, axis) });
}

export function softmaxGradient(y: Tensor, dy: Tensor, axis: number): Tensor {
  return single("softmaxGradient", [y, dy], { axis });
}

export function geluGradient(x: Tensor, dy: Tensor): Tensor {
  return single("geluGradient", [x, dy], {});
}

export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return single("logSoftmax", [x], { axis: fromEnd(x, axis) });
}

export function matmul(left: Tensor, right: Tensor): Tensor {
  return single("matmul", [left, right], {});
}

/** One size may be -1: it takes what is left. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const known = shape.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const total = x.shape.reduce((product, size) => product * size, 1);
  const target = shape.map((size) => (size === -1 ? total / known : size));
  return same(x.shape, target) ? x : single("reshape", [x], { shape: target });
}

/** Without a permutation, the last two axes are swapped. */
export function transpose(x: Tensor, permutation?: readonly number[]): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  const swapped = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  return single("transpose", [x], { permutation: permutation ?? swapped });
}

export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return same(x.shape, shape) ? x : single("broadcastTo", [x], { shape });
}

export function slice(x: Tensor, starts: readonly number[], ends: readonly number[]): Tensor {
  return single("slice", [x], { starts, ends });
}

export function concatenate(parts: readonly Tensor[], axis = 0): Tensor {
  return single("concatenate", parts, { axis });
}

export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  return single("pad", [x], { before, after });
}

export function gather(table: Tensor, indexes: Tensor): Tensor {
  return single("gather", [table, indexes], {});
}

export function scatterAdd(updates: Tensor, indexes: Tensor, rows: number): Tensor {
  return single("scatterAdd", [updates, indexes], { rows });
}

export function convolution(x: Tensor, weight: Tensor, window: Partial<Window> = {}): Tensor {
  return single("convolution", [x, weight], fullWindow(window));
}

export function convolutionDataGradient(
  dy: Tensor,
  weight: Tensor,
  { inputShape, ...window }: Partial<Window> & { inputShape: Shape },
): Tensor {
  return single("convolutionDataGradient", [dy, weight], { ...fullWindow(window), inputShape });
}

export function convolutionWeightGradient(
  x: Tensor,
  dy: Tensor,
  { kernel, ...window }: Partial<Window> & { kernel: readonly [number, number] },
): Tensor {
  return single("convolutionWeightGradient", [x, dy], { ...fullWindow(window), kernel });
}

export function maxPool(
  x: Tensor,
  { kernel, stride = kernel, padding = [0, 0] }: Partial<PoolWindow> & Pick<PoolWindow, "kernel">,
): { y: Tensor; workspace: Opaque } {
  const [y, workspace] = build("maxPool", [x], { kernel, stride, padding });
  return { y: asTensor(y), workspace: asOpaque(workspace) };
}

export function maxPoolGradient(
  x: Tensor,
  dy: Tensor,
  { workspace, ...pool }: PoolWindow & { workspace: Opaque },
): Tensor {
  return single("maxPoolGradient", [x, dy, workspace], pool);
}

export interface BatchNormOutputs {
  readonly y: Tensor;
  readonly mean: Tensor;
  /** Biased (divided by the count): running statistics want count / (count - 1) times this. */
  readonly variance: Tensor;
  readonly saved: Opaque;
}

export function batchNorm(
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  epsilon = 1e-5,
): BatchNormOutputs {
  const [y, mean, variance, saved] = build("batchNorm", [x, scale, shift], { epsilon });
  return {
    y: asTensor(y),
    mean: asTensor(mean),
    variance: asTensor(variance),
    saved: asOpaque(saved),
  };
}

export function batchNormGradient(
  inputs: { x: Tensor; scale: Tensor; dy: Tensor; mean: Tensor; variance: Tensor; saved: Opaque },
  epsilon: number,
): { dx: Tensor; dscale: Tensor; dshift: Tensor } {
  const { x, scale, dy, mean, variance, saved } = inputs;
  return gradients(build("batchNormGradient", [x, scale, dy, mean, variance, saved], { epsilon }));
}

export function batchNormInference(
  x: Tensor,
  inputs: { scale: Tensor; shift: Tensor; mean: Tensor; variance: Tensor },
  epsilon = 1e-5,
): Tensor {
  const { scale, shift, mean, variance } = inputs;
  return single("batchNormInference", [x, scale, shift, mean, variance], { epsilon });
}

export function layerNorm(
  x: Tensor,
  { scale, shift, epsilon = 1e-6 }: { scale: Tensor; shift: Tensor; epsilon?: number },
): { y: Tensor; saved: Opaque } {
  const [y, saved] = build("layerNorm", [x, scale, shift], { epsilon });
  return { y: asTensor(y), saved: asOpaque(saved) };
}

export function layerNormGradient(
  inputs: { x: Tensor; scale: Tensor; dy: Tensor; saved: Opaque },
  epsilon: number,
): { dx: Tensor; dscale: Tensor; dshift: Tensor } {
  const { x, scale, dy, saved } = inputs;
  return gradients(build("layerNormGradient", [x, scale, dy, saved], { epsilon }));
}

/** A scalar becomes a constant. */
function lift(operand: Operand): Tensor {
  return typeof operand === "number" ? constant(operand) : operand;
}

function binary(op: "add" | "subtract" | "multiply" | "divide" | "maximum" | "equal" | "greater") {
  return (left: Operand, right: Operand): Tensor => single(op, [lift(left), lift(right)], {});
}

type UnaryOp =
  | ("negate" | "exp" | "log" | "sqrt" | "tanh" | "erf" | "gelu")
  | ("sin" | "cos" | "abs" | "relu" | "stopGradient");

function unary(op: UnaryOp) {
  return (x: Tensor): Tensor => single(op, [x], {});
}

/** Without axes, over all of them; negative axes count from the end. */
function reduction(op: "sum" | "max") {
  return (
    x: Tensor,
    axes: readonly number[] = x.shape.map((_, axis) => axis),
    { keepDimensions = false }: { keepDimensions?: boolean } = {},
  ): Tensor => {
    const sorted = axes.map((axis) => fromEnd(x, axis)).sort((a, b) => a - b);
    return single(op, [x], { axes: sorted, keepDimensions });
  };
}

function fullWindow({
  stride = [1, 1],
  padding = [0, 0],
  dilation = [1, 1],
}: Partial<Window>): Window {
  return { stride, padding, dilation };
}

function fromEnd(x: Tensor, axis: number): number {
  return axis < 0 ? x.shape.length + axis : axis;
}

function same(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((size, axis) => size === right[axis]);
}

function single<K extends OpName>(
  op: K,
  inputs: readonly Edge[],
  attributes: OpAttributes[K],
): Tensor {
  return asTensor(build(op, inputs, attributes)[0]);
}

function gradients([dx, dscale, dshift]: readonly Edge[]) {
  return { dx: asTensor(dx), dscale: asTensor(dscale), dshift: asTensor(dshift) };
}

function asTensor(edge: Edge): Tensor {
  if (edge.kind === "tensor") return edge;
  throw new Problem("internal/defect", { message: `${edge.node.op} gave no tensor` });
}

function asOpaque(edge: Edge): Opaque {
  if (edge.kind === "opaque") return edge;
  throw new Problem("internal/defect", { message: `${edge.node.op} gave no workspace` });
}
