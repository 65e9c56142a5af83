/** Every op's gradient against central differences in float64, and what gradients promise. */
import { describe, expect, it } from "vitest";
import { fork, integer, keyFromSeed, Problem } from "../../src/base/index.ts";
import {
  add,
  batchNorm,
  constant,
  convolution,
  equal,
  evaluate,
  gradient,
  greater,
  max,
  maximum,
  maxPool,
  multiply,
  nodesOf,
  parameter,
  placeholder,
  relu,
  reshape,
  select,
  slice,
  sqrt,
  square,
  stopGradient,
  sum,
  type Tensor,
} from "../../src/engine/index.ts";
import { buildCase, gradientOf } from "./build-case.ts";
import { type Case, caseTable } from "./cases/index.ts";
import { residualNetwork, transformerNetwork } from "./networks.ts";

const STEP = 1e-5;

describe.each(Object.entries(caseTable))("%s", (_op, { gradient: kind, cases }) => {
  if (kind === "checked") {
    it.each(cases.filter(({ kinks }) => !kinks))("$name", compareWithDifferences);
  } else if ("refused" in kind) {
    it("is refused", () => {
      const built = buildCase(cases[0]);
      expect(problemOf(() => gradientOf(cases[0], built)).code).toBe("engine/not-differentiable");
    });
  } else {
    it(`is 0: ${kind.zero}`, () => {
      const { gradients, values } = gradientOf(cases[0], buildCase(cases[0]));
      for (const found of evaluate(gradients, widen(values)))
        expect(found.every((x) => x === 0)).toBe(true);
    });
  }
});

describe("slices that cut a tensor apart", () => {
  const x = placeholder("cut", [2, 6]);
  const part = (from: number, to: number) => slice(x, [0, from], [2, to]);
  const given = new Map([["cut", Float64Array.from({ length: 12 }, (_, i) => i + 1)]]);
  const gradientOver = (parts: readonly Tensor[]) => {
    const loss = parts.reduce(
      (total, one, i) => add(total, multiply(sum(square(one)), i + 1)),
      constant(0),
    );
    const [dx] = gradient(loss, [x]);
    const ops = nodesOf({ outputs: { dx } }).map(({ op }) => op);
    return { ops, found: Array.from(evaluate([dx], given)[0]) };
  };
  const expected = (factors: readonly number[]) =>
    [...(given.get("cut") ?? [])].map((v, i) => 2 * v * factors[i % 6]);

  it("are laid side by side again", () => {
    const { ops, found } = gradientOver([part(4, 6), part(0, 1), part(1, 4)]);
    expect(ops).toContain("concatenate");
    expect(ops).not.toContain("pad");
    expect(found).toEqual(expected([2, 3, 3, 3, 1, 1]));
  });

  it.each([
    ["overlap", [part(0, 4), part(3, 6)], [1, 1, 1, 3, 2, 2]],
    ["leave a gap", [part(0, 2), part(3, 6)], [1, 1, 0, 2, 2, 2]],
    ["stop short", [part(0, 2), part(2, 5)], [1, 1, 2, 2, 2, 0]],
  ])("are added up where they %s", (_, parts, factors) => {
    expect(gradientOver(parts).found).toEqual(expected(factors));
  });
});

describe("whole networks", () => {
  it.each([residualNetwork(), transformerNetwork()])("$name", ({ spec, owned, inputs }) => {
    const point = widen({ ...owned, ...inputs(0) });
    // Momentum starts at 0, so that its first value is the gradient.
    const momenta = (spec.updates ?? []).flatMap(([{ node }, next]) => {
      const name = node.op === "placeholder" ? node.attributes.name : "";
      return name.endsWith("/momentum") ? [{ name: name.replace("/momentum", ""), next }] : [];
    });
    const found = evaluate(
      momenta.map(({ next }) => next),
      point,
    );
    for (const [t, { name }] of momenta.entries()) {
      expectSlopes(found[t], { loss: spec.outputs.loss, point, name, elements: 3, limit: 1e-6 });
    }
  });
});

describe("at kinks", () => {
  it.each<[string, (x: Tensor) => Tensor, number[], number[]]>([
    ["relu is flat at 0", relu, [-1, 0, 2], [0, 0, 1]],
    ["equal operands share a maximum", (x) => maximum(x, 1), [0, 1, 2], [0, 0.5, 1]],
    ["equals share a maximum over an axis", (x) => max(x), [2, 1, 2, 2], [1 / 3, 0, 1 / 3, 1 / 3]],
    ["the root is steep at 0", sqrt, [0, 4], [Infinity, 0.25]],
    ["stopGradient", (x) => multiply(x, stopGradient(x)), [3, -2], [3, -2]],
    ["the first of equals in a window", pooled, [5, 5, 1, 5], [1, 0, 0, 0]],
    ["a comparison chooses, without a share", (x) => select(greater(x, 0), x, 0), [-1, 2], [0, 1]],
    ["equality is flat", (x) => equal(x, 2), [1, 2], [0, 0]],
  ])("%s", (_name, f, at, expected) => {
    const x = placeholder("x", [at.length]);
    const [dx] = gradient(sum(f(x)), [x]);
    const [found] = evaluate([dx], new Map([["x", Float64Array.from(at)]]));
    expect([...found]).toEqual(expected);
  });
});

describe("gradient", () => {
  const x = placeholder("x", [2, 3]);

  it("is zeros for what the loss does not depend on", () => {
    const other = parameter("other", [4]);
    const [dother] = gradient(sum(x), [other]);
    expect(dother).toBe(constant(0, [4]));
  });

  it("adds up over all uses", () => {
    const w = placeholder("w", []);
    const loss = add(multiply(w, w), multiply(multiply(w, w), w));
    const [dw] = gradient(loss, [w]);
    expect([...evaluate([dw], new Map([["w", Float64Array.of(2)]]))[0]]).toEqual([2 * 2 + 3 * 4]);
  });

  it("differentiates by a tensor in the middle", () => {
    const middle = multiply(x, 3);
    const [dmiddle, dx] = gradient(sum(multiply(middle, middle)), [middle, x]);
    const values = new Map([["x", Float64Array.of(1, 2, 3, 4, 5, 6)]]);
    const found = evaluate([dmiddle, dx], values);
    expect([...found[0]]).toEqual([6, 12, 18, 24, 30, 36]);
    expect([...found[1]]).toEqual([18, 36, 54, 72, 90, 108]);
  });

  it("by the loss itself is 1", () => {
    const loss = sum(x);
    expect(gradient(loss, [loss])[0]).toBe(constant(1));
  });

  it("does no work below what no target reaches", () => {
    const images = placeholder("images", [2, 3, 6, 6]);
    const weight = parameter("weight", [4, 3, 3, 3]);
    const [dw] = gradient(sum(convolution(images, weight)), [weight]);
    const ops = nodesOf({ outputs: { dw } }).map(({ op }) => op);
    expect(ops).toContain("convolutionWeightGradient");
    expect(ops).not.toContain("convolutionDataGradient");
  });

  it("passes through no op that no target lies below, differentiable or not", () => {
    const { mean } = batchNorm(x, constant(1, [3]), constant(0, [3]));
    const w = parameter("w", [3]);
    expect(() => gradient(sum(multiply(mean, w)), [w])).not.toThrow();
  });

  it("refuses the statistics of batch norm: they feed running averages", () => {
    const { y, mean, variance } = batchNorm(x, constant(1, [3]), constant(0, [3]));
    for (const loss of [sum(mean), sum(variance), add(sum(y), sum(mean))]) {
      expect(problemOf(() => gradient(loss, [x]))).toMatchObject({
        code: "engine/not-differentiable",
        values: { op: "batchNorm", reason: "statistics" },
      });
    }
  });

  it("refuses a loss that is no scalar", () => {
    expect(problemOf(() => gradient(x, [x]))).toMatchObject({
      code: "engine/loss-not-scalar",
      values: { shape: "[2, 3]" },
    });
  });

  it("refuses whole numbers as targets", () => {
    const indexes = placeholder("indexes", [2], { dtype: "i32" });
    expect(problemOf(() => gradient(sum(x), [indexes])).values.reason).toBe("integers");
  });
});

function compareWithDifferences(example: Case): void {
  const { loss, targets, gradients, values } = gradientOf(example, buildCase(example));
  const point = widen(values);
  const found = evaluate(gradients, point);
  for (const [t, { node, shape }] of targets.entries()) {
    const name = node.op === "placeholder" ? node.attributes.name : "";
    expect(gradients[t].shape).toEqual(shape);
    expectSlopes(found[t], { loss, point, name, elements: 16, limit: 1e-7 });
  }
}

/** Each element of small inputs, a drawn choice of large ones: (f(x + h) − f(x − h)) / 2h. */
function expectSlopes(
  found: Float64Array,
  {
    loss,
    point,
    name,
    elements,
    limit,
  }: {
    loss: Tensor;
    point: ReadonlyMap<string, Float64Array>;
    name: string;
    elements: number;
    limit: number;
  },
): void {
  const x = point.get(name) ?? new Float64Array();
  expect(found.length).toBe(x.length);
  const slopes = chosen(x.length, elements).map((i) => {
    const step = STEP * Math.max(1, Math.abs(x[i]));
    const at = (value: number) => evaluate([loss], withValue(point, name, { i, value }))[0][0];
    return { i, slope: (at(x[i] + step) - at(x[i] - step)) / (2 * step) };
  });
  const size = Math.max(1e-3, ...slopes.map(({ slope }) => Math.abs(slope)));
  for (const { i, slope } of slopes) {
    expect(Math.abs(found[i] - slope) / size, `${name}[${i}]`).toBeLessThan(limit);
  }
}

function chosen(length: number, elements: number): number[] {
  if (length <= elements) return Array.from({ length }, (_, i) => i);
  const key = keyFromSeed(1);
  return Array.from({ length: elements }, (_, i) => integer(fork(key, i), length));
}

function withValue(
  point: ReadonlyMap<string, Float64Array>,
  name: string,
  { i, value }: { i: number; value: number },
): Map<string, Float64Array> {
  return new Map(point).set(name, (point.get(name) ?? new Float64Array()).with(i, value));
}

function widen(values: Readonly<Record<string, ArrayLike<number>>>): Map<string, Float64Array> {
  return new Map(Object.entries(values).map(([name, x]) => [name, Float64Array.from(x)]));
}

function pooled(x: Tensor): Tensor {
  return maxPool(reshape(x, [1, 1, 2, 2]), { kernel: [2, 2] }).y;
}

function problemOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
