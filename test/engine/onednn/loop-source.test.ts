/** Loops of typed arrays, against hand-sized results and the plainest walk over the same strides. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  collapse,
  compileLoop,
  type LoopSource,
} from "../../../src/engine/executors/onednn/loop-source.ts";

const store = (term: string) => ({ kind: "store", term }) as const;

/** The loop's results, given its inputs; sizes of stores are the shape's. */
function run(source: LoopSource, ...inputs: readonly (readonly number[])[]): number[][] {
  const size = source.shape.reduce((product, n) => product * n, 1);
  const outputs = source.results.map(
    (result) => new Float32Array(result.kind === "store" ? size : result.size),
  );
  const scratch = source.results.map(
    (result) => new Float64Array(result.kind === "store" ? 0 : result.size),
  );
  compileLoop(source)(
    inputs.map((values) => Float32Array.from(values)),
    outputs,
    scratch,
  );
  return outputs.map((values) => [...values]);
}

describe("stores", () => {
  it("walk repeated operands with stride 0", () => {
    const source: LoopSource = {
      shape: [2, 3],
      inputs: [{ strides: [0, 1] }, { strides: [1, 0] }],
      terms: [],
      results: [store("x0 * 10 + x1")],
    };
    expect(run(source, [1, 2, 3], [4, 5])).toEqual([[14, 24, 34, 15, 25, 35]]);
  });

  it("walk transposed operands, and take terms from terms", () => {
    const source: LoopSource = {
      shape: [3, 2],
      inputs: [{ strides: [1, 3] }],
      terms: [{ expression: "x0 + 1" }, { expression: "t0 * t0" }],
      results: [store("t1"), store("t0")],
    };
    expect(run(source, [0, 1, 2, 3, 4, 5])).toEqual([
      [1, 16, 4, 25, 9, 36],
      [1, 4, 2, 5, 3, 6],
    ]);
  });

  it("make one element of no axes, and none of an empty axis", () => {
    const of = (shape: number[], strides: number[]): LoopSource => ({
      shape,
      inputs: [{ strides }],
      terms: [],
      results: [store("x0 * 2")],
    });
    expect(run(of([], []), [3])).toEqual([[6]]);
    expect(run(of([0, 3], [3, 1]), [])).toEqual([[]]);
    expect(run(of([1, 1], [7, 7]), [3])).toEqual([[6]]);
  });

  it("keep -0, NaN and infinities", () => {
    const source: LoopSource = {
      shape: [4],
      inputs: [{ strides: [1] }],
      terms: [],
      results: [store("x0 * (-0)"), store("x0 + NaN"), store("x0 / 0")],
    };
    expect(run(source, [1, -1, 0, Number.NaN])).toEqual([
      [-0, 0, -0, Number.NaN],
      [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
      [Infinity, -Infinity, Number.NaN, Number.NaN],
    ]);
  });
});

describe("reductions of [[1, 2, 3], [4, 5, 6]]", () => {
  const x = [1, 2, 3, 4, 5, 6];
  const reduce = (kind: "sum" | "max", strides: number[], size: number): LoopSource => ({
    shape: [2, 3],
    inputs: [{ strides: [3, 1] }],
    terms: [],
    results: [{ kind, term: "x0", strides, size }],
  });

  it.each([
    ["the last axis", [1, 0], 2, [6, 15], [3, 6]],
    ["the first axis", [0, 1], 3, [5, 7, 9], [4, 5, 6]],
    ["all axes", [0, 0], 1, [21], [6]],
    ["no axis", [3, 1], 6, x, x],
  ])("over %s", (_, strides, size, sums, maxima) => {
    expect(run(reduce("sum", strides, size), x)).toEqual([sums]);
    expect(run(reduce("max", strides, size), x)).toEqual([maxima]);
  });

  it("give the same at a second run: nothing is left over from the first", () => {
    const source = reduce("sum", [0, 1], 3);
    const [outputs, scratch] = [[new Float32Array(3)], [new Float64Array(3)]];
    const loop = compileLoop(source);
    for (let i = 0; i < 2; i++) loop([Float32Array.from(x)], outputs, scratch);
    expect([...outputs[0]]).toEqual([5, 7, 9]);
  });

  it("add in float64", () => {
    const source: LoopSource = { ...reduce("sum", [0], 1), shape: [3], inputs: [{ strides: [1] }] };
    expect(run(source, [2 ** 30, 1, -(2 ** 30)])).toEqual([[1]]);
  });

  it("of nothing are 0 and -∞", () => {
    const empty = (kind: "sum" | "max") => ({ ...reduce(kind, [0, 1], 3), shape: [0, 3] });
    expect(run(empty("sum"), [])).toEqual([[0, 0, 0]]);
    expect(run(empty("max"), [])).toEqual([[-Infinity, -Infinity, -Infinity]]);
  });

  it("pass NaN on", () => {
    const odd = [1, Number.NaN, 3, 4, 5, 6];
    expect(run(reduce("max", [1, 0], 2), odd)).toEqual([[Number.NaN, 6]]);
    expect(run(reduce("max", [0, 1], 3), odd)).toEqual([[4, Number.NaN, 6]]);
  });
});

describe("collapse", () => {
  const collapsed = (source: Partial<LoopSource>) => {
    const { shape, inputs, results } = collapse({
      shape: [2, 3, 4],
      inputs: [],
      terms: [],
      results: [store("x0")],
      ...source,
    });
    return { shape, inputs: inputs.map((one) => one.strides), results };
  };

  it("makes one axis of what every operand walks evenly", () => {
    const found = collapsed({ inputs: [{ strides: [12, 4, 1] }, { strides: [0, 0, 0] }] });
    expect(found).toMatchObject({ shape: [24], inputs: [[1], [0]] });
  });
  it("stops where one of them does not", () => {
    const found = collapsed({ inputs: [{ strides: [12, 4, 1] }, { strides: [0, 0, 1] }] });
    expect(found).toMatchObject({
      shape: [6, 4],
      inputs: [
        [4, 1],
        [0, 1],
      ],
    });
  });
  it("looks at reductions as at operands", () => {
    const result = { kind: "sum", term: "x0", strides: [3, 1, 0], size: 6 } as const;
    const found = collapsed({ inputs: [{ strides: [12, 4, 1] }], results: [result] });
    expect(found).toMatchObject({ shape: [6, 4], results: [{ strides: [1, 0] }] });
  });
  it("drops axes of size 1", () => {
    const found = collapsed({ shape: [1, 5, 1], inputs: [{ strides: [99, 2, 7] }] });
    expect(found).toMatchObject({ shape: [5], inputs: [[2]] });
  });
});

it("agrees with the plainest walk, whatever the strides", () => {
  const axis = fc.record({
    size: fc.constantFrom(0, 1, 2, 3),
    repeated: fc.boolean(),
    reduced: fc.boolean(),
    place: fc.nat(100),
  });
  fc.assert(
    fc.property(fc.array(axis, { maxLength: 4 }), (axes) => {
      const shape = axes.map(({ size }) => size);
      const outer = strideBy(axes.map(({ size, place }) => ({ size, place })));
      const inputStrides = outer.map((stride, i) => (axes[i].repeated ? 0 : stride));
      const kept = strideBy(
        axes.map(({ size, reduced }, i) => ({ size: reduced ? 1 : size, place: i })),
      );
      const strides = kept.map((stride, i) => (axes[i].reduced ? 0 : stride));
      const size = axes.reduce<number>((product, a) => product * (a.reduced ? 1 : a.size), 1);
      const x = Array.from({ length: 400 }, (_, i) => ((i * 37) % 101) - 50);
      const dense = strideBy(shape.map((n, i) => ({ size: n, place: i })));
      const sums = new Array(size).fill(0);
      const copies = new Array(shape.reduce<number>((product, n) => product * n, 1)).fill(0);
      for (const at of walk(shape)) {
        const value = x[dot(at, inputStrides)];
        copies[dot(at, dense)] = value;
        sums[dot(at, strides)] += value;
      }
      const source: LoopSource = {
        shape,
        inputs: [{ strides: inputStrides }],
        terms: [],
        results: [store("x0"), { kind: "sum", term: "x0", strides, size }],
      };
      expect(run(source, x)).toEqual([copies, sums]);
    }),
    { numRuns: 300 },
  );
});

/** Strides of a dense array whose axes lie in the order of their places. */
function strideBy(axes: readonly { size: number; place: number }[]): number[] {
  const order = axes.map((_, i) => i).sort((a, b) => axes[b].place - axes[a].place || b - a);
  const strides = axes.map(() => 0);
  let step = 1;
  for (const i of order) {
    strides[i] = step;
    step *= Math.max(1, axes[i].size);
  }
  return strides;
}

function walk(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, size) => all.flatMap((at) => Array.from({ length: size }, (_, i) => [...at, i])),
    [[]],
  );
}

function dot(at: readonly number[], strides: readonly number[]): number {
  return at.reduce((sum, i, axis) => sum + i * strides[axis], 0);
}
