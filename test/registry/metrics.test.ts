/** `metrics.jsonl` after interruptions: no doubled step, no torn line. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openMetrics, readMetrics } from "../../src/registry/index.ts";

const folder = mkdtempSync(join(tmpdir(), "metrics-"));
afterAll(() => rmSync(folder, { recursive: true }));

const steps = (file: string) => readMetrics(file).map(({ step }) => step);

describe("metrics", () => {
  it("go on after the checkpoint's step, dropping what will come again and a torn line", () => {
    const file = join(folder, "a.jsonl");
    {
      using log = openMetrics(file);
      for (let step = 0; step < 10; step++) log.append({ step, loss: step / 2 });
    }
    appendFileSync(file, '{"step":10,"lo');
    expect(steps(file)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    {
      using log = openMetrics(file, { fromStep: 6 });
      for (let step = 6; step < 9; step++) log.append({ step, loss: 0, again: true });
    }
    expect(steps(file)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(readMetrics(file)[6]).toEqual({ step: 6, loss: 0, again: true });
    expect(readFileSync(file, "utf8").split("\n")).toHaveLength(10);
  });

  it("lose a torn line also when they are opened without a step, and store NaN as null", () => {
    const file = join(folder, "b.jsonl");
    appendFileSync(file, '{"step":1}\n{"ste');
    using log = openMetrics(file);
    log.append({ step: 2, loss: Number.NaN });
    log.sync();
    expect(readFileSync(file, "utf8")).toBe('{"step":1}\n{"step":2,"loss":null}\n');
  });

  it("are none where there is no file", () => {
    expect(readMetrics(join(folder, "absent.jsonl"))).toEqual([]);
  });
});
