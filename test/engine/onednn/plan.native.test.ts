/** Choosing by measuring: kept, followed, refused. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/base/index.ts";
import { lower } from "../../../src/engine/executors/onednn/lower.ts";
import { arenaOf } from "../../../src/engine/executors/onednn/program.ts";
import {
  add,
  batchNorm,
  convolution,
  gradient,
  multiply,
  type OnednnOptions,
  onednnExecutor,
  type ProgramSpec,
  parameter,
  placeholder,
  subtract,
  sum,
} from "../../../src/engine/index.ts";
import { opening } from "./run.ts";

const library = "/usr/lib/x86_64-linux-gnu/libdnnl.so.2";
const there = existsSync(library);

function training(): ProgramSpec {
  const x = placeholder("x", [16, 32, 16, 16]);
  const weight = parameter("weight", [32, 32, 3, 3]);
  const y = convolution(x, weight, { padding: [1, 1] });
  return {
    outputs: { total: sum(y) },
    updates: [[weight, subtract(weight, add(weight, 1))]],
  };
}

function memoryStore() {
  const values = new Map<string, Json>();
  return {
    values,
    read: (key: string) => values.get(key),
    write: (key: string, value: Json) => void values.set(key, value),
  };
}

async function planOf(options: Partial<OnednnOptions>, plan?: Json): Promise<Record<string, Json>> {
  const executor = await onednnExecutor({ library, threads: 1, ...options });
  try {
    const program = await executor.compile(training(), plan === undefined ? {} : { plan });
    return program.plan as Record<string, Json>;
  } finally {
    await executor.dispose();
  }
}

describe.skipIf(!there)("the plan of oneDNN programs", () => {
  it("computes in float32 where a program must be exact, whatever the precision", async () => {
    const executor = await onednnExecutor({ library, threads: 1, precision: "bf16" });
    const x = placeholder("x", [64, 64]);
    const program = await executor.compile({ outputs: { y: add(x, x) } }, { exact: true });
    expect(program.plan).toMatchObject({ precision: "f32" });
    await executor.dispose();
  });

  it("is measured once, kept in the store and told", async () => {
    const tuning = memoryStore();
    const told: string[] = [];
    const onTuning: OnednnOptions["onTuning"] = ({ kind }) => told.push(kind);
    const first = await planOf({ tuning, onTuning });
    expect(told).toEqual(["begin", "end"]);
    expect(tuning.values.size).toBeGreaterThan(0);
    const again = await planOf({ tuning, onTuning });
    expect(told, "nothing is measured again").toEqual(["begin", "end"]);
    expect(again).toEqual(first);
  });

  it("is followed against what was measured", async () => {
    const tuning = memoryStore();
    const plan = await planOf({ tuning, precision: "f32" });
    const choices = plan.choices as Record<string, string>;
    const [key] = Object.keys(choices);
    const other = choices[key] === "direct f32" ? "winograd by products" : "direct f32";
    for (const stored of tuning.values.keys()) {
      if (stored.includes(`: ${key}: `)) tuning.values.set(stored, other);
    }
    expect((await planOf({ tuning, precision: "f32" })).choices).toEqual({ [key]: other });
    expect(await planOf({ tuning, precision: "f32" }, plan)).toEqual(plan);
  });

  it.each<[string, (plan: Record<string, Json>) => Json]>([
    ["executor", () => ({ executor: "ort" })],
    ["oneDNN", (plan) => ({ ...plan, version: "1.0.0" })],
    ["threads", (plan) => ({ ...plan, threads: 7 })],
    ["unit", (plan) => ({ ...plan, units: ["another"] })],
  ])("is refused where it differs: %s", async (what, change) => {
    const plan = await planOf({ precision: "f32" });
    await expect(planOf({ precision: "f32" }, change(plan))).rejects.toMatchObject({
      code: "engine/plan-differs",
      values: { reason: expect.stringContaining(what) },
    });
  });

  it("divides the work among the executor's threads from the first program on", async () => {
    const x = placeholder("x", [2, 512, 2, 2]);
    const [scale, shift] = [parameter("scale", [512]), parameter("shift", [512])];
    const loss = sum(multiply(batchNorm(x, scale, shift).y, placeholder("dy", x.shape)));
    const spec = { outputs: { dscale: gradient(loss, [scale])[0] } };
    const needs = async (threads: number) => {
      const executor = await onednnExecutor({ library, threads, precision: "f32" });
      const bytes = await executor.memoryOf(spec);
      await executor.dispose();
      return bytes;
    };
    // Each thread adds up sums of its own: their memory tells for how many the work is divided.
    expect(await needs(2)).toBeGreaterThan((await needs(1)) ?? 0);
  });

  it("says what a program will need before any is taken", async () => {
    const executor = await onednnExecutor({ library, threads: 1, precision: "f32" });
    const bytes = await executor.memoryOf(training());
    const activations = 2 * 4 * 16 * 32 * 16 * 16;
    expect(bytes).toBeGreaterThan(activations);
    expect(bytes).toBeLessThan(4 * activations);
    // The weight belongs to the program; whichever way is taken, it fits.
    for (const prefer of [/^direct f32$/, /^winograd by products$/]) {
      const lowered = lower(training(), {
        library: opening(library),
        precision: "f32",
        mixed: false,
        choose: (_, ways) => (ways.find(({ name }) => prefer.test(name)) ?? ways[0]).name,
      });
      expect(arenaOf(lowered).bytes).toBeLessThanOrEqual(bytes ?? 0);
    }
    await executor.dispose();
  });
});
