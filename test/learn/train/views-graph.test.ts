/** Views as a graph equal views as the host applies them. */
import { expect, test } from "vitest";
import { referenceExecutor } from "../../../src/engine/index.ts";
import { viewsCases, viewsDifference } from "./views-cases.ts";

test.each(viewsCases)("$name, on the reference executor", async (which) => {
  expect(await viewsDifference(referenceExecutor(), which)).toBeLessThan(1e-5);
});
