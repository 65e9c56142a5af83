/** Fine-tuning: what moves, a step by hand, where it starts, and that it is kept only where it helps. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fork, keyFromSeed, uniform } from "../../src/base/index.ts";
import { type Executor, ortExecutor, referenceExecutor } from "../../src/engine/index.ts";
import { backbone } from "../../src/learn/backbones/index.ts";
import {
  fineTune,
  fineTuneDefaults,
  fineTuneProgram,
  movingParameters,
  supervisedEpochs,
  supervisedScores,
  trainOnce,
} from "../../src/learn/finetune/index.ts";
import { fitClassifier } from "../../src/learn/heads/index.ts";
import {
  centred,
  embed,
  estimateBatchStatistics,
  type Pictures,
  untrainedValues,
} from "../../src/learn/train/index.ts";
import { numbers } from "./numbers.ts";

const size = 8;
const normalize = { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] } as const;

/** Two classes: which of two patches is the brighter one; nothing else tells them apart. */
function pictured(count: number): { pictures: Pictures; codes: Int32Array } {
  const codes = Int32Array.from({ length: count }, (_, i) => i % 2);
  const pixels = Array.from(codes, (code, i) => {
    const grain = uniform(fork(keyFromSeed(3), "grain", i), 3 * size * size);
    return Uint8Array.from(grain, (one, at) => {
      const x = Math.floor(at / 3) % size;
      const isBright = code === 0 ? x % 2 === 0 : x % 4 < 2;
      return 255 * Math.min(1, 0.6 * one + (isBright ? 0.35 : 0));
    });
  });
  const pictures = {
    count,
    size: () => ({ height: size, width: size }),
    read: (i: number) => pixels[i],
  };
  return { pictures, codes };
}

describe("fine-tuning", () => {
  const own = backbone("res-2-16");
  const layer = "block2";
  let executor: Executor;
  beforeAll(async () => {
    executor = await ortExecutor({ threads: 1 });
  });
  afterAll(() => executor.dispose());

  it("moves the last block alone, or everything", () => {
    const names = (scope: "last" | "all") => movingParameters(own, scope).map(({ name }) => name);
    expect(names("last")).toEqual([
      "backbone/block2/conv1/weight",
      "backbone/block2/norm1/scale",
      "backbone/block2/norm1/shift",
      "backbone/block2/conv2/weight",
      "backbone/block2/norm2/scale",
      "backbone/block2/norm2/shift",
    ]);
    expect(names("all")).toContain("backbone/stem/conv1/weight");
    const transformer = movingParameters(backbone("vit-tiny", { size: 16 }), "last");
    expect(transformer.map(({ name }) => name.split("/")[1])).toEqual(
      expect.arrayContaining(["block12", "norm"]),
    );
    expect(transformer.every(({ name }) => /^backbone\/(block12|norm)\//.test(name))).toBe(true);
  });

  it("takes AdamW's step on the head as its equations say", async () => {
    const frame = { means: Float64Array.from(numbers(1, 16)), scale: 0.7 };
    const recipe = { ...fineTuneDefaults, batch: 2, scope: "last" } as const;
    const spec = fineTuneProgram({ backbone: own, layer, size, classes: 3, frame, recipe });
    const reference = referenceExecutor();
    const program = await reference.compile(spec);
    const values = untrainedValues(own, 4);
    for (const [name, array] of Object.entries(values)) await program.write(name, array);
    const weight = Float32Array.from(numbers(2, 48));
    await program.write("head/weight", weight);
    const views = Float32Array.from(numbers(3, 2 * 3 * size * size));
    const targets = Float32Array.of(0.25, 0, 0, 0, 0, 0.75);
    const scalars = { correction1: Float32Array.of(0.1), correction2: Float32Array.of(0.001) };
    const rate = Float32Array.of(0.01);
    const { loss } = await program.run({ views, targets, rate, ...scalars });
    const after = await program.read("head/weight");
    const bias = await program.read("head/bias");
    await program.dispose();
    await reference.dispose();

    // The features of the encoder as it was, and the rest by hand.
    const pictures = {
      count: 2,
      fill: (i: number, out: Float32Array, offset: number) =>
        out.set(views.subarray(i * 3 * size * size, (i + 1) * 3 * size * size), offset),
    };
    const { [layer]: y } = await embed({ executor, backbone: own, values, size, inputs: pictures });
    const u = y.values.map((value, at) => (value - frame.means[at % 16]) * 0.7);
    const logits = [0, 1].map((i) =>
      [0, 1, 2].map((c) =>
        u.subarray(16 * i, 16 * i + 16).reduce((sum, v, p) => sum + v * weight[3 * p + c], 0),
      ),
    );
    const shares = logits.map((row) => {
      const total = row.reduce((sum, one) => sum + Math.exp(one), 0);
      return row.map((one) => Math.exp(one) / total);
    });
    const expected = -(0.25 * Math.log(shares[0][0]) + 0.75 * Math.log(shares[1][2]));
    expect(loss[0]).toBeCloseTo(expected, 4);
    const slope = [0, 1].map((i) =>
      [0, 1, 2].map((c) => [0.25, 0.75][i] * shares[i][c] - targets[3 * i + c]),
    );
    // The first step of Adam is rate · sign, as corrections make both moments the gradient itself.
    for (const [at, value] of after.entries()) {
      const [p, c] = [Math.floor(at / 3), at % 3];
      const gradient = slope[0][c] * u[p] + slope[1][c] * u[16 + p];
      if (Math.abs(gradient) < 1e-4) continue;
      const step = gradient / (Math.abs(gradient) + 1e-8) + 0.01 * weight[at];
      expect(value).toBeCloseTo(weight[at] - 0.01 * step, 4);
    }
    for (const [c, value] of bias.entries()) {
      expect(value).toBeCloseTo(-0.01 * Math.sign(slope[0][c] + slope[1][c]), 4);
    }
  });

  it("begins at the frozen head, learns what that cannot see, and says so by held-out pictures", async () => {
    const { pictures, codes } = pictured(48);
    const rows = Uint32Array.from(codes.keys());
    const values = await estimateBatchStatistics({
      ...{ executor, backbone: own, values: untrainedValues(own, 1), size },
      inputs: centred(pictures, { size, normalize }),
    });
    const inputs = centred(pictures, { size, normalize });
    const { [layer]: features } = await embed({ executor, backbone: own, values, size, inputs });
    const key = keyFromSeed(2);
    const frozen = await fitClassifier({ matrix: features, codes, classes: 2 }, { key });
    const recipe = { ...fineTuneDefaults, scope: "all", epochs: 6, rate: 3e-3, folds: 2 } as const;
    const task = { executor, backbone: own, values, layer, size, normalize, pictures, recipe, key };
    let told = 0;
    const found = await fineTune({
      ...{ ...task, rows, codes, classes: 2, features, frozen },
      onProgress: (done, total) => {
        told++;
        expect([done, total]).toEqual([told, 18]);
      },
    });
    expect(found?.curve).toHaveLength(7);
    const [start] = found?.curve ?? [];
    expect(Math.abs(start.accuracy - (found?.against.accuracy ?? 0))).toBeLessThan(0.25);
    expect(found?.judged.loss).toBe(Math.min(...(found?.curve.map(({ loss }) => loss) ?? [])));
    if (found?.better) {
      expect(found.judged.accuracy).toBeGreaterThanOrEqual(found.against.accuracy);
      expect(found.better.losses).toHaveLength(found.epochs);
      const tuned = found.better.values;
      expect(tuned["backbone/stem/norm1/mean"]).toEqual(values["backbone/stem/norm1/mean"]);
      expect(tuned["backbone/stem/conv1/weight"]).not.toEqual(values["backbone/stem/conv1/weight"]);
    } else {
      expect(found?.judged.accuracy).toBeLessThanOrEqual(found?.against.accuracy ?? 0);
    }

    // Before any epoch the scores are those of the frozen head.
    const { form, frame } = frozen;
    if (form.kind === "linear" && frame.axes === undefined) return;
    const linear = await fitClassifier(
      { matrix: features, codes, classes: 2 },
      { key, kinds: ["logistic"], frame: { ...frame, axes: undefined } },
    );
    if (linear.form.kind !== "linear") throw new Error("logistic is linear");
    const weight = new Float32Array(32);
    for (let p = 0; p < 16; p++) {
      for (let c = 0; c < 2; c++) weight[2 * p + c] = linear.form.weights.values[16 * c + p];
    }
    const lesson = {
      ...{ rows, codes, classes: 2, weights: Float64Array.of(1, 1) },
      head: { weight, bias: Float32Array.from(linear.form.bias) },
    };
    const none = { epochs: 0, held: rows };
    const { held } = await trainOnce({ ...task, frame, onEpoch: () => {} }, lesson, none);
    const predicted = await linear.predict(features);
    const wrong = predicted.filter((code, i) => {
      const [a, b] = held[0].values.subarray(2 * i, 2 * i + 2);
      return (b > a ? 1 : 0) !== code;
    });
    expect(wrong).toHaveLength(0);
  });

  it("from scratch learns with statistics of each batch, the same way each time", async () => {
    const { pictures, codes } = pictured(160);
    const rows = Uint32Array.from(codes.keys());
    const values = await estimateBatchStatistics({
      ...{ executor, backbone: own, values: untrainedValues(own, 1), size },
      inputs: centred(pictures, { size, normalize }, rows.subarray(0, 96)),
    });
    const before = values["backbone/stem/norm1/mean"].slice();
    const views: number[] = [];
    const task = {
      ...{ executor, backbone: own, values, layer, size, normalize, pictures },
      frame: { means: new Float64Array(16), scale: 1 },
      ...{ key: keyFromSeed(6), rows: rows.slice(0, 96), codes: codes.slice(0, 96), classes: 2 },
      held: rows.slice(96),
      epochs: 12,
    };
    const scores = await supervisedScores({ ...task, onViews: (done) => views.push(done) });
    expect(views).toEqual(Array.from({ length: 12 }, (_, i) => 96 * (i + 1)));
    const right = codes.slice(96).filter((code, i) => {
      const [a, b] = scores.values.subarray(2 * i, 2 * i + 2);
      return (b > a ? 1 : 0) === code;
    });
    expect(right.length / 64).toBeGreaterThan(0.9);
    expect(values["backbone/stem/norm1/mean"], "the task's values stay").toEqual(before);
    expect((await supervisedScores({ ...task, epochs: 1 })).values).toEqual(
      (await supervisedScores({ ...task, epochs: 1 })).values,
    );

    // Running statistics move with the batches, where they are not kept.
    const lesson = {
      ...{ rows: task.rows, codes: task.codes, classes: 2, weights: Float64Array.of(1, 1) },
      head: { weight: new Float32Array(32), bias: new Float32Array(2) },
    };
    const meanAfter = async (statistics: "kept" | "batch") => {
      const recipe = { ...fineTuneDefaults, scope: "all", statistics } as const;
      const tuning = { ...task, recipe, onEpoch: () => {} };
      const { values: trained } = await trainOnce(tuning, lesson, {
        epochs: 1,
        held: new Uint32Array(0),
      });
      return trained["backbone/stem/norm1/mean"];
    };
    expect(await meanAfter("kept")).toEqual(before);
    expect(await meanAfter("batch")).not.toEqual(before);
  });

  it("sees few labels often and many at least ten times", () => {
    expect([10, 60, 300, 1200, 5000].map(supervisedEpochs)).toEqual([200, 200, 40, 10, 10]);
  });
});
