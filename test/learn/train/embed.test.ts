/** Embedding: batches and padding do not matter; statistics of untrained encoders by hand. */
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import { referenceExecutor } from "../../../src/engine/executors/reference/index.ts";
import type { Executor } from "../../../src/engine/index.ts";
import { imagenetNormalize, simclrRecipe } from "../../../src/learn/augment/index.ts";
import { backbone } from "../../../src/learn/backbones/index.ts";
import {
  centred,
  createEmbedder,
  drawn,
  embed,
  embeddingBatch,
  estimateBatchStatistics,
  untrainedValues,
} from "../../../src/learn/train/index.ts";
import { problemOf } from "../../code-of.ts";
import { expectClose, rowsOf } from "../numbers.ts";
import { picturesOf } from "./tiny.ts";

const executor = referenceExecutor();
const form = { size: 8, normalize: imagenetNormalize };
const net = backbone("res-1-5");
const values = untrainedValues(net, 1);

describe("embedding", () => {
  test("of 7 pictures is the same in batches of 3, 7 and 10, at every tap", async () => {
    const inputs = centred(picturesOf(7), form);
    const taps = ["stem", "block1"];
    const [three, seven, ten] = await Promise.all(
      [3, 7, 10].map((batch) =>
        embed({ executor, backbone: net, size: 8, taps, batch, values, inputs }),
      ),
    );
    expect(seven.block1).toMatchObject({ rows: 7, columns: 5 });
    expect(three).toEqual(seven);
    expect(ten).toEqual(seven);
  });

  test.each([
    ["res-1-5", 8],
    ["vit-tiny-8", 8],
  ])("of %s: what fills up the last batch changes no row and is dropped", async (name, size) => {
    const made = backbone(name, { size });
    const inputs = centred(picturesOf(3), { ...form, size });
    const options = {
      backbone: made,
      size,
      values: untrainedValues(made, 1),
      inputs,
      taps: made.taps.map((tap) => tap.name),
    };
    const exact = await embed({ executor, ...options, batch: 3 });
    let filled = 0;
    const poisoned: Executor = {
      ...executor,
      async compile(spec) {
        const program = await executor.compile(spec);
        return {
          ...program,
          run(given = {}) {
            const pictures = Float32Array.from(given.pictures ?? []);
            filled += pictures.length / inputs.count;
            return program.run({ pictures: pictures.fill(Number.NaN, 3 * 3 * size * size) });
          },
        };
      },
    };
    const padded = await embed({ executor: poisoned, ...options, batch: 5 });
    expect(filled).toBe((5 * 3 * size * size) / 3);
    expect(padded).toEqual(exact);
    expect(padded[made.taps[0].name].rows).toBe(3);
  });

  test("batches are even, and bounded by what their arrays take", () => {
    const small = backbone("resnet-18");
    expect(embeddingBatch(small, { size: 32 })).toBe(256);
    expect(embeddingBatch(small, { size: 32, count: 100 })).toBe(100);
    expect(embeddingBatch(small, { size: 32, count: 300 })).toBe(150);
    expect(embeddingBatch(small, { size: 32, count: 0 })).toBe(1);
    const large = embeddingBatch(backbone("resnet-50-imagenet"), { size: 224 });
    expect(large).toBeGreaterThan(16);
    expect(large).toBeLessThan(100);
  });

  test("gives the representation when no tap is named; rows follow the indexes", async () => {
    const pictures = picturesOf(7);
    const all = await embed({
      executor,
      backbone: net,
      size: 8,
      values,
      inputs: centred(pictures, form),
    });
    const some = centred(pictures, form, [6, 2]);
    const { block1 } = await embed({ executor, backbone: net, size: 8, values, inputs: some });
    const rows = rowsOf(all.block1.values, 5);
    expect(Object.keys(all)).toEqual(["block1"]);
    expect(rowsOf(block1.values, 5)).toEqual([rows[6], rows[2]]);
  });

  test("drawn views: as many of each picture as asked, the same for the same key", () => {
    const { views } = simclrRecipe({ size: 8 });
    const make = (seed: number) =>
      drawn(picturesOf(7), views[0], { indexes: [4, 5], views: 3, key: keyFromSeed(seed) });
    const read = (seed: number, i: number) => {
      const out = new Float32Array(192);
      make(seed).fill(i, out, 0);
      return out;
    };
    expect(make(1).count).toBe(6);
    expect(read(1, 4)).toEqual(read(1, 4));
    expect(read(1, 4)).not.toEqual(read(1, 5));
    expect(read(1, 4)).not.toEqual(read(2, 4));
  });

  test("an unknown layer is refused with those there are", async () => {
    const asked = createEmbedder({ executor, backbone: net, size: 8, taps: ["block9"] });
    const error: unknown = await asked.catch((thrown: unknown) => thrown);
    const { code, values: found } = problemOf(() => {
      throw error;
    });
    expect(code).toBe("train/unknown-layer");
    expect(found.known).toBe("stem, block1");
  });
});

describe("batch statistics of an untrained encoder", () => {
  test("are the averages over whole batches of mean and unbiased variance", async () => {
    const pictures = picturesOf(7);
    const inputs = centred(pictures, form);
    const estimated = await estimateBatchStatistics({
      executor,
      backbone: net,
      values,
      inputs,
      size: 8,
      batch: 3,
    });
    // The first convolution by plain loops, over pictures 0–2 and 3–5; the seventh is left out.
    const weight = values["backbone/stem/conv1/weight"];
    const means = new Float64Array(5);
    const variances = new Float64Array(5);
    for (const first of [0, 3]) {
      const views = [0, 1, 2].map((i) => {
        const out = new Float32Array(192);
        inputs.fill(first + i, out, 0);
        return out;
      });
      for (let o = 0; o < 5; o++) {
        const found: number[] = [];
        for (const view of views) {
          for (let at = 0; at < 16; at++) {
            const [top, left] = [2 * Math.floor(at / 4), 2 * (at % 4)];
            let sum = 0;
            for (let k = 0; k < 12; k++) {
              const [c, a, b] = [Math.floor(k / 4), Math.floor((k % 4) / 2), k % 2];
              sum += weight[o * 12 + k] * view[c * 64 + (top + a) * 8 + left + b];
            }
            found.push(sum);
          }
        }
        const mean = found.reduce((sum, v) => sum + v, 0) / 48;
        means[o] += mean / 2;
        variances[o] += found.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 47 / 2;
      }
    }
    expectClose(estimated["backbone/stem/norm1/mean"], means, 1e-6);
    expectClose(estimated["backbone/stem/norm1/variance"], variances, 1e-6);
    expect(estimated["backbone/stem/conv1/weight"]).toBe(weight);
  });

  test("one picture is a batch of one", async () => {
    const inputs = centred(picturesOf(1), form);
    const estimated = await estimateBatchStatistics({
      executor,
      backbone: net,
      values,
      inputs,
      size: 8,
    });
    expect(estimated["backbone/stem/norm1/variance"].every(Number.isFinite)).toBe(true);
  });
});
