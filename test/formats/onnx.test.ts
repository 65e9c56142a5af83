/** ONNX models as bytes: written, read back, and held against bytes written out by hand. */
import { describe, expect, it } from "vitest";
import { createGraph, decodeModel, encodeModel } from "../../src/formats/onnx/index.ts";

const opsets = [{ domain: "", version: 20 }];

describe("the bytes of a model", () => {
  it("are those that onnx.proto3 asks for", () => {
    const graph = { nodes: [], name: "g", initializers: [], inputs: [], outputs: [] };
    const bytes = encodeModel({ irVersion: 9, producer: "p", graph, opsets });
    // 1: varint 9 · 2: "p" · 7: { 2: "g" } · 8: { 1: "", 2: 20 }
    const expected = "0809" + "120170" + "3a03120167" + "42040a001014";
    expect(Buffer.from(bytes).toString("hex")).toBe(expected);
  });

  it("hold attributes with their types, and negative integers", () => {
    const node = {
      inputs: ["x"],
      outputs: ["y"],
      name: "n",
      op: "Op",
      attributes: [
        { name: "i", integer: -1, type: 2 },
        { name: "f", float: 0.5, type: 1 },
        { name: "s", text: "ü", type: 3 },
        { name: "is", integers: [3, -4, 0], type: 7 },
      ],
      domain: "d",
    };
    const graph = { nodes: [node], name: "g", initializers: [], inputs: [], outputs: [] };
    const model = decodeModel(encodeModel({ irVersion: 9, producer: "p", graph, opsets }));
    expect(model.graph?.nodes).toEqual([node]);
  });
});

describe("a graph being built", () => {
  it("keeps equal constants once and leaves out what no output needs", () => {
    const graph = createGraph("g");
    const x = graph.input("x", "f32", [2, 3]);
    graph.input("unused", "f32", [1]);
    const two = graph.constant("f32", [], Float32Array.of(2));
    expect(graph.constant("f32", [], Float32Array.of(2))).toBe(two);
    expect(graph.constant("f32", [1], Float32Array.of(2))).not.toBe(two);
    const [y] = graph.node("Mul", [x, two]);
    graph.node("Exp", [y]);
    const [low, high] = graph.node("Split", [y], { outputs: 2, attributes: { axis: 1 } });
    graph.output(high, "f32", [2, 1]);
    expect([graph.gives(high), graph.gives(x), graph.gives(two)]).toEqual([true, false, false]);

    const { nodes, initializers, inputs } = graph.finish();
    expect(nodes.map(({ op }) => op)).toEqual(["Mul", "Split"]);
    expect(nodes[1].outputs).toEqual([low, high]);
    expect(initializers.map(({ name }) => name)).toEqual([two]);
    expect(inputs.map(({ name }) => name)).toEqual(["x"]);
  });

  it("reads back as it was written", () => {
    const graph = createGraph("g");
    const x = graph.input("x", "f32", [2, 0]);
    const [y] = graph.node("Reshape", [x, graph.integers([0, -1])]);
    graph.output(y, "f32", [0, 2]);
    const finished = graph.finish();
    const model = decodeModel(
      encodeModel({ irVersion: 9, producer: "p", graph: finished, opsets }),
    );
    const whole = { irVersion: 9, producer: "p", graph: finished, opsets };
    expect(withoutEmpty(model)).toEqual(withoutEmpty(whole));
  });
});

/** Protobuf does not tell an empty list from an absent one; typed arrays as plain objects. */
function withoutEmpty<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, member) =>
    Array.isArray(member) && member.length === 0 ? undefined : member,
  );
}
