/** The same cases on executors in float32; on PyTorch, also a training as the product does it on devices. */
import { expect, test } from "vitest";
import { ortExecutor, torchExecutor } from "../../../src/engine/index.ts";
import { adjustPair, simclrRecipe } from "../../../src/learn/augment/index.ts";
import { train } from "../../../src/learn/train/index.ts";
import { device, withTorch } from "../../engine/torch-library.ts";
import { recorder, tiny } from "./tiny.ts";
import { viewsCases, viewsDifference } from "./views-cases.ts";

/** Weights of a band come from float32 positions: a few units in the last place of a side. */
const limit = 3e-5;

test.each(viewsCases)("$name, on ort", async (which) => {
  const executor = await ortExecutor({ threads: 2 });
  try {
    expect(await viewsDifference(executor, which)).toBeLessThan(limit);
  } finally {
    await executor.dispose();
  }
});

withTorch((library) => {
  test.each(viewsCases)("$name, on torch", async (which) => {
    const executor = await torchExecutor({ library, device, threads: 1 });
    try {
      expect(await viewsDifference(executor, which)).toBeLessThan(limit);
    } finally {
      await executor.dispose();
    }
  });

  test("views made in the step, any way up, train as those of the host, losses read now and then", async () => {
    const recipes = adjustPair(simclrRecipe({ size: 8 }), { flip: "both", turns: "quarter" });
    const [host, aside] = [recorder(), recorder()];
    const expected = await train(tiny({ ...host.hooks, recipes }));
    const executor = await torchExecutor({ library, device, threads: 1 });
    try {
      const there = { augment: "device", readEvery: 4 } as const;
      const found = await train(tiny({ ...aside.hooks, ...there, recipes, executor }));
      expect(found.outcome).toBe("finished");
      expect(aside.rows.length).toBeLessThan(host.rows.length);
      for (const { step, loss } of aside.rows) {
        expect(loss, `step ${step}`).toBeCloseTo(host.rows[step].loss, 3);
      }
      expect(found.configuration).toMatchObject({ augment: "device" });
      expect(expected.configuration).not.toHaveProperty("augment");
    } finally {
      await executor.dispose();
    }
  });
});
