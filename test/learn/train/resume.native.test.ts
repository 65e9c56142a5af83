/** On ONNX Runtime too, interrupted and resumed training ends at the same bits. */
import { afterAll, describe, expect, test } from "vitest";
import { ortExecutor } from "../../../src/engine/executors/ort/index.ts";
import { backbone } from "../../../src/learn/backbones/index.ts";
import { method } from "../../../src/learn/methods/index.ts";
import { train } from "../../../src/learn/train/index.ts";
import { picturesOf, recorder, timeless, tiny } from "./tiny.ts";

const executor = await ortExecutor({ threads: 2 });
afterAll(() => executor.dispose());

describe("training on ONNX Runtime", () => {
  test.each(["simclr", "vicreg"] as const)("%s resumes bit for bit", async (name) => {
    const change = { executor, method: method(name), backbone: backbone("res-1-16") };
    const whole = recorder();
    const expected = await train(tiny({ ...change, ...whole.hooks, saveEvery: { steps: 1 } }));
    for (const { step, bytes } of [whole.saved[1], whole.saved[4]]) {
      const rest = recorder();
      const resumeFrom = { bytes, file: "checkpoint" };
      const found = await train(tiny({ ...change, ...rest.hooks, resumeFrom }));
      expect(found.values).toEqual(expected.values);
      expect(rest.rows.map(timeless)).toEqual(whole.rows.slice(step).map(timeless));
    }
  });

  test("agrees with the reference executor, step after step", async () => {
    const [reference, ort] = [recorder(), recorder()];
    const change = { pictures: picturesOf(14), rate: 0.01, duration: { epochs: 1 } };
    await train(tiny({ ...change, ...reference.hooks }));
    await train(tiny({ ...change, ...ort.hooks, executor }));
    for (const [i, row] of reference.rows.entries()) {
      // Float32 against float64: batch norm over few numbers and three updates amplify rounding.
      for (const term of ["loss", "invariance", "regularisation", "deviation"] as const) {
        expect(ort.rows[i][term]).toBeCloseTo(row[term], 3);
      }
    }
  });
});
