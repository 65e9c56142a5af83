/** A plan that was kept is replayed by what made it, and refused by anything else. */
import { expect, test } from "vitest";
import { requireSamePlan } from "../../src/engine/executors/replay.ts";
import { parameter, referenceExecutor, relu } from "../../src/engine/index.ts";
import { problemOf } from "../code-of.ts";

const description = { executor: "ort", version: "1.30.0", threads: 2, block: 16 };

test("what decides the bits must be the same; what the plan holds besides is the executor's", () => {
  requireSamePlan(undefined, description);
  requireSamePlan({ ...description, nodes: [1, 2] }, description);
  const reasonOf = (plan: Parameters<typeof requireSamePlan>[0]) => {
    const { code, values } = problemOf(() => requireSamePlan(plan, description));
    expect(code).toBe("engine/plan-differs");
    return values.reason;
  };
  expect(reasonOf({ ...description, threads: 1 })).toBe("threads 1 → 2");
  expect(reasonOf({ ...description, version: "1.29.0", block: 8 })).toBe(
    "version 1.29.0 → 1.30.0, block 8 → 16",
  );
  expect(reasonOf({ executor: "reference" })).toContain("executor reference → ort");
  expect(reasonOf("nothing of ours")).toContain("executor – → ort");
});

test("the reference replays its own plan and refuses another's", async () => {
  const executor = referenceExecutor();
  const spec = { outputs: { y: relu(parameter("w", [2])) } };
  const { plan } = await executor.compile(spec);
  await executor.compile(spec, { plan });
  const refused = await executor.compile(spec, { plan: description }).catch((thrown) => thrown);
  expect(refused).toMatchObject({ code: "engine/plan-differs" });
});
