/** The trainer on the reference executor: one step by hand, resuming, refusals, collapse, NaN. */
import { describe, expect, test } from "vitest";
import { Problem } from "../../../src/base/index.ts";
import { type Executor, referenceExecutor } from "../../../src/engine/index.ts";
import { backbone } from "../../../src/learn/backbones/index.ts";
import { method, vicreg } from "../../../src/learn/methods/index.ts";
import { sgd } from "../../../src/learn/optim/index.ts";
import { type TrainOptions, train, untrainedValues } from "../../../src/learn/train/index.ts";
import { picturesOf, recorder, timeless, tiny } from "./tiny.ts";

const codeOf = async (promise: Promise<unknown>) => {
  const found = await promise.then(
    () => new Error("nothing was thrown"),
    (error: unknown) => error,
  );
  if (found instanceof Problem) return found;
  throw found;
};

/** An executor that notes which outputs each run of a training program brings back. */
function watched(executor: Executor): { executor: Executor; asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    executor: {
      ...executor,
      async compile(spec, options) {
        const program = await executor.compile(spec, options);
        if ((spec.updates ?? []).length === 0) return program;
        return {
          ...program,
          run(inputs, options) {
            asked.push(options?.outputs ?? Object.keys(spec.outputs));
            return program.run(inputs, options);
          },
        };
      },
    },
  };
}

describe("training", () => {
  test.each(["simclr", "vicreg"])("%s: rows are whole and their terms add up", async (name) => {
    const { rows, events, saved, hooks } = recorder();
    const result = await train(tiny({ method: method(name), ...hooks }));
    expect(result).toMatchObject({ outcome: "finished", step: 9, steps: 9 });
    expect(rows.map(({ step, epoch }) => [step, epoch])).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((step) => [step, Math.floor(step / 3)]),
    );
    for (const row of rows) {
      expect(row.invariance + row.regularisation).toBeCloseTo(row.loss, 4);
      expect(row.rank !== undefined).toBe(row.step % 2 === 0);
    }
    const shown = events.filter(({ type }) => type === "metrics");
    expect(shown).toHaveLength(9);
    expect(saved.map(({ step }) => step)).toEqual([9]);
    expect(Object.keys(result.values).some((key) => key.startsWith("optimiser/"))).toBe(false);
  });

  test("starts at the weights that the untrained baseline has", async () => {
    const saved = recorder();
    const stopped = AbortSignal.abort();
    const { values, outcome } = await train(tiny({ ...saved.hooks, signal: stopped }));
    expect(outcome).toBe("interrupted");
    const untrained = untrainedValues(backbone("res-1-4"), 5);
    for (const [name, array] of Object.entries(untrained)) expect(values[name]).toEqual(array);
  });

  test("brings back no more than is looked at, and trains the same", async () => {
    const { rows, events, hooks } = recorder();
    const { executor, asked } = watched(referenceExecutor());
    const sparse = { readEvery: 4, gaugeEvery: 6 };
    const found = await train(tiny({ ...hooks, executor, ...sparse }));
    expect(asked.map((names) => [names.includes("loss"), names.includes("projections")])).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((step) => [[0, 4, 6, 8].includes(step), step % 6 === 0]),
    );
    expect(rows.map(({ step, rank }) => [step, rank !== undefined])).toEqual([
      [0, true],
      [4, false],
      [6, true],
      [8, false],
    ]);
    expect(asked[1], "nothing comes back from the others").toEqual([]);
    expect(events.filter(({ type }) => type === "progress")).toHaveLength(9);
    const { values } = await train(tiny());
    expect(found.values).toEqual(values);
  });

  test("interrupted anywhere and resumed, it ends at the same bits", async () => {
    const whole = recorder();
    const expected = await train(tiny({ ...whole.hooks, saveEvery: { steps: 1 } }));
    expect(whole.saved.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { step, bytes } of [whole.saved[0], whole.saved[2], whole.saved[6]]) {
      const rest = recorder();
      const resumeFrom = { bytes, file: "checkpoint" };
      const found = await train(tiny({ ...rest.hooks, resumeFrom }));
      expect(found.values).toEqual(expected.values);
      expect(rest.rows.map(timeless)).toEqual(whole.rows.slice(step).map(timeless));
      expect(rest.saved[0].bytes).toEqual(whole.saved[8].bytes);
      expect(rest.codes()[0]).toBe("train/resumed");
    }
  });

  test("views made in the step train as those of the host, and resume at the same bits", async () => {
    const [host, device] = [recorder(), recorder()];
    await train(tiny({ ...host.hooks }));
    const whole = { augment: "device", saveEvery: { steps: 4 } } as const;
    const expected = await train(tiny({ ...device.hooks, ...whole }));
    for (const [step, row] of device.rows.entries()) {
      expect(row.loss, `step ${step}`).toBeCloseTo(host.rows[step].loss, 3);
    }
    const resumeFrom = { bytes: device.saved[0].bytes, file: "checkpoint" };
    const found = await train(tiny({ ...whole, resumeFrom }));
    expect(found.values).toEqual(expected.values);
    expect((await codeOf(train(tiny({ resumeFrom })))).code).toBe(
      "train/checkpoint-other-configuration",
    );
  });

  test("a signal finishes the step under way and saves", async () => {
    const controller = new AbortController();
    const { rows, saved, hooks } = recorder();
    const onMetrics: typeof hooks.onMetrics = (row) => {
      hooks.onMetrics(row);
      if (row.step === 3) controller.abort();
    };
    const result = await train(tiny({ ...hooks, onMetrics, signal: controller.signal }));
    expect(result).toMatchObject({ outcome: "interrupted", step: 4, steps: 9 });
    expect(rows).toHaveLength(4);
    expect(saved.map(({ step }) => step)).toEqual([4]);
  });

  test("minutes become a recorded number of steps, which resuming keeps", async () => {
    const first = recorder();
    // The clock advances 1 ms a reading: a step is 1 ms, the warm-up some more.
    const change = { duration: { minutes: 0.0005 }, ...first.hooks, saveEvery: { steps: 1 } };
    const { steps, values } = await train(tiny(change));
    expect(first.codes()).toContain("train/steps-from-minutes");
    expect(steps).toBeGreaterThan(3);
    expect(steps).toBeLessThan(30);
    const resumeFrom = { bytes: first.saved[1].bytes, file: "checkpoint" };
    const again = await train(tiny({ duration: { minutes: 0.0005 }, resumeFrom }));
    expect(again.steps).toBe(steps);
    expect(again.values).toEqual(values);
  });

  test("measured warm-up steps leave no trace", async () => {
    const minutes = await train(tiny({ duration: { minutes: 0.0005 } }));
    const { values } = await train(
      tiny({ duration: { epochs: 1 }, pictures: picturesOf(14), signal: AbortSignal.abort() }),
    );
    const start = await train(tiny({ duration: { minutes: 0.0005 }, signal: AbortSignal.abort() }));
    expect(start.values).toEqual(values);
    expect(minutes.values).not.toEqual(values);
  });

  test("continues from a representation, its projector too where it fits", async () => {
    const { values } = await train(tiny());
    const stop = { signal: AbortSignal.abort() };
    const initial = { name: "tiny@1", values };
    const same = await train(tiny({ initial, ...stop }));
    expect(same.values).toEqual(values);
    const other = await train(tiny({ initial, projector: [6, 7], ...stop }));
    expect(other.values["backbone/stem/conv1/weight"]).toEqual(
      values["backbone/stem/conv1/weight"],
    );
    expect(other.values["projector/layer1/linear/weight"]).not.toEqual(
      values["projector/layer1/linear/weight"],
    );
    const misfit = train(tiny({ initial, backbone: backbone("res-1-5"), ...stop }));
    expect((await codeOf(misfit)).code).toBe("train/initial-does-not-fit");
  });

  test("evaluates at the start, evenly, and at the end, with the weights of that step", async () => {
    const looks: number[] = [];
    const bests: unknown[] = [];
    await train(
      tiny({
        evaluate: {
          times: 3,
          taps: ["stem", "block1"],
          batch: 4,
          async run({ step }, embedder) {
            looks.push(step);
            const found = await embedder.embed({
              count: 5,
              fill: (i, out, at) => out.fill(i, at, at + 192),
            });
            expect(found.block1).toMatchObject({ rows: 5, columns: 4 });
            expect(found.stem).toMatchObject({ rows: 5, columns: 4 });
            return { name: "ncc", value: step };
          },
        },
        emit: (event) => event.type === "progress" && bests.push(event.best),
      }),
    );
    expect(looks).toEqual([0, 3, 6, 9]);
    expect(bests[0]).toEqual({ name: "ncc", value: 0 });
    expect(bests[8]).toEqual({ name: "ncc", value: 9 });
  });
});

describe("refusals", () => {
  test.each<[string, Partial<TrainOptions>]>([
    ["train/batch-too-large", { batch: 15 }],
    ["train/batch-too-small", { batch: 1 }],
    ["train/setting-unusable", { batch: 2.5 }],
    ["train/setting-unusable", { rate: 0 }],
    ["train/setting-unusable", { clip: -1 }],
    ["train/setting-unusable", { projector: [0] }],
    ["train/duration-unusable", { duration: { epochs: 0 } }],
    ["train/duration-unusable", { duration: { epochs: 1.5 } }],
    ["train/duration-unusable", { duration: { minutes: Number.NaN } }],
    ["train/too-few-pictures", { pictures: picturesOf(1) }],
    ["train/picture-too-small", { backbone: backbone("resnet-18-imagenet") }],
  ])("%s", async (code, change) => {
    expect((await codeOf(train(tiny(change)))).code).toBe(code);
  });

  test("a batch too large says which fits", async () => {
    const { values } = await codeOf(train(tiny({ batch: 256 })));
    expect(values).toEqual({ batch: 256, pictures: 14, usual: 14 });
  });

  test("checkpoints cut short, of another version, configuration or plan", async () => {
    const { saved, hooks } = recorder();
    await train(tiny({ ...hooks }));
    const [{ bytes }] = saved;
    const resume = (changed: Uint8Array, change = {}) =>
      codeOf(train(tiny({ resumeFrom: { bytes: changed, file: "c" }, ...change })));
    for (const length of [0, 7, 100, bytes.length - 1]) {
      expect((await resume(bytes.slice(0, length))).code).toBe("train/checkpoint-cut-short");
    }
    const text = Buffer.from(bytes).toString("latin1").replace('\\"format\\":1', '\\"format\\":9');
    const later = await resume(new Uint8Array(Buffer.from(text, "latin1")));
    expect(later).toMatchObject({ code: "train/checkpoint-version", values: { found: "9" } });
    const other = await resume(bytes, { rate: 0.5, seed: 6 });
    expect(other.code).toBe("train/checkpoint-other-configuration");
    expect(other.values.fields).toBe("rate (0.001875 → 0.5), seed (5 → 6)");
    const executor = otherPlan(tiny().executor);
    const elsewhere = await resume(bytes, { executor });
    expect(elsewhere.code).toBe("train/checkpoint-other-plan");
    expect(elsewhere.values.fields).toBe('executor ("reference" → "another")');
    const { codes, hooks: listening } = recorder();
    const allowed = { resumeFrom: { bytes, file: "c" }, allowOtherPlan: true, executor };
    await train(tiny({ ...listening, ...allowed }));
    expect(codes()).toContain("train/plan-changed");
  });
});

describe("what goes wrong while training", () => {
  test("a loss that is no number stops, names the step and the rate to try", async () => {
    const { rows, saved, hooks } = recorder();
    const change = { ...hooks, rate: 1e30, clip: "none" as const, saveEvery: { steps: 1 } };
    const { code, values } = await codeOf(train(tiny({ ...change, method: vicreg() })));
    expect(code).toBe("train/diverged");
    expect(values.suggested).toBe(2.5e29);
    const last = saved[saved.length - 1]?.step ?? 0;
    expect(values.back).toBe(last);
    expect(values.step).toBeGreaterThanOrEqual(last);
    for (const row of rows) expect(Number.isFinite(row.loss)).toBe(true);
  });

  test("without regularisation the outputs collapse, and the notice says so", async () => {
    const { codes, hooks } = recorder();
    const pull = vicreg({ variance: 0, covariance: 0 });
    const options = tiny({
      ...hooks,
      method: pull,
      projector: [5],
      optimiser: sgd({ weightDecay: 0.5 }),
      rate: 0.2,
      duration: { epochs: 20 },
    });
    await train(options);
    expect(codes()).toContain("train/complete-collapse");
  });
});

/** The same executor, said to compute in another way. */
function otherPlan(executor: Executor): Executor {
  return {
    ...executor,
    async compile(spec) {
      return { ...(await executor.compile(spec)), plan: { executor: "another" } };
    },
  };
}
