/** A thousand steps and a hundred programs of a residual network leave memory as it was. */
import { expect, it } from "vitest";
import { torchExecutor } from "../../src/engine/index.ts";
import { residualNetwork } from "./networks.ts";
import { withTorch } from "./torch-library.ts";
import { residentAfter } from "./torch-memory.ts";

withTorch((library) => {
  it("keeps no memory of a thousand steps and a hundred programs", async () => {
    const executor = await torchExecutor({ library, threads: 1 });
    const { spec, inputs } = residualNetwork();
    const load = { spec, inputs: inputs(0), steps: 1000, programs: 100 };
    const grown = await residentAfter(executor, load);
    await executor.dispose();
    // A handle that stays is 100 bytes and more, of some 400 in a step: 40 MB in a thousand.
    expect(grown).toBeLessThan(16 * 2 ** 20);
  }, 600_000);
});
