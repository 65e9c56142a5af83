/** ONNX operators by name and scalars as constants: what building a graph by hand reads best with. */
import type { AttributeValue, GraphBuilder } from "../../formats/onnx/index.ts";

type Attributes = Readonly<Record<string, AttributeValue>>;

export interface Operators {
  readonly graph: GraphBuilder;
  op(name: string, inputs: readonly string[], attributes?: Attributes): string;
  /** A float32 scalar. */
  float(value: number): string;
  /** An int64 scalar. */
  int(value: number): string;
}

export function operators(graph: GraphBuilder): Operators {
  return {
    graph,
    op: (name, inputs, attributes = {}) => graph.node(name, inputs, { attributes })[0],
    float: (value) => graph.constant("f32", [], Float32Array.of(value)),
    int: (value) => graph.constant("i64", [], BigInt64Array.of(BigInt(value))),
  };
}

/** ONNX's number of float32, for `Cast`. */
export const float32 = 1;

/** int64 scalars as a 1-D shape. */
export function shapeOf({ op, graph }: Operators, sizes: readonly string[]): string {
  const axis = graph.integers([0]);
  return op(
    "Concat",
    sizes.map((size) => op("Unsqueeze", [size, axis])),
    { axis: 0 },
  );
}
