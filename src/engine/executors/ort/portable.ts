/** A program inside a model for other runtimes: standard operators alone, any number of rows, weights held. */
import { Problem } from "../../../base/index.ts";
import type { GraphBuilder } from "../../../formats/onnx/index.ts";
import { edgesOf, nodesOf, type OpAttributes, type ProgramSpec } from "../../graph/index.ts";
import { createLowering } from "./lowering.ts";
import { lower } from "./rules.ts";

/** What models of ours are written for: the default domain's operators and the format's version. */
export const portable = { opset: 20, irVersion: 9 } as const;

/** Traced programs of this many rows stand for any number: a prime that no size of a network is. */
export const anyRows = 65_521;

export interface Placement {
  /** The ONNX values that the program's inputs are; the first axis of the first is the rows'. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Parameters and state by name; they are kept under these names. */
  readonly values: Readonly<Record<string, Float32Array>>;
}

/**
 * Adds the program to a graph and gives the ONNX value of each of its outputs. Everything that grows
 * with the rows is written for any number of them. Throws where a value is missing or does not fit.
 */
export function placeProgram(
  graph: GraphBuilder,
  spec: ProgramSpec,
  { inputs, values }: Placement,
): ReadonlyMap<string, string> {
  const [first] = Object.values(inputs);
  const lowering = createLowering(graph, {
    block: 1,
    device: "any",
    batch: { size: anyRows, of: first },
  });
  for (const node of nodesOf(spec)) {
    const outputs = edgesOf(node);
    if (node.op === "placeholder") {
      const { name, role, shape } = node.attributes;
      const held = role === "input" ? inputs[name] : values[name];
      const expected = shape.reduce((product, side) => product * side, 1);
      if (held === undefined || (typeof held !== "string" && held.length !== expected)) {
        const found = typeof held === "string" ? 0 : (held?.length ?? 0);
        throw new Problem("train/initial-does-not-fit", { name, found, expected });
      }
      const plain = typeof held === "string" ? held : graph.initializer(name, shape, held);
      lowering.hold(outputs[0], { plain });
      continue;
    }
    const attributes = node.attributes as OpAttributes[typeof node.op];
    lower(node.op, { node, attributes, inputs: node.inputs, outputs, lowering });
  }
  return new Map(
    Object.entries(spec.outputs).map(([key, tensor]) => [key, lowering.plain(tensor)]),
  );
}
