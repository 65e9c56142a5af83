/** A training that cannot fit is refused before it starts, with the largest batch that would. */
import { describe, expect, test } from "vitest";
import { referenceExecutor } from "../../../src/engine/executors/reference/index.ts";
import { type Executor, placeholdersOf, sizeOf } from "../../../src/engine/index.ts";
import { train } from "../../../src/learn/train/index.ts";
import { requireMemory, trainingMemory } from "../../../src/learn/train/memory.ts";
import { settle } from "../../../src/learn/train/settings.ts";
import { problemOf } from "../../code-of.ts";
import { tiny } from "./tiny.ts";

/** Takes a thousand bytes and ten for every number of its inputs. */
const predicted: Executor = {
  ...referenceExecutor(),
  memoryOf: async (spec) =>
    placeholdersOf(spec)
      .filter(({ attributes }) => attributes.role === "input")
      .reduce((sum, { attributes }) => sum + 10 * sizeOf(attributes.shape), 1000),
};

const settings = settle(tiny({ batch: 12 }));

async function refused(call: Promise<unknown>) {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  return problemOf(() => {
    throw thrown;
  });
}

describe("memory of a training", () => {
  test("is the program's, two batches of views and scalars, and the weights once more", async () => {
    const [twelve, six] = await Promise.all(
      [12, 6].map((batch) => trainingMemory({ ...settings, batch }, predicted)),
    );
    // Six pictures less: twelve views of 3 · 8 · 8 numbers, ten bytes each and twice four.
    expect(twelve - six).toBe(12 * 3 * 64 * 18);
  });

  test("is taken from the graph where a library keeps it to itself", async () => {
    const known = await trainingMemory(settings, referenceExecutor());
    expect(known).toBeGreaterThan(2 * 4 * 24 * 3 * 64);
  });

  test("that just fits is let through; a byte less names the batch below", async () => {
    const need = await trainingMemory({ ...settings, batch: 7 }, predicted);
    await requireMemory({ ...settings, batch: 7 }, predicted, need);
    const { code, values } = await refused(requireMemory(settings, predicted, need));
    expect(code).toBe("train/memory-short");
    expect(values.fitting).toBe(7);
    const less = await refused(requireMemory(settings, predicted, need - 1));
    expect(less.values.fitting).toBe(6);
    expect((await refused(requireMemory(settings, predicted, 100))).values.fitting).toBe(0);
  });

  test("is looked at before anything is compiled", async () => {
    let compiled = 0;
    const executor: Executor = {
      ...predicted,
      compile(...given) {
        compiled++;
        return predicted.compile(...given);
      },
    };
    const { code } = await refused(train(tiny({ executor, memory: 1e4 })));
    expect(code).toBe("train/memory-short");
    expect(compiled).toBe(0);
    await train(tiny({ executor, memory: 1e9 }));
    expect(compiled).toBe(1);
  });
});
