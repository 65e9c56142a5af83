/** What a transformer's step is made of: that the ways of this executor ran, and are right. */
import { describe, expect, it } from "vitest";
import {
  add,
  constant,
  gelu,
  gradient,
  layerNorm,
  matmul,
  multiply,
  type ProgramSpec,
  parameter,
  placeholder,
  reshape,
  slice,
  softmax,
  sum,
  type Tensor,
  transpose,
} from "../../../src/engine/index.ts";
import { available } from "./libraries.ts";
import { agree, compileWith, drawn, opening, runOn } from "./run.ts";

const [n, tokens, heads, each] = [3, 7, 2, 4];

/** Σ dy·(q ∘ k ∘ v), of parts that were brought together by one transposition. */
function lossOfParts(apart: Tensor, rows: number): Tensor {
  const rest = apart.shape.slice(1);
  const [q, k, v] = [0, 1, 2].map((i) =>
    slice(apart, [i * rows, ...rest.map(() => 0)], [(i + 1) * rows, ...rest]),
  );
  return sum(multiply(multiply(q, k), multiply(v, placeholder("dy", q.shape))));
}

/** h ← h + gelu(layerNorm(h)·w)·v, three times; gradients by all w and v, and what lies between. */
function perceptrons(): { gradients: Record<string, Tensor>; between: Record<string, Tensor> } {
  const width = 16;
  const between: Record<string, Tensor> = {};
  const weights: Tensor[] = [];
  let h: Tensor = placeholder("x", [64, width]);
  for (let i = 0; i < 3; i++) {
    const w = parameter(`w${i}`, [width, 4 * width]);
    const v = parameter(`v${i}`, [4 * width, width]);
    const { y: normal } = layerNorm(h, {
      scale: constant(1, [width]),
      shift: constant(0, [width]),
    });
    const wide = gelu(matmul(normal, w));
    Object.assign(between, { [`normal${i}`]: normal, [`wide${i}`]: wide });
    weights.push(w, v);
    h = add(h, matmul(wide, v));
  }
  const found = gradient(sum(multiply(h, placeholder("dy", h.shape))), weights);
  return { gradients: Object.fromEntries(found.map((dw, i) => [`${i}`, dw])), between };
}

describe.each(available)("$name", ({ path }) => {
  const library = opening(path);

  it("takes the gradient of a large softmax by rows, not in plain loops", async () => {
    const x = placeholder("x", [64, 65, 65]);
    const loss = sum(multiply(softmax(x), placeholder("dy", x.shape)));
    const outputs = { dx: gradient(loss, [x])[0] };
    const plan = await agree(library, outputs, { limit: 1e-12 });
    expect(plan.find((line) => line.startsWith("softmaxGradient"))).toMatch(/row by row|jit/);
  });

  it.each([
    ["as they are", [3, n, heads, tokens, each], 1],
    ["folded into rows", [3 * n * heads, tokens, each], n * heads],
  ] as const)("puts gradients of parts back where they came from: %s", async (_, shape, rows) => {
    const x = placeholder("x", [n, tokens, 3 * heads * each]);
    const split = reshape(x, [n, tokens, 3, heads, each]);
    const apart = reshape(transpose(split, [2, 0, 3, 1, 4]), shape);
    const outputs = { dx: gradient(lossOfParts(apart, rows), [x])[0] };
    const plan = await agree(library, outputs, { limit: 1e-12 });
    expect(plan.filter((line) => line.endsWith("copies, transposed"))).toHaveLength(1);
  });

  it("multiplies many rows by a deep matrix that lies transposed", async () => {
    const dy = placeholder("dy", [70, 16]);
    const weight = parameter("weight", [8, 16]);
    await agree(library, { dx: matmul(dy, transpose(weight)) }, { limit: 1e-12 });
  });

  it("computes GELU and layer norm again for the gradient, with the same bits", async () => {
    const { gradients, between } = perceptrons();
    const run = async (spec: ProgramSpec) => {
      const program = compileWith(library, spec);
      const values = drawn(spec);
      const found = await runOn(program, spec, values);
      const steps = (await program.profile?.({ x: values.x, dy: values.dy })) ?? [];
      await program.dispose();
      const labels = steps.map(({ label }) => label).filter((label) => label.endsWith(" again"));
      return { found, again: new Set(labels.map((label) => label.replace(/\[.*/, ""))) };
    };
    const sparing = await run({ outputs: gradients });
    // What is given is kept.
    const keeping = await run({ outputs: { ...gradients, ...between } });
    expect(sparing.again).toEqual(new Set(["gelu", "layerNorm"]));
    expect(keeping.again).toEqual(new Set());
    const names = Object.keys(gradients);
    expect(names.map((name) => keeping.found[name])).toEqual(
      names.map((name) => sparing.found[name]),
    );
  });
});
