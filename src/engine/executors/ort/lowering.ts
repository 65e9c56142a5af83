/** The state of one lowering: which ONNX values hold which edges, and in which layout. */
import { Problem } from "../../../base/index.ts";
import type { AttributeValue, GraphBuilder } from "../../../formats/onnx/index.ts";
import type { Edge, Opaque, Tensor } from "../../graph/index.ts";
import type { DeviceName } from "./device.ts";

/**
 * ONNX values that hold an edge. `plain` is the row-major tensor. `blocked` holds [n, c, h, w] as
 * [n, ⌈c/b⌉, h, w, b] with zeros in the channels that fill the last block; its ONNX shape is
 * [n, ⌈c/b⌉·b, h, w]. A workspace is whatever named values the forward leaves to its backward.
 */
export interface Held {
  plain?: string;
  blocked?: string;
  workspace?: Readonly<Record<string, string>>;
}

export interface Lowering {
  readonly graph: GraphBuilder;
  /** Channels in a block of this machine's blocked convolutions; 1 where it has none. */
  readonly block: number;
  readonly device: Target["device"];
  hold(edge: Edge, held: Held): void;
  held(edge: Edge): Held;
  plain(tensor: Tensor): string;
  blocked(tensor: Tensor): string;
  workspace(opaque: Edge): Readonly<Record<string, string>>;
  emit(op: string, inputs: readonly string[], attributes?: Attributes): string;
  /** An op of ONNX Runtime's blocked layout, or of its other extensions. */
  emitBlocked(op: string, inputs: readonly string[], attributes?: Attributes): string;
  emitFused(op: string, inputs: readonly string[], attributes?: Attributes): string;
  /** A matrix product; transposed operands are read as they lie where the device can. */
  product(left: Operand, right: Operand): string;
  reshape(value: string, shape: readonly number[]): string;
  /** Sizes or positions as 1-D int64. */
  sizes(values: readonly number[]): string;
  transpose(value: string, permutation: readonly number[]): string;
  scalar(value: number): string;
}

/** The value of an array of `rank` axes, of which a product swaps the last two if `transposed`. */
export interface Operand {
  readonly value: string;
  readonly rank: number;
  readonly transposed?: boolean;
}

/** What programs are lowered for. */
export interface Target {
  readonly block: number;
  /** "any": wherever a written model may run, so that it has standard operators alone. */
  readonly device: DeviceName | "any";
  readonly batch?: AnyBatch;
}

/**
 * A program of `size` rows that is to take any number of them: `size` is a prime that nothing else is
 * a multiple of, so that a size which is one grows with the first axis of the ONNX value `of`.
 */
export interface AnyBatch {
  readonly size: number;
  readonly of: string;
}

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Before the name of a placeholder in the ONNX model, where made-up names are without. */
export const inputPrefix = "in:";

export const domains = { blocked: "com.microsoft.nchwc", fused: "com.microsoft" } as const;

export function createLowering(graph: GraphBuilder, { block, device, batch }: Target): Lowering {
  const values = new Map<Edge, Held>();
  const rows = () =>
    graph.node("Shape", [batch?.of ?? ""], { attributes: { start: 0, end: 1 } })[0];
  let asked: string | undefined;

  function sizes(wanted: readonly number[]): string {
    const share = (size: number) =>
      batch && size > 0 && size % batch.size === 0 ? size / batch.size : 0;
    if (wanted.every((size) => share(size) === 0)) return graph.integers(wanted);
    asked ??= rows();
    const each = graph.constant(
      "i64",
      [wanted.length],
      BigInt64Array.from(wanted, (size) => BigInt(share(size))),
    );
    const rest = graph.integers(wanted.map((size) => (share(size) === 0 ? size : 0)));
    return lowering.emit("Add", [lowering.emit("Mul", [asked, each]), rest]);
  }

  function emitIn(domain: string) {
    return (op: string, inputs: readonly string[], attributes: Attributes = {}) =>
      graph.node(op, inputs, { attributes, domain })[0];
  }

  const lowering: Lowering = {
    graph,
    block,
    device,
    hold: (edge, held) => {
      values.set(edge, held);
    },
    held: (edge) => values.get(edge) ?? missing(edge, "value"),
    plain(tensor) {
      const held = lowering.held(tensor);
      held.plain ??= unblock(lowering, tensor, held.blocked ?? missing(tensor, "plain"));
      return held.plain;
    },
    blocked(tensor) {
      const held = lowering.held(tensor);
      held.blocked ??= toBlocked(lowering, held.plain ?? missing(tensor, "blocked"), tensor.shape);
      return held.blocked;
    },
    workspace: (opaque) => lowering.held(opaque).workspace ?? missing(opaque, "workspace"),
    emit: emitIn(""),
    emitBlocked: emitIn(domains.blocked),
    emitFused: emitIn(domains.fused),
    product(left, right) {
      const operands = [left, right];
      const values = operands.map(({ value }) => value);
      if (!left.transposed && !right.transposed) return lowering.emit("MatMul", values);
      if (device === "cpu") {
        const [transA, transB] = operands.map(({ transposed }) => (transposed ? 1 : 0));
        return lowering.emitFused("FusedMatMul", values, { transA, transB });
      }
      return lowering.emit(
        "MatMul",
        operands.map((operand) =>
          operand.transposed ? swapped(lowering, operand) : operand.value,
        ),
      );
    },
    reshape(value, shape) {
      // Without this, ONNX reads a size of 0 as "keep what is there".
      const attributes: Attributes = shape.includes(0) ? { allowzero: 1 } : {};
      const grown = shape.filter((size) => batch && size > 0 && size % batch.size === 0).length;
      const wanted =
        batch && grown === 1
          ? shape.map((size) => (size > 0 && size % batch.size === 0 ? -1 : size))
          : shape;
      return lowering.emit("Reshape", [value, sizes(wanted)], attributes);
    },
    sizes,
    transpose: (value, permutation) =>
      graph.node("Transpose", [value], { attributes: { perm: permutation } })[0],
    scalar: (value) => graph.constant("f32", [], Float32Array.of(value)),
  };
  return lowering;
}

function swapped(lowering: Lowering, { value, rank }: Operand): string {
  const outer = Array.from({ length: rank - 2 }, (_, i) => i);
  return lowering.transpose(value, [...outer, rank - 1, rank - 2]);
}

/** Channels rounded up to whole blocks. */
export function wholeBlocks(channels: number, block: number): number {
  return Math.ceil(channels / block) * block;
}

/** A plain [n, c, h, w] value in blocks. */
export function toBlocked(lowering: Lowering, value: string, shape: readonly number[]): string {
  const filled = padAxis(lowering, value, {
    shape,
    axis: 1,
    to: wholeBlocks(shape[1], lowering.block),
  });
  return lowering.emitBlocked("ReorderInput", [filled]);
}

/** Zeros after the end of one axis. */
export function padAxis(
  { graph, emit }: Lowering,
  value: string,
  { shape, axis, to }: { shape: readonly number[]; axis: number; to: number },
): string {
  if (shape[axis] === to) return value;
  const after = shape.map((size, i) => (i === axis ? to - size : 0));
  return emit("Pad", [value, graph.integers([...shape.map(() => 0), ...after])]);
}

function unblock({ emitBlocked }: Lowering, { shape }: Tensor, value: string): string {
  return emitBlocked("ReorderOutput", [value], { channels: shape[1] });
}

function missing(edge: Tensor | Opaque, what: string): never {
  throw new Problem("internal/defect", { message: `${edge.node.op} was not lowered: ${what}` });
}
