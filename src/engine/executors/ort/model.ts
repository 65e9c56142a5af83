/** A program as an ONNX model: inputs before users, then only what the outputs need. */
import { createGraph, encodeModel } from "../../../formats/onnx/index.ts";
import {
  edgesOf,
  type Node,
  nodesOf,
  type OpAttributes,
  type ProgramSpec,
  type Tensor,
} from "../../graph/index.ts";
import { irVersion, opsets } from "./library.ts";
import { createLowering, inputPrefix, type Lowering, type Target } from "./lowering.ts";
import { lower } from "./rules.ts";

export interface OrtModel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The ONNX value of each output of the program, and of the next value of each updated state. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly updates: ReadonlyMap<string, string>;
  /** The names of the placeholders that the model takes. */
  readonly inputs: ReadonlySet<string>;
  /** How often each way was chosen for an op of a shape, leaves left out. */
  readonly chosen: Readonly<Record<string, number>>;
}

export function modelOf(spec: ProgramSpec, target: Target): OrtModel {
  const graph = createGraph("program");
  const lowering = createLowering(graph, target);
  const chosen: Record<string, number> = {};
  for (const node of nodesOf(spec)) {
    const way = `${describe(node)}: ${lowerNode(node, lowering)}`;
    if (node.inputs.length > 0) chosen[way] = (chosen[way] ?? 0) + 1;
  }
  const given = new Set<string>();

  /** Each output is a value of its own that a node gives: what is passed through or shared is copied. */
  function give(tensor: Tensor): string {
    const value = lowering.plain(tensor);
    const own = graph.gives(value) && !given.has(value);
    const name = own ? value : lowering.emit("Identity", [value]);
    graph.output(name, tensor.dtype, tensor.shape);
    given.add(name);
    return name;
  }

  const outputs = Object.entries(spec.outputs).map(([key, tensor]) => [key, give(tensor)] as const);
  const updates = (spec.updates ?? []).map(
    ([target, next]) => [nameOf(target.node), give(next)] as const,
  );
  const finished = graph.finish();
  return {
    bytes: encodeModel({ irVersion, producer: "tanafuda", graph: finished, opsets }),
    outputs: new Map(outputs),
    updates: new Map(updates),
    inputs: new Set(finished.inputs.map(({ name }) => name.slice(inputPrefix.length))),
    chosen,
  };
}

function lowerNode(node: Node, lowering: Lowering): string {
  const attributes = node.attributes as OpAttributes[typeof node.op];
  return lower(node.op, {
    node,
    attributes,
    inputs: node.inputs,
    outputs: edgesOf(node),
    lowering,
  });
}

function describe(node: Node): string {
  const [first] = node.outputs;
  const shape = first.kind === "tensor" ? `[${first.shape.join(",")}]` : "";
  return `${node.op}${shape}`;
}

function nameOf(node: Node): string {
  return node.op === "placeholder" ? node.attributes.name : "";
}
