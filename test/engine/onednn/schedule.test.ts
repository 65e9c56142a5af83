/** The order of units: what frees memory first, updates after everything else. */
import { describe, expect, it } from "vitest";
import { nodesIn, schedule } from "../../../src/engine/executors/onednn/schedule.ts";
import { unitsOf } from "../../../src/engine/executors/onednn/units.ts";
import {
  add,
  convolution,
  gradient,
  multiply,
  type ProgramSpec,
  parameter,
  placeholder,
  relu,
  state,
  subtract,
  sum,
  type Tensor,
} from "../../../src/engine/index.ts";
import { residualNetwork } from "../networks.ts";

const layers = 4;

/** Convolutions and rectifiers, one after the other, trained with momentum. */
function chain(): ProgramSpec {
  const weights = Array.from({ length: layers }, (_, i) => parameter(`w${i}`, [8, 8, 3, 3]));
  let h: Tensor = placeholder("x", [4, 8, 16, 16]);
  for (const w of weights) h = relu(convolution(h, w, { padding: [1, 1] }));
  const loss = sum(multiply(h, placeholder("dy", h.shape)));
  const updates = gradient(loss, weights).flatMap((dw, i) => {
    const momentum = state(`m${i}`, weights[i].shape);
    const next = add(multiply(momentum, 0.9), dw);
    return [
      [momentum, next] as const,
      [weights[i], subtract(weights[i], multiply(next, 0.1))] as const,
    ];
  });
  return { outputs: { loss }, updates };
}

const order = (spec: ProgramSpec) => schedule(unitsOf(spec), spec);
const ops = (spec: ProgramSpec) => order(spec).map(({ unit }) => nodesIn(unit).map(({ op }) => op));

describe("a chain of convolutions", () => {
  const found = ops(chain());
  const gradients = found
    .flat()
    .filter((op) => op === "convolutionDataGradient" || op === "convolutionWeightGradient");

  it("computes each weight's gradient before the next data gradient, and frees what it needed", () => {
    const pair = ["convolutionWeightGradient", "convolutionDataGradient"];
    const expected = Array.from({ length: layers - 1 }, () => pair).flat();
    expect(gradients).toEqual([...expected, "convolutionWeightGradient"]);
  });
});

describe("updates", () => {
  it.each([
    ["of a chain", chain()],
    ["of a network", residualNetwork().spec],
  ])("%s run after all that can fail", (_, spec) => {
    const lasts = order(spec).map(({ last }) => last);
    const first = lasts.indexOf(true);
    expect(first).toBeGreaterThan(0);
    expect(lasts.slice(first).every(Boolean)).toBe(true);
    const kinds = order(spec)
      .slice(first)
      .map(({ unit }) => unit.kind);
    expect(new Set(kinds)).toEqual(new Set(["loop"]));
  });

  it("whose value is also given do not wait", () => {
    const [a, x] = [parameter("a", [4]), placeholder("x", [4])];
    const next = add(a, x);
    const both = order({ outputs: { next }, updates: [[a, next]] });
    const alone = order({ outputs: {}, updates: [[a, next]] });
    expect(both.some(({ last }) => last)).toBe(false);
    expect(alone.at(-1)?.last).toBe(true);
  });
});
