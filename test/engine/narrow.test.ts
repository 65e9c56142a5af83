/** What is read in part is computed in part: which nodes are left, and that values and gradients stay. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import {
  add,
  evaluate,
  gelu,
  gradient,
  isOp,
  layerNorm,
  matmul,
  max,
  mean,
  multiply,
  narrowed,
  nodesOf,
  parameter,
  placeholder,
  reshape,
  sizeOf,
  slice,
  softmax,
  sum,
  type Tensor,
  transpose,
} from "../../src/engine/index.ts";

const [n, tokens, width, heads] = [2, 5, 6, 2];
const each = width / heads;
const x = placeholder("x", [n, tokens, width]);
const weights = ["q", "k", "v", "out", "mlp"].map((name) => parameter(name, [width, width]));
const [scale, shift] = ["scale", "shift"].map((name) => parameter(name, [width]));
const parameters = [...weights, scale, shift];

function values(): ReadonlyMap<string, Float64Array> {
  const key = keyFromSeed(5);
  return new Map(
    [x, ...parameters].map(({ node, shape }) => {
      const name = isOp(node, "placeholder") ? node.attributes.name : "";
      return [name, normal(fork(key, name), sizeOf(shape))];
    }),
  );
}

/** A transformer's block of width 6 with two heads, read at its first token. */
function readAtFirstToken(): Tensor {
  const norm = (z: Tensor) => layerNorm(z, { scale, shift }).y;
  const split = (weight: Tensor) =>
    transpose(reshape(matmul(norm(x), weight), [n, tokens, heads, each]), [0, 2, 1, 3]);
  const [q, k, v] = weights.map(split);
  const mixed = matmul(softmax(multiply(matmul(q, transpose(k)), 0.5)), v);
  const together = reshape(transpose(mixed, [0, 2, 1, 3]), [n, tokens, width]);
  const y = add(x, matmul(together, weights[3]));
  const z = add(y, matmul(gelu(norm(y)), weights[4]));
  return reshape(slice(norm(z), [0, 0, 0], [n, 1, width]), [n, width]);
}

/** To the last digits of float64: products of other sizes may sum in another order. */
function close(found: Float64Array, expected: Float64Array): void {
  expect(found).toHaveLength(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(
    1e-12 * scale,
  );
}

describe("a block that is read at one token", () => {
  const y = readAtFirstToken();
  const found = narrowed({ y });

  it("computes scores of one query, and rows of one token after them", () => {
    const shapes = nodesOf({ outputs: found }).flatMap((node) =>
      isOp(node, "softmax") || isOp(node, "gelu") ? [node.outputs[0]] : [],
    );
    expect(shapes).toMatchObject([{ shape: [n, heads, 1, tokens] }, { shape: [n, 1, width] }]);
    const rows = nodesOf({ outputs: found }).flatMap((node) =>
      isOp(node, "matmul") && node.inputs[1].node === weights[4].node ? [node.outputs[0]] : [],
    );
    expect(rows).toMatchObject([{ shape: [n, 1, width] }]);
  });

  it("has the values and gradients of the whole", () => {
    const wanted = (root: Tensor) => {
      const loss = sum(multiply(root, root));
      return [root, ...gradient(loss, [x, ...parameters])];
    };
    const whole = evaluate(wanted(y), values());
    for (const [i, part] of evaluate(wanted(found.y), values()).entries()) close(part, whole[i]);
  });
});

describe("what stays", () => {
  it("the very same tensors, where nothing is read in part", () => {
    const y = add(matmul(x, weights[0]), shift);
    expect(narrowed({ y }).y).toBe(y);
  });

  it("the whole of what another root or an axis that is summed over takes", () => {
    const y = gelu(x);
    const first = slice(y, [0, 0, 0], [n, 1, width]);
    expect(narrowed({ y, first })).toEqual({ y, first });
    expect(narrowed({ first }).first).toBe(gelu(slice(x, [0, 0, 0], [n, 1, width])));
    const total = slice(softmax(x, 1), [0, 0, 0], [n, 1, width]);
    expect(narrowed({ total }).total).toBe(total);
  });

  it("one stretch for two parts of a value", () => {
    const y = gelu(x);
    const part = (token: number) => slice(y, [0, token, 0], [n, token + 1, width]);
    const found = narrowed({ y: add(part(1), part(3)) });
    const stretch = gelu(slice(x, [0, 1, 0], [n, 4, width]));
    const of = (token: number) => slice(stretch, [0, token, 0], [n, token + 1, width]);
    expect(found.y).toBe(add(of(0), of(2)));
  });
});

/** Ops through which a part is taken, on x [2, 5, 6] and what they make of it. */
const chains: readonly ((z: Tensor) => Tensor)[] = [
  (z) => gelu(z),
  (z) => add(z, max(z, [1], { keepDimensions: true })),
  (z) => multiply(z, mean(z, [0])),
  (z) => transpose(z, [1, 2, 0]),
  (z) => softmax(z, 1),
  (z) => reshape(z, [z.shape[0], z.shape[1] * z.shape[2], 1]),
  (z) => reshape(z, [z.shape[0], 1, z.shape[1] * z.shape[2]]),
  (z) => matmul(z, transpose(z)),
  (z) => slice(z, [0, 0, 0], [z.shape[0], Math.max(1, z.shape[1] - 1), z.shape[2]]),
];

describe("any chain of ops, read in any part", () => {
  it("has the same values", () => {
    const steps = fc.array(fc.integer({ min: 0, max: chains.length - 1 }), { maxLength: 4 });
    const cuts = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(steps, cuts, (chosen, ends) => {
        const z = chosen.reduce((made, step) => chains[step](made), x);
        const starts = z.shape.map((size, axis) => ends[axis][0] % size);
        const stops = z.shape.map(
          (size, axis) => starts[axis] + 1 + (ends[axis][1] % (size - starts[axis])),
        );
        const y = slice(z, starts, stops);
        const [whole, part] = evaluate([y, narrowed({ y }).y], values());
        close(part, whole);
      }),
      { numRuns: 60 },
    );
  });
});
