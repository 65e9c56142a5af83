/** ONNX Runtime takes the models we write. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, it } from "vitest";
import { createGraph, encodeModel } from "../../src/formats/onnx/index.ts";

const opsets = [{ domain: "", version: 20 }];

it("runs a model with constants and every kind of attribute", async () => {
  const graph = createGraph("g");
  const x = graph.input("x", "f32", [1, 1, 2, 2]);
  const weight = graph.constant("f32", [1, 1, 2, 2], Float32Array.of(1, 2, 3, 4));
  const [y] = graph.node("Conv", [x, weight], {
    attributes: { auto_pad: "SAME_UPPER", kernel_shape: [2, 2], group: 1 },
  });
  const [z] = graph.node("LeakyRelu", [y], { attributes: { alpha: { float: 0.5 } } });
  const [flat] = graph.node("Reshape", [z, graph.integers([-1])]);
  graph.output(flat, "f32", [4]);
  const bytes = encodeModel({ irVersion: 9, producer: "p", graph: graph.finish(), opsets });

  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 });
  const given = new Tensor("float32", Float32Array.of(1, -2, 3, -4), [1, 1, 2, 2]);
  const found = await session.run({ x: given });
  // By hand: 1 - 4 + 9 - 16, -2 - 12, 3 - 8, -4; halves of them.
  expect(found[flat].data).toEqual(Float32Array.of(-5, -7, -2.5, -2));
  await session.release();
});
