/** What a transformer's step is made of: that the ways of this executor ran, and are right. */
import { describe, expect, it } from "vitest";
import {
  gradient,
  matmul,
  multiply,
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
import { agree, opening } from "./run.ts";

const [n, tokens, heads, each] = [3, 7, 2, 4];

/** Σ dy·(q ∘ k ∘ v), of parts that were brought together by one transposition. */
function lossOfParts(apart: Tensor, rows: number): Tensor {
  const rest = apart.shape.slice(1);
  const [q, k, v] = [0, 1, 2].map((i) =>
    slice(apart, [i * rows, ...rest.map(() => 0)], [(i + 1) * rows, ...rest]),
  );
  return sum(multiply(multiply(q, k), multiply(v, placeholder("dy", q.shape))));
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
});
