/** A hundred programs, and a thousand runs of one, leave memory as it was. */
import { it } from "vitest";
import { torchExecutor } from "../../src/engine/index.ts";
import { expectNoGrowth, usualLoads } from "./growth.ts";
import { withTorch } from "./torch-library.ts";

withTorch((library) => {
  it.each(usualLoads)(
    "$programs programs of $runs runs leave memory as it was",
    { timeout: 600_000 },
    async (load) => {
      await expectNoGrowth(await torchExecutor({ library, threads: 1 }), load);
    },
  );
});
