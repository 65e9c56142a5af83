/** Each optimiser over several steps against its published loop, written out per number. */
import { describe, expect, test } from "vitest";
import { referenceExecutor } from "../../../src/engine/executors/reference/index.ts";
import { parameter, placeholder, type Tensor } from "../../../src/engine/index.ts";
import type { ParameterSpec } from "../../../src/learn/nn/index.ts";
import {
  adamw,
  lars,
  type Optimiser,
  optimiserStep,
  sgd,
  slotSpecs,
} from "../../../src/learn/optim/index.ts";
import { expectClose, numbers } from "../numbers.ts";

const initialise = () => new Float32Array(0);
const weight: ParameterSpec = { name: "w", shape: [2, 3], initialise, role: "weight" };
const bias: ParameterSpec = { name: "b", shape: [3], initialise, role: "bias" };
const rates = [0.1, 0.3, 0.2, 0.05];

/** Runs the optimiser on gradients that the test chooses: step s gets numbers(s), scaled. */
async function runGraph(optimiser: Optimiser, clip?: number, scale = 1) {
  const specs = [weight, bias];
  const values = { w: parameter("w", [2, 3]), b: parameter("b", [3]) };
  const gradients = [placeholder("gw", [2, 3]), placeholder("gb", [3])];
  const names = Object.keys(optimiser.scalars(0));
  const scalars: Record<string, Tensor> = {};
  for (const name of names) scalars[name] = placeholder(name, []);
  const rate = placeholder("rate", []);
  const limit = clip === undefined ? {} : { clip };
  const step = optimiserStep(optimiser, specs, { values, gradients, rate, scalars, ...limit });
  const program = await referenceExecutor().compile({
    outputs: { norm: step.gradientNorm },
    updates: step.updates,
  });
  const start = startValues();
  await program.write("w", Float32Array.from(start.w));
  await program.write("b", Float32Array.from(start.b));
  const norms: number[] = [];
  for (const [s, now] of rates.entries()) {
    const given = gradientsAt(s, scale);
    const extra = Object.entries(optimiser.scalars(s)).map(([name, x]) => [
      name,
      Float32Array.of(x),
    ]);
    const { norm } = await program.run({
      gw: Float32Array.from(given.w),
      gb: Float32Array.from(given.b),
      rate: Float32Array.of(now),
      ...Object.fromEntries(extra),
    });
    norms.push(norm[0]);
  }
  return { w: await program.read("w"), b: await program.read("b"), norms };
}

const startValues = () => ({ w: numbers(10, 6), b: numbers(11, 3) });
const gradientsAt = (step: number, scale = 1) => ({
  w: numbers(20 + step, 6).map((g) => g * scale),
  b: numbers(40 + step, 3).map((g) => g * scale),
});

/** Applies a rule to every array for every step, in float64. */
function runLoop(
  rule: (w: Float64Array, g: Float64Array, at: { step: number; decays: boolean }) => Float64Array,
) {
  const values = startValues();
  for (const step of rates.keys()) {
    const g = gradientsAt(step);
    values.w = rule(values.w, g.w, { step, decays: true });
    values.b = rule(values.b, g.b, { step, decays: false });
  }
  return values;
}

/** One buffer for the weight and one for the bias, told apart by their length. */
function buffers() {
  return new Map([
    [6, new Float64Array(6)],
    [3, new Float64Array(3)],
  ]);
}

function slot(all: Map<number, Float64Array>, length: number): Float64Array {
  return all.get(length) ?? new Float64Array(length);
}

// Values are kept in float32 between steps, which rounds each to 6e-8 of its size.
const tolerance = 1e-6;

describe("optimisers", () => {
  test("SGD with momentum is torch.optim.SGD; biases do not decay", async () => {
    const found = await runGraph(sgd({ momentum: 0.9, weightDecay: 0.1 }));
    const moments = buffers();
    const expected = runLoop((w, g, { step, decays }) => {
      const b = slot(moments, w.length);
      return w.map((value, i) => {
        b[i] = 0.9 * b[i] + g[i] + (decays ? 0.1 * value : 0);
        return value - rates[step] * b[i];
      });
    });
    expectClose(found.w, expected.w, tolerance);
    expectClose(found.b, expected.b, tolerance);
  });

  test("AdamW is torch.optim.AdamW; biases do not decay", async () => {
    const found = await runGraph(adamw({ weightDecay: 0.1 }));
    const [first, second] = [buffers(), buffers()];
    const expected = runLoop((w, g, { step, decays }) => {
      const [m, v] = [slot(first, w.length), slot(second, w.length)];
      return w.map((value, i) => {
        const decayed = decays ? value - rates[step] * 0.1 * value : value;
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2;
        const top = m[i] / (1 - 0.9 ** (step + 1));
        const below = Math.sqrt(v[i] / (1 - 0.999 ** (step + 1))) + 1e-8;
        return decayed - (rates[step] * top) / below;
      });
    });
    expectClose(found.w, expected.w, tolerance * 10);
    expectClose(found.b, expected.b, tolerance * 10);
  });

  test("LARS is main_vicreg.py's; biases have neither decay nor a rate of their own", async () => {
    const found = await runGraph(lars({ momentum: 0.9, weightDecay: 0.01, eta: 0.02 }));
    const moments = buffers();
    const norm = (x: Float64Array) => Math.hypot(...x);
    const expected = runLoop((w, g, { step, decays }) => {
      const b = slot(moments, w.length);
      let dp = g;
      if (decays) {
        dp = g.map((value, i) => value + 0.01 * w[i]);
        const q = norm(w) > 0 && norm(dp) > 0 ? (0.02 * norm(w)) / norm(dp) : 1;
        dp = dp.map((value) => value * q);
      }
      return w.map((value, i) => {
        b[i] = 0.9 * b[i] + dp[i];
        return value - rates[step] * b[i];
      });
    });
    expectClose(found.w, expected.w, tolerance);
    expectClose(found.b, expected.b, tolerance);
  });

  test("LARS with weights or gradients of zero falls back to a trust of 1", async () => {
    const found = await runGraph(lars({ weightDecay: 0 }), undefined, 0);
    const start = startValues();
    expectClose(found.w, start.w, tolerance);
    expectClose(found.b, start.b, tolerance);
  });

  test("clipping shortens all gradients by one factor and reports their norm before", async () => {
    const plain = sgd({ momentum: 0, weightDecay: 0 });
    const found = await runGraph(plain, 1.5);
    const values = startValues();
    for (const [step, rate] of rates.entries()) {
      const g = gradientsAt(step);
      const norm = Math.hypot(...g.w, ...g.b);
      expect(found.norms[step]).toBeCloseTo(norm, 5);
      const factor = Math.min(1, 1.5 / (norm + 1e-6));
      values.w = values.w.map((w, i) => w - rate * factor * g.w[i]);
      values.b = values.b.map((b, i) => b - rate * factor * g.b[i]);
    }
    expectClose(found.w, values.w, tolerance);
    expectClose(found.b, values.b, tolerance);
  });

  test("slots are named after slot and parameter", () => {
    const names = slotSpecs(adamw(), [weight, bias]).map(({ name }) => name);
    expect(names).toEqual([
      "optimiser/first/w",
      "optimiser/second/w",
      "optimiser/first/b",
      "optimiser/second/b",
    ]);
  });
});
