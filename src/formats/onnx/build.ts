/** Building an ONNX graph node by node: names are given out here, constants are kept once. */
import {
  type Attribute,
  attributeTypes,
  type ElementType,
  elementTypes,
  type Graph,
  type GraphNode,
  type TensorValue,
  type ValueInfo,
} from "./model.ts";

/** A number is an integer attribute unless written `{ float }`. */
export type AttributeValue = number | string | readonly number[] | { readonly float: number };

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly domain?: string;
  /** How many outputs the node has; one if not said. */
  readonly outputs?: number;
  /** Names for the outputs, where they should have other than made-up ones. */
  readonly to?: readonly string[];
}

/** What has a name instead of a number is known only when the model runs. */
export type Sizes = readonly (number | string)[];

type Elements = Float32Array | Int32Array | BigInt64Array | Uint8Array;

export interface GraphBuilder {
  input(name: string, type: ElementType, shape: Sizes): string;
  output(name: string, type: ElementType, shape: Sizes): void;
  /** Adds a node and gives the names of its outputs. */
  node(op: string, inputs: readonly string[], options?: NodeOptions): readonly string[];
  /** The name of a constant; equal constants share one. */
  constant(type: ElementType, shape: readonly number[], values: Elements): string;
  /** A constant under a name of its own, as weights have. */
  initializer(name: string, shape: readonly number[], values: Float32Array): string;
  /** A 1-D int64 constant, as shapes and axes are given. */
  integers(values: readonly number[]): string;
  /** Whether a node gives this value; inputs and constants are given by none. */
  gives(value: string): boolean;
  /** The graph as far as its outputs need it. */
  finish(): Graph;
}

export function createGraph(graphName: string): GraphBuilder {
  const nodes: GraphNode[] = [];
  const initializers: TensorValue[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const known = new Map<string, string>();
  const given = new Set<string>();

  function constant(type: ElementType, shape: readonly number[], values: Elements): string {
    const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const key = `${type}[${shape}]${Buffer.from(raw).toString("base64")}`;
    const name = known.get(key) ?? `constant${known.size}`;
    if (!known.has(key)) {
      known.set(key, name);
      initializers.push({ dimensions: shape, type: elementTypes[type], name, raw });
    }
    return name;
  }

  return {
    input(name, type, shape) {
      inputs.push(valueInfo(name, type, shape));
      return name;
    },
    output(name, type, shape) {
      outputs.push(valueInfo(name, type, shape));
    },
    node(op, from, options = {}) {
      const stem = `${op.toLowerCase()}${nodes.length}`;
      const count = options.outputs ?? 1;
      const made = Array.from({ length: count }, (_, i) => (count === 1 ? stem : `${stem}.${i}`));
      const to = options.to ?? made;
      const attributes = Object.entries(options.attributes ?? {}).map(attributeOf);
      const domain = options.domain ?? "";
      const name = `${op}_${nodes.length}`;
      nodes.push({ inputs: from, outputs: to, name, op, attributes, domain });
      for (const value of to) given.add(value);
      return to;
    },
    constant,
    initializer(name, shape, values) {
      const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      initializers.push({ dimensions: shape, type: elementTypes.f32, name, raw });
      return name;
    },
    integers: (values) => constant("i64", [values.length], BigInt64Array.from(values, BigInt)),
    gives: (value) => given.has(value),
    finish() {
      const needed = new Set(outputs.map(({ name }) => name));
      const kept = nodes.toReversed().filter((node) => {
        const wanted = node.outputs.some((value) => needed.has(value));
        if (wanted) for (const value of node.inputs) needed.add(value);
        return wanted;
      });
      return {
        nodes: kept.reverse(),
        name: graphName,
        initializers: initializers.filter(({ name }) => needed.has(name)),
        inputs: inputs.filter(({ name }) => needed.has(name)),
        outputs,
      };
    },
  };
}

function attributeOf([name, value]: [string, AttributeValue]): Attribute {
  if (typeof value === "number") return { name, integer: value, type: attributeTypes.integer };
  if (typeof value === "string") return { name, text: value, type: attributeTypes.text };
  if ("float" in value) return { name, float: value.float, type: attributeTypes.float };
  return { name, integers: value, type: attributeTypes.integers };
}

function valueInfo(name: string, type: ElementType, shape: Sizes): ValueInfo {
  const dimensions = shape.map((one) => (typeof one === "number" ? { size: one } : { name: one }));
  return { name, type: { tensor: { element: elementTypes[type], shape: { dimensions } } } };
}
