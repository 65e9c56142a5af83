/** Memory over many programs and many runs. */
import { describe, it } from "vitest";
import { onednnExecutor } from "../../../src/engine/index.ts";
import { expectNoGrowth } from "../growth.ts";
import { available } from "./libraries.ts";

/** One thread where that is enough: two wait for each other thousands of times, long on a busy machine. */
const loads = [
  { programs: 500, runs: 2, threads: 1 },
  { programs: 1, runs: 1000, threads: 2 },
];

describe.each(available)("$name", ({ path: library }) => {
  it.each(loads)(
    "$programs programs of $runs runs leave memory as it was",
    { timeout: 600_000 },
    async ({ threads, ...load }) => {
      const executor = await onednnExecutor({ library, threads, precision: "f32" });
      await expectNoGrowth(executor, { warm: 100, ...load });
    },
  );
});
