/** Algebra of linear ops: the gradient is the adjoint, ⟨f(x), y⟩ = ⟨x, fᵀ(y)⟩, for any shape. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import {
  broadcastTo,
  concatenate,
  constant,
  convolution,
  convolutionDataGradient,
  convolutionWeightGradient,
  convolved,
  evaluate,
  gather,
  gradient,
  matmul,
  multiply,
  pad,
  placeholder,
  reshape,
  type Shape,
  scatterAdd,
  sizeOf,
  slice,
  sum,
  type Tensor,
  transpose,
  type Window,
} from "../../src/engine/index.ts";

const sizes = (most: number) => fc.integer({ min: 1, max: most });
const pairs = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));
const shapes = fc.array(sizes(4), { minLength: 1, maxLength: 4 });
const seeds = fc.integer({ min: 0, max: 1e6 });

const convolutions = fc
  .record({
    x: fc.tuple(sizes(2), sizes(3), sizes(8), sizes(8)),
    filters: sizes(3),
    kernel: pairs(1, 3),
    stride: pairs(1, 3),
    padding: pairs(0, 2),
    dilation: pairs(1, 2),
    seed: seeds,
  })
  .filter(({ x, kernel, ...window }) => convolved(window, x, kernel).every((size) => size > 0));

describe("convolution", () => {
  it("has its data gradient as adjoint", () => {
    fc.assert(
      fc.property(convolutions, ({ x, filters, kernel, seed, ...window }) => {
        const weight = draw(seed, [filters, x[1], ...kernel]);
        expectAdjoint(seed, x, {
          forward: (input) => convolution(input, weight, window),
          backward: (dy) => convolutionDataGradient(dy, weight, { ...window, inputShape: x }),
        });
      }),
      { numRuns: 60 },
    );
  });

  it("has its weight gradient as adjoint", () => {
    fc.assert(
      fc.property(convolutions, ({ x, filters, kernel, seed, ...window }) => {
        const input = draw(seed, x);
        expectAdjoint(seed, [filters, x[1], ...kernel], {
          forward: (weight) => convolution(input, weight, window),
          backward: (dy) => convolutionWeightGradient(input, dy, { ...window, kernel }),
        });
      }),
      { numRuns: 60 },
    );
  });

  it("is the sum over taps that its definition says", () => {
    fc.assert(
      fc.property(convolutions, ({ x, filters, kernel, seed, ...window }) => {
        const [input, weight] = [draw(seed, x), draw(seed + 1, [filters, x[1], ...kernel])];
        const [found] = evaluate([convolution(input, weight, window)], new Map());
        expectEqual(found, byTaps(input, weight, window));
      }),
      { numRuns: 40 },
    );
  });
});

describe("movement", () => {
  it("cuts off by slice what pad put on", () => {
    const amounts = shapes.chain((shape) => {
      const counts = fc.array(fc.nat(2), { minLength: shape.length, maxLength: shape.length });
      return fc.record({ shape: fc.constant(shape), before: counts, after: counts, seed: seeds });
    });
    fc.assert(
      fc.property(amounts, ({ shape, before, after, seed }) => {
        const ends = shape.map((size, axis) => before[axis] + size);
        const x = draw(seed, shape);
        expect(evaluate([slice(pad(x, before, after), before, ends)], new Map())).toEqual(
          evaluate([x], new Map()),
        );
        expectAdjoint(seed, shape, {
          forward: (input) => pad(input, before, after),
          backward: (dy) => slice(dy, before, ends),
        });
      }),
    );
  });

  it("gathers as scatterAdd spreads", () => {
    const rows = fc.record({
      table: fc.tuple(sizes(5), sizes(3)),
      picks: fc.array(fc.nat(100), { maxLength: 8 }),
      seed: seeds,
    });
    fc.assert(
      fc.property(rows, ({ table, picks, seed }) => {
        const chosen = picks.map((pick) => pick % table[0]);
        const indexes = constant(chosen, [chosen.length], "i32");
        expectAdjoint(seed, table, {
          forward: (input) => gather(input, indexes),
          backward: (dy) => scatterAdd(dy, indexes, table[0]),
        });
      }),
    );
  });

  it("copies by broadcast what its gradient sums", () => {
    const broadcasts = fc.record({
      shape: shapes,
      lead: fc.array(sizes(3), { maxLength: 2 }),
      seed: seeds,
    });
    fc.assert(
      fc.property(broadcasts, fc.integer(), ({ shape, lead, seed }, mask) => {
        const from = shape.map((size, axis) => (mask & (1 << axis) ? 1 : size));
        const target = [...lead, ...shape];
        expectAdjoint(seed, from, { forward: (input) => broadcastTo(input, target) });
      }),
    );
  });

  it("undoes a transpose by the inverse permutation", () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const axes = shape.map((_, axis) => axis);
        const turned = [...axes.slice(1), 0];
        expectAdjoint(seed, shape, { forward: (input) => transpose(input, turned) });
      }),
    );
  });

  it("joins what slices part", () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        expectAdjoint(seed, shape, { forward: (input) => concatenate([input, input, input], 0) });
        expectAdjoint(seed, shape, { forward: (input) => reshape(input, [-1]) });
      }),
    );
  });
});

describe("matmul", () => {
  const products = fc.record({
    batch: fc.array(sizes(3), { maxLength: 2 }),
    m: sizes(4),
    k: sizes(4),
    n: sizes(4),
    mask: fc.integer(),
    seed: seeds,
  });

  it("has the adjoint that its gradient says, on either side, whatever is broadcast", () => {
    fc.assert(
      fc.property(products, ({ batch, m, k, n, mask, seed }) => {
        const thin = batch.map((size, axis) => (mask & (1 << axis) ? 1 : size));
        const left = draw(seed + 1, [...batch, m, k]);
        const right = draw(seed + 1, [...batch, k, n]);
        expectAdjoint(seed, [...thin, m, k], { forward: (x) => matmul(x, right) });
        expectAdjoint(seed, [...thin, k, n], { forward: (x) => matmul(left, x) });
        expectAdjoint(seed, [k, n], { forward: (x) => matmul(left, x) });
        expectAdjoint(seed, [m, k], { forward: (x) => matmul(x, right) });
      }),
      { numRuns: 40 },
    );
  });
});

/** ⟨f(x), y⟩ = ⟨x, fᵀ(y)⟩, where fᵀ is the op given, and the one that `gradient` finds. */
function expectAdjoint(
  seed: number,
  shape: Shape,
  { forward, backward }: { forward: (x: Tensor) => Tensor; backward?: (dy: Tensor) => Tensor },
): void {
  const x = placeholder("x", shape);
  const fx = forward(x);
  const y = draw(seed + 3, fx.shape);
  const product = sum(multiply(fx, y));
  const transposed = [...gradient(product, [x]), ...(backward ? [backward(y)] : [])];
  const sides = [product, ...transposed.map((dx) => sum(multiply(x, dx)))];
  const point = Float64Array.from(normal(fork(keyFromSeed(seed), "x"), sizeOf(shape)));
  const [[left], ...rights] = evaluate(sides, new Map([["x", point]]));
  for (const [right] of rights) expect(Math.abs(left - right)).toBeLessThan(1e-10);
  for (const dx of transposed) expect(dx.shape).toEqual(shape);
}

/** y[n, o, i, j] = Σ x[n, c, i·s − p + a·d, …]·w[o, c, a, b], the equation itself. */
function byTaps(x: Tensor, weight: Tensor, { stride, padding, dilation }: Window): number[] {
  const [xs, ws] = evaluate([x, weight], new Map());
  const [count, channels, height, width] = x.shape;
  const [filters, , kernelHeight, kernelWidth] = weight.shape;
  const at = (n: number, c: number, i: number, j: number) =>
    i < 0 || j < 0 || i >= height || j >= width
      ? 0
      : xs[((n * channels + c) * height + i) * width + j];
  const y: number[] = [];
  const [rows, columns] = convolved({ stride, padding, dilation }, x.shape, [
    kernelHeight,
    kernelWidth,
  ]);
  for (let n = 0; n < count; n++)
    for (let o = 0; o < filters; o++)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          let total = 0;
          for (let c = 0; c < channels; c++)
            for (let a = 0; a < kernelHeight; a++)
              for (let b = 0; b < kernelWidth; b++)
                total +=
                  at(
                    n,
                    c,
                    i * stride[0] - padding[0] + a * dilation[0],
                    j * stride[1] - padding[1] + b * dilation[1],
                  ) * ws[((o * channels + c) * kernelHeight + a) * kernelWidth + b];
          y.push(total);
        }
  return y;
}

function draw(seed: number, shape: Shape): Tensor {
  const values = normal(fork(keyFromSeed(seed), "drawn", ...shape), sizeOf(shape));
  return constant([...values], shape);
}

function expectEqual(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs(found[i] - value)).toBeLessThan(1e-12);
}
