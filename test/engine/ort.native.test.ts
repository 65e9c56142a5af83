/** The executor `ort` against the reference: shapes that its blocked layout serves, and its promises. */
import { afterAll, describe, expect, it } from "vitest";
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import {
  add,
  batchNorm,
  batchNormInference,
  convolution,
  type Executor,
  gradient,
  maximum,
  mean,
  multiply,
  ortExecutor,
  type ProgramSpec,
  parameter,
  placeholder,
  placeholdersOf,
  relu,
  sizeOf,
  state,
  subtract,
  sum,
  type Tensor,
  tanh,
} from "../../src/engine/index.ts";
import { expectedOf } from "./build-case.ts";
import { nmse } from "./compare.ts";
import { executorSuite } from "./executor-suite.ts";

executorSuite("ort", () => ortExecutor({ threads: 2 }));

const executor: Executor = await ortExecutor({ threads: 2 });
const rowMajor: Executor = await ortExecutor({ threads: 2, blocked: false });
afterAll(() => Promise.all([executor.dispose(), rowMajor.dispose()]));

interface Sizes {
  readonly n: number;
  readonly from: number;
  readonly to: number;
  readonly size: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly stride?: readonly [number, number];
  readonly padding?: readonly [number, number];
  readonly dilation?: readonly [number, number];
}

const convolutions: readonly Sizes[] = [
  { n: 16, from: 32, to: 64, size: [8, 8], kernel: [3, 3], padding: [1, 1] },
  { n: 3, from: 16, to: 48, size: [5, 7], kernel: [3, 3], padding: [1, 1] },
  { n: 16, from: 3, to: 32, size: [8, 8], kernel: [2, 2], stride: [2, 2] },
  { n: 5, from: 32, to: 32, size: [8, 6], kernel: [2, 2], stride: [2, 2] },
  { n: 16, from: 16, to: 32, size: [8, 8], kernel: [3, 3], stride: [2, 2], padding: [1, 1] },
  { n: 4, from: 16, to: 32, size: [9, 7], kernel: [3, 3], stride: [2, 2], padding: [1, 1] },
  { n: 4, from: 32, to: 64, size: [8, 8], kernel: [1, 1], stride: [2, 2] },
  { n: 4, from: 32, to: 64, size: [6, 6], kernel: [1, 1] },
  { n: 4, from: 3, to: 16, size: [20, 20], kernel: [7, 7], stride: [2, 2], padding: [3, 3] },
  { n: 4, from: 16, to: 16, size: [20, 20], kernel: [7, 7], stride: [2, 2], padding: [3, 3] },
  { n: 4, from: 16, to: 16, size: [9, 9], kernel: [3, 3], padding: [2, 2], dilation: [2, 2] },
  { n: 4, from: 16, to: 32, size: [7, 7], kernel: [2, 3], stride: [1, 2], padding: [0, 1] },
  { n: 4, from: 40, to: 50, size: [4, 4], kernel: [3, 3], padding: [1, 1] },
  { n: 4, from: 20, to: 17, size: [6, 6], kernel: [3, 3], stride: [2, 2], padding: [1, 1] },
  { n: 4, from: 16, to: 5, size: [4, 4], kernel: [3, 3], padding: [1, 1] },
  { n: 4, from: 12, to: 32, size: [4, 4], kernel: [4, 4], stride: [4, 4] },
  { n: 16, from: 16, to: 16, size: [1, 9], kernel: [1, 3], padding: [0, 1] },
];

/** So many channels that Winograd's algorithm pays: whole tiles and parts, filled blocks, paddings. */
const tiled: readonly Sizes[] = [
  { n: 2, from: 128, to: 128, size: [8, 8], kernel: [3, 3], padding: [1, 1] },
  { n: 1, from: 250, to: 130, size: [8, 4], kernel: [3, 3], padding: [1, 1] },
  { n: 1, from: 160, to: 160, size: [7, 9], kernel: [3, 3], padding: [1, 2] },
  { n: 1, from: 256, to: 200, size: [10, 6], kernel: [3, 3] },
];

describe("convolution and its gradients", () => {
  it.each(convolutions.map((sizes) => [JSON.stringify(sizes), sizes] as const))("%s", (_, sizes) =>
    agree(() => withGradients(sizes)),
  );

  it.each(tiled.map((sizes) => [JSON.stringify(sizes), sizes] as const))(
    "Winograd's on %s",
    async (_, sizes) => {
      for (const each of [executor, rowMajor]) {
        const ways = await waysOf(each, { outputs: withGradients(sizes) }, /^convolution/);
        expect(Object.keys(ways).map((way) => way.split(": ")[1])).toEqual([
          "Winograd",
          "Winograd with flipped weights",
          "Winograd over tiles",
        ]);
      }
      await agree(() => withGradients(sizes));
    },
  );

  it("has direct kernels for few channels, strides and dilation", async () => {
    const few = { n: 4, from: 64, to: 64, size: [8, 8], kernel: [3, 3], padding: [1, 1] } as const;
    const many = { ...few, from: 256, to: 256 } as const;
    for (const sizes of [
      few,
      { ...many, stride: [2, 2] },
      { ...many, dilation: [2, 2] },
    ] as const) {
      const ways = await waysOf(executor, { outputs: withGradients(sizes) }, /^convolution/);
      expect(Object.keys(ways).filter((way) => way.includes("Winograd"))).toEqual([]);
    }
  });
});

function withGradients({ n, from, to, size, kernel, ...window }: Sizes) {
  const x = placeholder("x", [n, from, ...size]);
  const w = parameter("w", [to, from, ...kernel]);
  const y = convolution(x, w, window);
  const [dx, dw] = gradient(sum(multiply(y, placeholder("dy", y.shape))), [x, w]);
  return { y, dx, dw };
}

async function waysOf(given: Executor, spec: ProgramSpec, of: RegExp) {
  const program = await given.compile(spec);
  await program.dispose();
  const { nodes } = program.plan as { nodes: Readonly<Record<string, number>> };
  return Object.fromEntries(Object.entries(nodes).filter(([way]) => of.test(way)));
}

describe("a block of a network, with statistics and gradients", () => {
  it.each([16, 40, 6])("%d channels", (channels) =>
    agree(() => {
      const x = placeholder("x", [6, channels, 6, 6]);
      const names = ["w1", "w2", "w3"] as const;
      const [w1, w2, w3] = names.map((name) => parameter(name, [channels, channels, 3, 3]));
      const first = normalised(convolution(x, w1, { padding: [1, 1] }), "a");
      const hidden = relu(first.y);
      const second = normalised(convolution(hidden, w2, { padding: [1, 1] }), "b");
      const joined = relu(add(second.y, hidden));
      const third = normalised(convolution(joined, w3, { stride: [2, 2], padding: [1, 1] }), "c");
      const bent = tanh(maximum(subtract(third.y, 0.25), -1));
      const pooled = mean(bent, [2, 3]);
      const loss = sum(multiply(pooled, placeholder("dy", pooled.shape)));
      const targets = [x, w1, w2, w3, first.scale, first.shift, third.scale, third.shift];
      const found = gradient(loss, targets).map((dx, i) => [`gradient ${i}`, dx] as const);
      const { mean: m, variance } = first;
      return { loss, pooled, m, variance, bent, hidden, ...Object.fromEntries(found) };
    }),
  );

  it("keeps the mean out of the variance", () =>
    agree(() => {
      const x = placeholder("x", [8, 16, 4, 4]);
      const shifted = add(relu(convolution(x, parameter("w", [16, 16, 1, 1]))), 1000);
      const { y, mean: m, variance } = normalised(shifted, "n");
      return { y, m, variance };
    }, 1e-8));

  it("with given statistics", () =>
    agree(() => {
      const x = placeholder("x", [3, 24, 4, 4]);
      const y = convolution(x, parameter("w", [24, 24, 3, 3]), { padding: [1, 1] });
      const [scale, shift, m, d] = ["s", "b", "m", "d"].map((name) => parameter(name, [24]));
      const statistics = { scale, shift, mean: m, variance: multiply(d, d) };
      return { y: relu(batchNormInference(y, statistics)) };
    }));
});

describe("the plan", () => {
  it("names the way of every node, and the blocked kernels where there are some", async () => {
    const x = placeholder("x", [16, 3, 8, 8]);
    const v = parameter("v", [32, 3, 2, 2]);
    const first = relu(normalised(convolution(x, v, { stride: [2, 2] }), "a").y);
    const [w, scale] = [parameter("w", [32, 32, 3, 3]), parameter("scale", [32])];
    const y = convolution(first, w, { padding: [1, 1] });
    const second = relu(add(batchNorm(y, scale, scale).y, first));
    const [dw, dv] = gradient(sum(second), [w, v]);
    const spec = { outputs: { dw, dv } };
    const nodesOfPlan = (given: Executor) => waysOf(given, spec, /^(conv|batch|relu|select)/);
    expect(await nodesOfPlan(rowMajor)).toMatchObject({ "convolution[16,32,4,4]: plain": 2 });
    if ((executor.description as { block: number }).block === 1) return;
    expect(await nodesOfPlan(executor)).toEqual({
      "convolution[16,32,4,4]: blocked, direct": 2,
      "batchNorm[16,32,4,4]: blocked": 2,
      "relu[16,32,4,4]: blocked, fused with batch norm": 1,
      "relu[16,32,4,4]: blocked, fused with batch norm and sum": 1,
      "select[16,32,4,4]: blocked gate": 2,
      "batchNormGradient[16,32,4,4]: blocked": 2,
      "convolutionWeightGradient[32,32,3,3]: blocked, direct with the batch as channels": 1,
      "convolutionDataGradient[16,32,4,4]: blocked, direct with flipped weights": 1,
      "convolutionWeightGradient[32,3,2,2]: blocked, direct with the batch as channels": 1,
    });
  });
});

describe("a program", () => {
  it("takes one thing at a time, with the values given at the call", async () => {
    const [x, a] = [placeholder("x", [1]), parameter("a", [1])];
    const next = add(a, x);
    const program = await executor.compile({ outputs: { next }, updates: [[a, next]] });
    const given = Float32Array.of(1);
    const runs = [program.run({ x: given }), program.run({ x: given })];
    const between = program.read("a");
    given.fill(100);
    const written = program.write("a", given);
    given.fill(7);
    const last = program.run({ x: given });
    const gone = program.dispose();
    expect((await Promise.all([...runs, last])).map((found) => found.next[0])).toEqual([1, 2, 107]);
    expect([...(await between)]).toEqual([2]);
    await Promise.all([written, gone]);
  });

  it("lets updated state take turns and passes values through", async () => {
    const [x, a, b] = [placeholder("x", [2]), parameter("a", [2]), state("b", [2])];
    const program = await executor.compile({
      outputs: { a, twice: multiply(a, 2), again: multiply(a, 2) },
      updates: [
        [a, b],
        [b, add(a, x)],
      ],
    });
    await program.write("a", Float32Array.of(1, 2));
    const found = await program.run({ x: Float32Array.of(10, 20) });
    expect(found).toEqual({
      a: Float32Array.of(1, 2),
      twice: Float32Array.of(2, 4),
      again: Float32Array.of(2, 4),
    });
    await program.run({ x: Float32Array.of(10, 20) });
    expect(await program.read("a")).toEqual(Float32Array.of(11, 22));
    expect(await program.read("b")).toEqual(Float32Array.of(10, 20));
    await program.dispose();
  });
});

function normalised(x: Tensor, name: string) {
  const scale = parameter(`${name}.scale`, [x.shape[1]]);
  const shift = parameter(`${name}.shift`, [x.shape[1]]);
  return { scale, shift, ...batchNorm(x, scale, shift) };
}

async function agree(build: () => Record<string, Tensor>, limit = 1e-11): Promise<void> {
  const spec: ProgramSpec = { outputs: build() };
  const values = Object.fromEntries(
    placeholdersOf(spec).map(({ attributes: { name, shape } }) => [
      name,
      Float32Array.from(normal(fork(keyFromSeed(7), name), sizeOf(shape))),
    ]),
  );
  const expected = expectedOf(spec, values);
  for (const each of [executor, rowMajor]) {
    const program = await each.compile(spec);
    const inputs: Record<string, Float32Array> = {};
    for (const { attributes } of placeholdersOf(spec)) {
      if (attributes.role === "input") inputs[attributes.name] = values[attributes.name];
      else await program.write(attributes.name, values[attributes.name]);
    }
    const found = await program.run(inputs);
    for (const name of Object.keys(expected)) {
      expect(nmse(found[name], expected[name]), name).toBeLessThan(limit);
    }
    expect(await program.run(inputs), "bit for bit the same again").toEqual(found);
    await program.dispose();
  }
}
