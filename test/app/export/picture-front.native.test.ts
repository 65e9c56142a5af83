/** Resizing inside the model against the product's own, on pictures of many sizes. */

import type * as ort from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pictureFront, workingPixels } from "../../../src/app/export/picture-front.ts";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import { resizePixels } from "../../../src/formats/image/index.ts";
import { createGraph, encodeModel } from "../../../src/formats/onnx/index.ts";
import { centreView } from "../../../src/learn/augment/index.ts";

const resolution = 32;
const form = {
  size: 20,
  normalize: { mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.25, 0.3] },
} as const;

/** Waves and edges of every kind, so that kernels show. */
function drawn(height: number, width: number): Uint8Array {
  const grain = uniform(fork(keyFromSeed(1), `${height} ${width}`), 8);
  const pixels = new Uint8Array(3 * height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const [v, u] = [y / height, x / width];
        const wave = Math.sin((9 + c) * u + 5 * v + 6 * grain[c]) + Math.cos(30 * u * v + c);
        const edge = Math.hypot(u - grain[4], v - grain[5]) < 0.3 ? 60 : -20;
        pixels[3 * (y * width + x) + c] = Math.max(0, Math.min(255, 120 + 55 * wave + edge));
      }
    }
  }
  return pixels;
}

describe("pictures inside the model", () => {
  let runtime: typeof ort;
  let working: ort.InferenceSession;
  let front: ort.InferenceSession;

  async function sessionOf(build: (graph: ReturnType<typeof createGraph>) => string) {
    const graph = createGraph("front");
    graph.input("pictures", "u8", ["n", "height", "width", 3]);
    const [given] = graph.node("Identity", [build(graph)], { to: ["out"] });
    graph.output(given, "f32", ["n", 3, "h", "w"]);
    const opsets = [{ domain: "", version: 20 }];
    const bytes = encodeModel({ irVersion: 9, producer: "t", graph: graph.finish(), opsets });
    return await runtime.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  }

  beforeAll(async () => {
    runtime = await import("onnxruntime-node");
    working = await sessionOf((graph) => workingPixels(graph, "pictures", { resolution }));
    front = await sessionOf((graph) => pictureFront(graph, "pictures", { ...form, resolution }));
  });
  afterAll(async () => {
    await working.release();
    await front.release();
  });

  async function run(session: ort.InferenceSession, pixels: Uint8Array, size: number[]) {
    const pictures = new runtime.Tensor("uint8", pixels, [1, ...size, 3]);
    const { out } = await session.run({ pictures });
    return { shape: out.dims, values: out.data as Float32Array };
  }

  // Bounds are of grey levels of 255: libvips computes in fixed point, so that whole bytes differ by some.
  it.each([
    { size: [32, 47], most: 0, mean: 0, why: "at the working resolution" },
    { size: [64, 64], most: 1, mean: 0.1, why: "half" },
    { size: [50, 71], most: 3, mean: 0.3, why: "no whole ratio" },
    { size: [200, 150], most: 3, mean: 0.6, why: "averages of boxes first" },
    { size: [333, 517], most: 3, mean: 0.6, why: "boxes that do not come out even" },
    { size: [24, 24], most: 1, mean: 0.4, why: "enlarged" },
    { size: [31, 40], most: 1, mean: 0.4, why: "enlarged a little" },
    { size: [2, 20], most: 1, mean: 0.4, why: "hardly any pixels" },
  ])("are resized as sharp does, $size ($why)", async ({ size, most, mean }) => {
    const [height, width] = size;
    const pixels = drawn(height, width);
    const expected = await resizePixels(pixels, { height, width }, resolution);
    const { shape, values } = await run(working, pixels, size);
    expect(shape).toEqual([1, 3, expected.height, expected.width]);
    const plane = expected.height * expected.width;
    const apart = Array.from(values, (value, at) => {
      const [c, i] = [Math.floor(at / plane), at % plane];
      return Math.abs(value - expected.pixels[3 * i + c]);
    });
    expect(Math.max(...apart)).toBeLessThanOrEqual(most);
    expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThanOrEqual(mean);
  });

  it.each([[[32, 32]], [[32, 47]], [[75, 32]]])(
    "become the encoder's input as `centreView` makes it, %j",
    async (size) => {
      const [height, width] = size;
      const pixels = drawn(height, width);
      const expected = new Float32Array(3 * form.size ** 2);
      centreView(pixels, { height, width }, form, expected, 0);
      const { shape, values } = await run(front, pixels, size);
      expect(shape).toEqual([1, 3, form.size, form.size]);
      const apart = expected.map((value, i) => Math.abs(value - values[i]));
      expect(Math.max(...apart)).toBeLessThan(2e-5);
    },
  );
});
