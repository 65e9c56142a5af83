/** Memory over many programs and many runs. */
import { describe, it } from "vitest";
import { onednnExecutor } from "../../../src/engine/index.ts";
import { expectNoGrowth } from "../growth.ts";
import { available } from "./libraries.ts";

describe.each(available)("$name", ({ path: library }) => {
  it.each([
    { programs: 500, runs: 2 },
    { programs: 1, runs: 1000 },
  ])(
    "$programs programs of $runs runs leave memory as it was",
    { timeout: 600_000 },
    async (load) => {
      // Two threads wait for each other thousands of times, on a busy machine for minutes.
      const executor = await onednnExecutor({ library, threads: 1, precision: "f32" });
      await expectNoGrowth(executor, { warm: 100, ...load });
    },
  );
});
