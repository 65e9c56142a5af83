/** The messages of an ONNX model (onnx.proto3, field numbers included) that we write and read. */
import {
  bytes,
  decode,
  encode,
  float,
  integer,
  integers,
  message,
  messages,
  type Table,
  text,
  texts,
} from "./field.ts";

export interface Model {
  readonly irVersion: number;
  readonly producer: string;
  readonly producerVersion?: string;
  /** For people: what the model is. */
  readonly description?: string;
  readonly graph: Graph;
  readonly opsets: readonly OperatorSet[];
  readonly metadata?: readonly Metadatum[];
}

/** A text that travels with the model under a name. */
export interface Metadatum {
  readonly key: string;
  readonly value: string;
}

/** The default domain is the empty text. */
export interface OperatorSet {
  readonly domain: string;
  readonly version: number;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly name: string;
  readonly initializers: readonly TensorValue[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

export interface GraphNode {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name: string;
  readonly op: string;
  readonly attributes: readonly Attribute[];
  readonly domain: string;
}

/** One of the values, the one that `type` names. */
export interface Attribute {
  readonly name: string;
  readonly float?: number;
  readonly integer?: number;
  readonly text?: string;
  readonly integers?: readonly number[];
  readonly type: number;
}

/** `raw` holds little-endian elements. */
export interface TensorValue {
  readonly dimensions: readonly number[];
  readonly type: number;
  readonly name: string;
  readonly raw: Uint8Array;
}

export interface ValueInfo {
  readonly name: string;
  readonly type: ValueType;
}

export interface ValueType {
  readonly tensor: TensorType;
}

export interface TensorType {
  readonly element: number;
  readonly shape: TensorShape;
}

export interface TensorShape {
  readonly dimensions: readonly Dimension[];
}

/** A size, or the name of one that is known only when the model runs. */
export interface Dimension {
  readonly size?: number;
  readonly name?: string;
}

export const elementTypes = { f32: 1, u8: 2, i32: 6, i64: 7, bool: 9, f64: 11 } as const;
export type ElementType = keyof typeof elementTypes;

export const attributeTypes = { float: 1, integer: 2, text: 3, integers: 7 } as const;

export function encodeModel(model: Model): Uint8Array<ArrayBuffer> {
  return encode(modelTable, model);
}

export function decodeModel(from: Uint8Array): Partial<Model> {
  return decode(modelTable, from);
}

const dimensionTable: Table<Dimension> = { size: integer(1), name: text(2) };
const shapeTable: Table<TensorShape> = { dimensions: messages(1, () => dimensionTable) };
const tensorTypeTable: Table<TensorType> = {
  element: integer(1),
  shape: message(2, () => shapeTable),
};
const typeTable: Table<ValueType> = { tensor: message(1, () => tensorTypeTable) };
const valueInfoTable: Table<ValueInfo> = { name: text(1), type: message(2, () => typeTable) };

const tensorTable: Table<TensorValue> = {
  dimensions: integers(1),
  type: integer(2),
  name: text(8),
  raw: bytes(9),
};

const attributeTable: Table<Attribute> = {
  name: text(1),
  float: float(2),
  integer: integer(3),
  text: text(4),
  integers: integers(8),
  type: integer(20),
};

const nodeTable: Table<GraphNode> = {
  inputs: texts(1),
  outputs: texts(2),
  name: text(3),
  op: text(4),
  attributes: messages(5, () => attributeTable),
  domain: text(7),
};

const graphTable: Table<Graph> = {
  nodes: messages(1, () => nodeTable),
  name: text(2),
  initializers: messages(5, () => tensorTable),
  inputs: messages(11, () => valueInfoTable),
  outputs: messages(12, () => valueInfoTable),
};

const operatorSetTable: Table<OperatorSet> = { domain: text(1), version: integer(2) };

const metadatumTable: Table<Metadatum> = { key: text(1), value: text(2) };

const modelTable: Table<Model> = {
  irVersion: integer(1),
  producer: text(2),
  producerVersion: text(3),
  description: text(6),
  graph: message(7, () => graphTable),
  opsets: messages(8, () => operatorSetTable),
  metadata: messages(14, () => metadatumTable),
};
