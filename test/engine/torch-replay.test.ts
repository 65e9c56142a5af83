/** Which earlier plans the executor `torch` follows again. */
import { expect, it } from "vitest";
import { checkReplay } from "../../src/engine/executors/torch/replay.ts";

const plan = {
  executor: "torch",
  version: "2.15.0",
  threads: 2,
  nodes: { add: { plain: 1, "with a factor": 2 }, relu: { f32: 1 } },
};

it("follows the same plan, in whatever order its names were kept", () => {
  const { nodes, ...rest } = plan;
  const turned = { nodes: { relu: nodes.relu, add: { "with a factor": 2, plain: 1 } }, ...rest };
  expect(() => checkReplay(turned, plan)).not.toThrow();
});

it.each([
  [{ ...plan, version: "2.14.0" }, 'version "2.14.0" → "2.15.0"'],
  [{ ...plan, threads: 1 }, "threads 1 → 2"],
  [{ ...plan, nodes: { ...plan.nodes, relu: { bf16: 1 } } }, "nodes"],
  [{ ...plan, block: 16 }, "block 16 → –"],
  ["none", 'executor – → "torch"'],
])("does not follow %j", (earlier, reason) => {
  const differs = expect.objectContaining({ code: "engine/plan-differs", values: { reason } });
  expect(() => checkReplay(earlier, plan)).toThrow(differs);
});
