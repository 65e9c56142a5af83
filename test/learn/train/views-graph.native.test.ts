/** The same cases on the executor `ort`, in float32. */
import { expect, test } from "vitest";
import { ortExecutor } from "../../../src/engine/index.ts";
import { viewsCases, viewsDifference } from "./views-cases.ts";

test.each(viewsCases)("$name, on ort", async (which) => {
  const executor = await ortExecutor({ threads: 2 });
  try {
    // Weights of a band come from float32 positions: a few units in the last place of a side.
    expect(await viewsDifference(executor, which)).toBeLessThan(3e-5);
  } finally {
    await executor.dispose();
  }
});
