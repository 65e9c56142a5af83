/** What the executor `torch` issues for the outputs that are asked for. */
import { expect, it } from "vitest";
import { type Call, readsOf } from "../../src/engine/executors/torch/call.ts";
import { planOf } from "../../src/engine/executors/torch/plan.ts";
import {
  constant,
  exp,
  multiply,
  type ProgramSpec,
  parameter,
  placeholder,
  subtract,
  sum,
} from "../../src/engine/index.ts";

const dtypes = { f32: 6, i32: 3, bf16: 15 };

/** An update by x, a loss that the update needs nothing of, and a norm that needs an exponential. */
function spec(): ProgramSpec {
  const w = parameter("w", [4]);
  const x = placeholder("x", [4]);
  const next = subtract(w, multiply(x, constant(0.1)));
  return {
    outputs: { loss: sum(multiply(w, x)), norm: sum(exp(x)) },
    updates: [[w, next]],
  };
}

const nameOf = (call: Call) => (call.kind === "operator" ? call.name : "subtraction");

it("issues what updates and the outputs that are asked for need, and nothing else", () => {
  const { stepsFor } = planOf(spec(), { precision: "f32", dtypes });
  const names = (outputs: readonly string[]) => stepsFor(outputs).map(({ call }) => nameOf(call));
  expect(names([])).toEqual(["subtraction"]);
  expect(names(["loss"])).not.toContain("aten::exp");
  expect(names(["norm"])).toContain("aten::exp");
  expect(new Set(names(["loss", "norm"]))).toEqual(
    new Set([...names(["loss"]), ...names(["norm"])]),
  );
});

it("keeps what outlives a run, and lets go of the rest where it is read last", () => {
  const plan = planOf(spec(), { precision: "f32", dtypes });
  const [w, x] = ["w", "x"].map((name) => plan.placeholders.get(name));
  for (const outputs of [[], ["loss"], ["norm"], ["loss", "norm"]]) {
    const steps = plan.stepsFor(outputs);
    const released = steps.flatMap(({ call, done }) => [...done, ...givenAway(call)]);
    expect(new Set(released).size).toBe(released.length);
    expect(released).toContain(x);
    expect(released).not.toContain(w);
    const last = steps.findLastIndex(({ call }) => readsOf(call).includes(x ?? -1));
    expect([...steps[last].done, ...givenAway(steps[last].call)]).toContain(x);
  }
});

/** Slots whose handle an operator takes. */
function givenAway(call: Call): number[] {
  if (call.kind === "subtraction") return [];
  return call.arguments.flatMap((argument) =>
    argument.kind === "tensor" && argument.last ? [argument.slot] : [],
  );
}
