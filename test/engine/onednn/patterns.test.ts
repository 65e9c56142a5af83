/** Which groups of nodes go to one primitive, and what keeps a group from being one. */
import { describe, expect, it } from "vitest";
import { type Pattern, patternsOf } from "../../../src/engine/executors/onednn/patterns.ts";
import { usesOf } from "../../../src/engine/executors/onednn/units.ts";
import {
  add,
  batchNorm,
  batchNormInference,
  constant,
  convolution,
  gradient,
  matmul,
  multiply,
  nodesOf,
  type ProgramSpec,
  parameter,
  placeholder,
  relu,
  sum,
  type Tensor,
} from "../../../src/engine/index.ts";

const x = placeholder("x", [2, 4, 8, 8]);
const other = placeholder("other", [2, 4, 8, 8]);
const [scale, shift, mean, variance] = ["scale", "shift", "mean", "variance"].map((name) =>
  parameter(name, [4]),
);
const w = parameter("w", [4, 4, 3, 3]);
const convolved = convolution(x, w, { padding: [1, 1] });
const inferred = (from: Tensor) => batchNormInference(from, { scale, shift, mean, variance });

const specOf = (...outputs: readonly Tensor[]): ProgramSpec => ({
  outputs: Object.fromEntries(outputs.map((output, i) => [`y${i}`, output])),
});
function found(...outputs: readonly Tensor[]): Pattern[] {
  const spec = specOf(...outputs);
  return [...new Set(patternsOf(nodesOf(spec), usesOf(spec)).values())];
}
const shown = (...outputs: readonly Tensor[]) =>
  found(...outputs).map(({ kind, nodes }) => `${kind}: ${nodes.map(({ op }) => op).join(" ")}`);

describe("batch norm and the rectifier behind it", () => {
  const { y } = batchNorm(x, scale, shift);
  it("are one", () => {
    expect(shown(relu(y))).toEqual(["batchNormRelu: batchNorm relu"]);
  });
  it("are two where the norm's own result is wanted", () => {
    expect(shown(relu(y), y)).toEqual([]);
    expect(shown(relu(y), multiply(y, 2))).toEqual([]);
  });
  it("have one gradient", () => {
    const [dx] = gradient(sum(multiply(relu(y), other)), [x]);
    expect(shown(dx)).toEqual([
      "batchNormRelu: batchNorm relu",
      "batchNormReluGradient: greater select batchNormGradient",
    ]);
  });
  it("have two gradients where the masked one is also wanted by itself", () => {
    const before = batchNorm(x, scale, shift).y;
    const [dx, dy] = gradient(sum(multiply(relu(before), other)), [x, before]);
    expect(shown(dx, dy)).not.toContain("batchNormReluGradient: greater select batchNormGradient");
  });
});

describe("a sum and the rectifier behind it", () => {
  it("are one for pictures of one shape", () => {
    expect(shown(relu(add(x, other)))).toEqual(["addRelu: add relu"]);
  });
  it("are none where the sum is wanted, is of one value twice, or is broadcast", () => {
    const both = add(x, other);
    expect(shown(relu(both), both)).toEqual([]);
    expect(shown(relu(add(x, x)))).toEqual([]);
    expect(shown(relu(add(x, placeholder("row", [8]))))).toEqual([]);
  });
});

describe("a product", () => {
  const [a, b] = [placeholder("a", [5, 3]), parameter("b", [3, 4])];
  it("takes a bias or a constant factor along, on either side", () => {
    const kind = (y: Tensor) => found(y)[0];
    expect(kind(add(matmul(a, b), scale))).toMatchObject({ kind: "product", bias: scale });
    expect(kind(add(scale, matmul(a, b)))).toMatchObject({ kind: "product", bias: scale });
    expect(kind(multiply(0.5, matmul(a, b)))).toMatchObject({ kind: "product", factor: 0.5 });
  });
  it("takes no bias along another axis, no matrix, no factor that is not known", () => {
    const product = matmul(a, b);
    expect(shown(add(product, placeholder("column", [5, 1])))).toEqual([]);
    expect(shown(add(product, placeholder("matrix", [5, 4])))).toEqual([]);
    expect(shown(multiply(product, placeholder("factor", [])))).toEqual([]);
    expect(shown(multiply(product, constant([1, 2, 3, 4], [4])))).toEqual([]);
  });
  it("is left alone where it is wanted without them", () => {
    const product = matmul(a, b);
    expect(shown(add(product, scale), product)).toEqual([]);
  });
});

describe("at inference", () => {
  it("a convolution takes batch norm, summand and rectifier", () => {
    expect(shown(relu(add(inferred(convolved), other)))).toEqual([
      "foldedConvolution: convolution batchNormInference add relu",
    ]);
    expect(shown(relu(inferred(convolved)))).toEqual([
      "foldedConvolution: convolution batchNormInference relu",
    ]);
    expect(shown(inferred(convolved))).toEqual([
      "foldedConvolution: convolution batchNormInference",
    ]);
  });

  it("of a sum of two, one takes the other as its summand", () => {
    const short = inferred(convolution(x, parameter("v", [4, 4, 1, 1])));
    const all = found(relu(add(inferred(convolved), short)));
    expect(all.map(({ nodes }) => nodes.length).sort()).toEqual([2, 4]);
    const nodes = all.flatMap((one) => one.nodes);
    expect(new Set(nodes).size).toBe(nodes.length);
  });

  it("a sum without rectifier stays a sum", () => {
    expect(shown(add(inferred(convolved), other))).toEqual([
      "foldedConvolution: convolution batchNormInference",
    ]);
  });

  it("a convolution that others see too is not folded", () => {
    expect(shown(inferred(convolved), convolved)).toEqual([]);
  });
});
