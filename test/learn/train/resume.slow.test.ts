/** Ten random kill points in one training: each life ends without a word, the next one resumes. */
import { afterAll, expect, test } from "vitest";
import { keyFromSeed, uniform } from "../../../src/base/index.ts";
import { ortExecutor } from "../../../src/engine/executors/ort/index.ts";
import { backbone } from "../../../src/learn/backbones/index.ts";
import { type MetricsRow, train } from "../../../src/learn/train/index.ts";
import { picturesOf, recorder, timeless, tiny } from "./tiny.ts";

const executor = await ortExecutor({ threads: 2 });
afterAll(() => executor.dispose());

const change = {
  executor,
  backbone: backbone("res-2-16"),
  pictures: picturesOf(50),
  batch: 8,
  duration: { epochs: 10 },
  saveEvery: { steps: 3 },
};

test("ends at the same bits and leaves each step's row once", async () => {
  const whole = recorder();
  const expected = await train(tiny({ ...change, ...whole.hooks }));
  expect(expected.steps).toBe(60);

  const kills = [...uniform(keyFromSeed(11), 10)]
    .map((u) => Math.floor(u * 60))
    .sort((a, b) => a - b);
  let rows: MetricsRow[] = [];
  let last: { step: number; bytes: Uint8Array } | undefined;
  for (const kill of kills) {
    const life = recorder();
    const onMetrics = (row: MetricsRow) => {
      rows.push(row);
      if (row.step === kill) throw new Error("killed");
    };
    const resume = last && { resumeFrom: { bytes: last.bytes, file: "checkpoint" } };
    const killed = train(tiny({ ...change, ...life.hooks, onMetrics, ...resume }));
    await expect(killed).rejects.toThrow("killed");
    last = life.saved[life.saved.length - 1] ?? last;
    // What app does with metrics.jsonl: rows after the checkpoint belong to a life that is lost.
    rows = rows.filter(({ step }) => step < (last?.step ?? 0));
  }
  const end = recorder();
  const onMetrics = (row: MetricsRow) => void rows.push(row);
  const resumeFrom = { bytes: last?.bytes ?? new Uint8Array(), file: "checkpoint" };
  const found = await train(tiny({ ...change, ...end.hooks, onMetrics, resumeFrom }));
  expect(found.values).toEqual(expected.values);
  expect(rows.map(timeless)).toEqual(whole.rows.map(timeless));
});
