/** Which nodes are executed as one, and that no grouping waits for itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inputsOf, nodesIn, schedule } from "../../../src/engine/executors/onednn/schedule.ts";
import { type Unit, unitsOf } from "../../../src/engine/executors/onednn/units.ts";
import {
  add,
  convolution,
  divide,
  exp,
  log,
  matmul,
  multiply,
  type Node,
  negate,
  nodesOf,
  type ProgramSpec,
  parameter,
  placeholder,
  relu,
  reshape,
  sqrt,
  sum,
  type Tensor,
  tanh,
} from "../../../src/engine/index.ts";
import { residualNetwork, transformerNetwork } from "../networks.ts";
import { randomSpec } from "./random-graphs.ts";

const x = placeholder("x", [2, 3]);
const shown = (spec: ProgramSpec) =>
  unitsOf(spec)
    .map(
      (unit) =>
        `${unit.kind} ${nodesIn(unit)
          .map((node) => node.op)
          .join(" ")}`,
    )
    .filter((text) => !/^node (placeholder|constant)$/.test(text));
const of = (...outputs: readonly Tensor[]): ProgramSpec => ({
  outputs: Object.fromEntries(outputs.map((output, i) => [`y${i}`, output])),
});

describe("loops", () => {
  it("take elementwise nodes of one shape together", () => {
    expect(shown(of(tanh(negate(exp(x)))))).toEqual(["loop exp negate tanh"]);
  });
  it("take reductions of their own values along", () => {
    const y = exp(x);
    expect(shown(of(y, sum(y, [1])))).toEqual(["loop exp sum"]);
  });
  it("end at a reduction: what needs its result is a loop behind it", () => {
    const y = exp(x);
    const normed = divide(y, sum(y, [1], { keepDimensions: true }));
    expect(shown(of(log(normed)))).toEqual(["loop exp sum", "loop divide log"]);
  });
  it("become one where a node joins them", () => {
    expect(shown(of(add(exp(x), sqrt(placeholder("other", [2, 3])))))).toEqual([
      "loop exp sqrt add",
    ]);
  });
  it("stay apart where shapes differ", () => {
    expect(shown(of(exp(x), exp(placeholder("other", [3, 2]))))).toEqual(["loop exp", "loop exp"]);
  });
  it("leave large rectifiers and sums behind primitives to primitives", () => {
    const picture = placeholder("picture", [16, 16, 16, 16]);
    const y = convolution(picture, parameter("w", [16, 16, 1, 1]));
    expect(shown(of(relu(y), sum(y, [2, 3])))).toEqual([
      "node convolution",
      "node relu",
      "node sum",
    ]);
  });
});

describe("a grouping that would wait for itself", () => {
  it("is not made around a product's bias", () => {
    const t = exp(placeholder("bias", [3]));
    const y = add(matmul(x, parameter("w", [3, 3])), t);
    const spec = of(add(t, sum(y, [0])));
    expect(orderOf(spec)).toHaveLength(unitsOf(spec).length);
    expect(shown(spec)).toContain("loop exp");
  });

  it("is not made around the summand of a rectified sum", () => {
    const [n, c] = [1, 2];
    const a = placeholder("a", [n, c, 2, 2]);
    const flat = exp(placeholder("flat", [n * c * 4]));
    const joined = relu(add(a, reshape(flat, [n, c, 2, 2])));
    const spec = of(multiply(flat, reshape(joined, [n * c * 4])));
    expect(orderOf(spec)).toHaveLength(unitsOf(spec).length);
  });

  it("is found in no random program", () => {
    fc.assert(fc.property(randomSpec, sound), { numRuns: 300 });
  });

  it.each([residualNetwork(), transformerNetwork()])("is not in $name", ({ spec }) => sound(spec));
});

/** Every node is in one unit, every unit is run, and only after what it takes. */
function sound(spec: ProgramSpec): void {
  const units = unitsOf(spec);
  const members = units.flatMap((unit) => nodesIn(unit));
  expect(new Set(members).size).toBe(members.length);
  expect(new Set(members)).toEqual(new Set(nodesOf(spec)));
  const order = orderOf(spec);
  expect(order).toHaveLength(units.length);
  const done = new Set<Node>();
  for (const unit of order) {
    for (const { node } of inputsOf(unit)) expect(done.has(node), node.op).toBe(true);
    const inside = nodesIn(unit);
    for (const [i, node] of inside.entries()) {
      const later = new Set<Node>(inside.slice(i));
      expect(
        node.inputs.some((edge) => later.has(edge.node)),
        "inputs before users",
      ).toBe(false);
      done.add(node);
    }
  }
}

function orderOf(spec: ProgramSpec): readonly Unit[] {
  return schedule(unitsOf(spec), spec).map(({ unit }) => unit);
}
