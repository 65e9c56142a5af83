/** Every kind of head inside a model against the product's own answers. */
import { describe, expect, it } from "vitest";
import { headEnd } from "../../../src/app/export/head-end.ts";
import { keyFromSeed } from "../../../src/base/index.ts";
import { createGraph, encodeModel } from "../../../src/formats/onnx/index.ts";
import { fitClassifier, headKinds } from "../../../src/learn/heads/index.ts";
import { gaussians } from "../../learn/measure/gaussians.ts";

const spec = { classes: 4, perClass: 15, columns: 6, apart: 0.9, offset: 2 };
const train = gaussians({ seed: 1, ...spec });
const asked = gaussians({ seed: 2, ...spec });
const names = ["a", "b", "c", "d"];

describe("a head inside a model", () => {
  const kinds = headKinds.map(({ name }) => name);
  const weights = ["none", "balanced"] as const;
  it.each(kinds.flatMap((kind) => weights.map((one) => [kind, one] as const)))(
    "%s with weights %s gives the product's probabilities",
    async (kind, weighted) => {
      // Classes of other sizes, so that weights matter.
      const codes = train.codes.map((code, row) => (code === 0 && row % 3 === 0 ? -1 : code));
      const labelled = { matrix: train.matrix, codes, classes: spec.classes };
      const options = { key: keyFromSeed(3), kinds: [kind], weights: weighted };
      const fitted = await fitClassifier(labelled, options);
      const graph = createGraph("head");
      const given = graph.input("x", "f32", ["n", spec.columns]);
      const value = headEnd(graph, given, { ...fitted, classes: names });
      const [out] = graph.node("Identity", [value], { to: ["p"] });
      graph.output(out, "f32", ["n", spec.classes]);
      const opsets = [{ domain: "", version: 20 }];
      const bytes = encodeModel({ irVersion: 9, producer: "t", graph: graph.finish(), opsets });
      const ort = await import("onnxruntime-node");
      const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
      const { rows, columns, values } = asked.matrix;
      const { p } = await session.run({ x: new ort.Tensor("float32", values, [rows, columns]) });
      await session.release();
      const expected = (await fitted.probabilities(asked.matrix)).values;
      const apart = expected.map((one, i) => Math.abs(one - Number(p.data[i])));
      expect(Math.max(...apart)).toBeLessThan(1e-5);
      expect(new Set(expected.map((one) => Math.round(one * 10))).size).toBeGreaterThan(3);
    },
  );
});
