/** A hundred programs, and a thousand runs of one, leave memory as it was. */
import { it } from "vitest";
import { ortExecutor } from "../../src/engine/index.ts";
import { expectNoGrowth, usualLoads } from "./growth.ts";

it.each(usualLoads)(
  "$programs programs of $runs runs leave memory as it was",
  { timeout: 600_000 },
  async (load) => {
    await expectNoGrowth(await ortExecutor({ threads: 2 }), load);
  },
);
