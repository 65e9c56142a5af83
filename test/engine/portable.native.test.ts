/** Programs lowered for other runtimes: any number of rows, standard operators, the definition's values. */
import { expect, it } from "vitest";
import {
  anyRows,
  evaluate,
  maxPool,
  mean,
  type ProgramSpec,
  placeholder,
  placeholdersOf,
  placeProgram,
  reshape,
  type Tensor,
  transpose,
} from "../../src/engine/index.ts";
import { createGraph, encodeModel } from "../../src/formats/onnx/index.ts";
import {
  attention,
  batchNorm,
  conv,
  evaluation,
  type Layer,
  layerNorm,
  placeholders,
} from "../../src/learn/nn/index.ts";
import { numbers } from "../learn/numbers.ts";

const layers = {
  conv: conv("conv", { from: 3, to: 6, kernel: 3, stride: 1 }),
  norm: batchNorm("norm", 6),
  mix: attention("mix", { width: 6, heads: 2 }),
  last: layerNorm("last", 6),
} satisfies Record<string, Layer>;

/** What backbones are made of, small: [n, 3, 8, 8] to [n, 6]. */
function specFor(n: number): ProgramSpec {
  const apply = (layer: Layer, x: Tensor) => layer.apply(placeholders(layer), x, evaluation).y;
  const x = placeholder("pictures", [n, 3, 8, 8]);
  const maps = apply(layers.norm, apply(layers.conv, x));
  const pooled = maxPool(maps, { kernel: [3, 3], stride: [2, 2], padding: [1, 1] }).y;
  const tokens = transpose(reshape(pooled, [n, 6, 16]), [0, 2, 1]);
  const y = mean(apply(layers.last, apply(layers.mix, tokens)), [1]);
  return { outputs: { y } };
}

it.each([1, 3])("compute what the reference computes, %d at a time", async (n) => {
  const spec = specFor(n);
  const values = Object.fromEntries(
    placeholdersOf(spec).map(({ attributes: { name, shape } }, i) => {
      const drawn = numbers(
        i + 1,
        shape.reduce((a, b) => a * b, 1),
      );
      // Variances are positive.
      const own = name.endsWith("variance") ? drawn.map((one) => 0.5 + one * one) : drawn;
      return [name, Float32Array.from(own)];
    }),
  );
  const { pictures, ...weights } = values;
  const wide = Object.entries(values).map(([name, own]) => [name, Float64Array.from(own)] as const);
  const [expected] = evaluate([spec.outputs.y], new Map(wide));

  const graph = createGraph("program");
  const given = graph.input("pictures", "f32", ["n", 3, 8, 8]);
  const placed = placeProgram(graph, specFor(anyRows), {
    inputs: { pictures: given },
    values: weights,
  });
  const [out] = graph.node("Identity", [placed.get("y") ?? ""], { to: ["out"] });
  graph.output(out, "f32", ["n", 6]);
  const finished = graph.finish();
  expect([...new Set(finished.nodes.map(({ domain }) => domain))]).toEqual([""]);
  expect(finished.initializers.map(({ name }) => name)).toContain("conv/weight");
  const opsets = [{ domain: "", version: 20 }];
  const bytes = encodeModel({ irVersion: 9, producer: "t", graph: finished, opsets });
  const ort = await import("onnxruntime-node");
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const found = await session.run({ pictures: new ort.Tensor("float32", pictures, [n, 3, 8, 8]) });
  await session.release();
  expect(found.out.dims).toEqual([n, 6]);
  const apart = Array.from(expected, (one, i) => Math.abs(one - Number(found.out.data[i])));
  expect(Math.max(...apart)).toBeLessThan(1e-4);
  expect(Math.max(...Array.from(expected, Math.abs))).toBeGreaterThan(0.1);
});
