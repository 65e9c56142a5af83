/** The executor `torch` on a device, cpu if none is named: the whole suite, and what it promises beyond. */
import { describe, expect, it } from "vitest";
import {
  add,
  batchNorm,
  concatenate,
  constant,
  convolution,
  type Executor,
  equal,
  type FoundTorch,
  gather,
  gradient,
  matmul,
  multiply,
  type ProgramSpec,
  parameter,
  placeholder,
  relu,
  reshape,
  scatterAdd,
  select,
  sizeOf,
  slice,
  state,
  subtract,
  sum,
  type TorchOptions,
  torchExecutor,
} from "../../src/engine/index.ts";
import { expectedOf } from "./build-case.ts";
import { nmse } from "./compare.ts";
import { executorSuite } from "./executor-suite.ts";
import { expectNoGrowth } from "./growth.ts";
import { residualNetwork, transformerNetwork } from "./networks.ts";
import { convolutionSettings, device, withTorch } from "./torch-library.ts";

withTorch((library) => {
  executorSuite("torch", () => torchExecutor({ library, device, threads: 2 }));

  describe("torch", () => {
    it("computes the same with pictures row by row as with channels innermost", async () => {
      const { spec, owned, inputs } = residualNetwork();
      const losses = async (channelsLast: boolean) =>
        using(library, { channelsLast }, async (executor) => {
          const program = await executor.compile(spec);
          for (const [name, values] of Object.entries(owned)) await program.write(name, values);
          const found = [];
          for (let step = 0; step < 3; step++)
            found.push((await program.run(inputs(step))).loss[0]);
          return found;
        });
      const [rows, innermost] = [await losses(false), await losses(true)];
      expect(nmse(rows, innermost)).toBeLessThan(1e-10);
    });

    it("takes the memory of large tensors from step to step, and gives it back at the end", async (context) => {
      if (device !== "cpu") context.skip("memory of the host is the device cpu's");
      if (process.platform !== "linux") context.skip("freed memory is kept on glibc alone");
      const x = placeholder("x", [1, 16, 1024, 512]);
      const w = parameter("w", [1]);
      const y = relu(multiply(x, w));
      const spec = { outputs: { loss: sum(add(multiply(y, y), x)) } };
      const inputs = { x: new Float32Array(sizeOf(x.shape)).fill(0.5) };
      await using(library, {}, async (executor) => {
        const program = await executor.compile(spec);
        const faults: number[] = [];
        for (let step = 0; step < 5; step++) {
          const before = process.resourceUsage().minorPageFault;
          await program.run(inputs);
          faults.push(process.resourceUsage().minorPageFault - before);
        }
        const pages = (4 * sizeOf(x.shape)) / 4096;
        // Once the heap is as large as need be; without, each step's tensors are handed over anew.
        expect(Math.min(...faults)).toBeLessThan(pages / 2);
        const most = process.memoryUsage().rss;
        await program.dispose();
        expect(process.memoryUsage().rss).toBeLessThan(most - 2 * 4 * sizeOf(x.shape));
      });
    });

    it.each([
      ["repeatable", [true, false]],
      ["fastest", [false, true]],
    ] as const)("tells cuDNN which algorithms a run may take: %s", async (algorithms, told) => {
      await using(library, { algorithms }, async (executor) => {
        const x = placeholder("x", [2]);
        const program = await executor.compile({ outputs: { y: add(x, x) } });
        await program.run({ x: Float32Array.of(1, 2) });
        expect(convolutionSettings(library)).toEqual(told);
        const named = algorithms === "fastest" ? { algorithms } : {};
        for (const written of [executor.description, program.plan]) {
          expect(written).toMatchObject(named);
          expect("algorithms" in (written as object)).toBe(algorithms === "fastest");
        }
      });
    });

    it("reads a filter in plain order, whatever the layout it is kept in", async () => {
      const w = parameter("w", [2, 3, 2, 2]);
      const values = Float32Array.from({ length: 24 }, (_, i) => i);
      await using(library, {}, async (executor) => {
        const program = await executor.compile({ outputs: {}, updates: [[w, multiply(w, 2)]] });
        await program.write("w", values);
        await program.run();
        expect(await program.read("w")).toEqual(values.map((x) => 2 * x));
      });
    });

    it("takes both gradients of a convolution in one call", async () => {
      const [x, w] = [parameter("x", [2, 3, 5, 5]), parameter("w", [4, 3, 3, 3])];
      const [dx, dw] = gradient(sum(relu(convolution(x, w))), [x, w]);
      const plan = await planOf(library, { outputs: { dx, dw } });
      expect(plan).toMatchObject({
        convolutionDataGradient: { "with the weight's": 1 },
        convolutionWeightGradient: { "with the data's": 1 },
      });
    });

    it("does not pair gradients of different convolutions", async () => {
      const x = placeholder("x", [1, 1, 3, 3]);
      const [v, w] = [parameter("v", [1, 1, 1, 1]), parameter("w", [1, 1, 3, 3])];
      const y = convolution(convolution(x, v), w);
      const outputs = Object.fromEntries(gradient(sum(y), [v, w]).map((g, i) => [`${i}`, g]));
      const spec = { outputs };
      const given = { x: values(9), v: Float32Array.of(2), w: values(9) };
      const expected = expectedOf(spec, given);
      await using(library, {}, async (executor) => {
        const program = await executor.compile(spec);
        await program.write("v", given.v);
        await program.write("w", given.w);
        const found = await program.run({ x: given.x });
        for (const key of ["0", "1"]) expect(nmse(found[key], expected[key])).toBeLessThan(1e-12);
      });
    });

    it("adds a multiple in one pass, and the right one", async () => {
      const [a, b] = [placeholder("a", [3]), placeholder("b", [3])];
      const outputs = {
        right: add(a, multiply(b, 0.5)),
        left: add(multiply(0.25, a), b),
        minus: subtract(a, multiply(b, 3)),
        both: subtract(multiply(a, 2), b),
        row: add(multiply(a, placeholder("c", [])), b),
      };
      const given = {
        a: Float32Array.of(1, 2, 3),
        b: Float32Array.of(8, 4, -2),
        c: Float32Array.of(10),
      };
      await using(library, {}, async (executor) => {
        const found = await (await executor.compile({ outputs })).run(given);
        expect(found).toEqual({
          right: Float32Array.of(5, 4, 2),
          left: Float32Array.of(8.25, 4.5, -1.25),
          minus: Float32Array.of(-23, -10, 9),
          both: Float32Array.of(-6, 0, 8),
          row: Float32Array.of(18, 24, 28),
        });
      });
    });

    it("masks the gradient of relu by bits, whatever the numbers are", async () => {
      const given = { x: Float32Array.of(3, 1e-45, 0, -0, -1e-45, -2, Infinity, -Infinity, 1, -1) };
      const dy = [-7, 8, 9, NaN, Infinity, 1, -0.5, 2, NaN, NaN];
      const x = parameter("x", [10]);
      const [dx] = gradient(sum(multiply(relu(x), constant(dy, [10]))), [x]);
      expect(await planOf(library, { outputs: { dx } })).toMatchObject({
        select: { "relu's gradient": 1 },
      });
      await using(library, {}, async (executor) => {
        const program = await executor.compile({ outputs: { dx } });
        await program.write("x", given.x);
        const found = [...(await program.run()).dx].map((value) => value + 0);
        expect(found).toEqual([-7, 8, 0, 0, 0, 0, -0.5, 0, NaN, 0]);
      });
    });

    it("computes with comparisons as numbers and chooses by numbers as conditions", async () => {
      const a = placeholder("a", [3]);
      const outputs = { counted: sum(equal(a, 2)), chosen: select(a, 1, constant([5, 6, 7], [3])) };
      await using(library, {}, async (executor) => {
        const found = await (await executor.compile({ outputs })).run({
          a: Float32Array.of(2, 0, 2),
        });
        expect(found).toEqual({ counted: Float32Array.of(2), chosen: Float32Array.of(1, 6, 1) });
      });
    });

    it("says which index is no row, and leaves state as it was", async () => {
      const at = placeholder("at", [2, 2], { dtype: "i32" });
      const picked = reshape(slice(at, [1, 0], [2, 2]), [2]);
      const count = state("count", []);
      const rows = gather(parameter("table", [3, 1]), picked);
      const spec = {
        outputs: { y: scatterAdd(rows, picked, 3) },
        updates: [[count, add(count, 1)]] as const,
      };
      await using(library, {}, async (executor) => {
        const program = await executor.compile(spec);
        // What the slice leaves out is no index.
        await program.run({ at: Int32Array.of(9, 9, 0, 2) });
        const wrong = program.run({ at: Int32Array.of(0, 0, 1, 3) });
        await expect(wrong).rejects.toMatchObject({
          code: "engine/index-outside",
          values: { op: "gather", index: 3, rows: 3 },
        });
        expect([...(await program.read("count"))]).toEqual([1]);
      });
    });

    it("names the node, its shapes and the library's words when an operator fails", async () => {
      const huge = concatenate([placeholder("x", [1, 1]), constant(0, [1 << 24, 1])], 0);
      const y = matmul(huge, reshape(huge, [1, -1]));
      await using(library, {}, async (executor) => {
        const program = await executor.compile({ outputs: { y: sum(y) } });
        const run = program.run({ x: Float32Array.of(1) });
        await expect(run).rejects.toMatchObject({
          code: "engine/node-refused",
          values: {
            library: "PyTorch",
            op: "matmul",
            shapes: "[16777217, 1] [1, 16777217] → [16777217, 16777217]",
            origin: expect.stringMatching(/torch\.native\.test\.ts:\d+/),
            message: expect.stringMatching(/memory|alloc|standard error/i),
          },
        });
      });
    });

    it("refuses a device that is not there and names those that are", async () => {
      for (const device of ["gpu", "cuda:63", "cpu:1x"]) {
        await expect(torchExecutor({ library, device })).rejects.toMatchObject({
          code: "engine/device-missing",
          values: { name: device, known: expect.stringMatching(/^cpu/) },
        });
      }
    });

    it("has the threads that were asked for", async () => {
      for (const threads of [1, 2]) {
        await using(library, { threads }, async ({ description }) => {
          expect(description).toMatchObject({ threads, device, precision: "f32" });
        });
      }
    });

    it.each([residualNetwork(), transformerNetwork()])("trains in bf16: $name", async (network) => {
      const losses = (precision: "f32" | "bf16") =>
        using(library, { precision }, async (executor) => {
          const program = await executor.compile(network.spec);
          for (const [key, start] of Object.entries(network.owned)) await program.write(key, start);
          const found = [];
          for (let step = 0; step < 3; step++)
            found.push((await program.run(network.inputs(step))).loss[0]);
          return found;
        });
      const [full, half] = [await losses("f32"), await losses("bf16")];
      // bfloat16 has 8 bits of significand: near, and not the same.
      expect(nmse(half, full)).toBeLessThan(1e-3);
      expect(half).not.toEqual(full);
    });

    it("takes operands as they are where a program must be exact, whatever the precision", async () => {
      const y = matmul(placeholder("a", [4, 64]), placeholder("b", [64, 4]));
      const given = { a: values(256), b: values(256).map((x) => 1 / (1.5 + x)) };
      const product = (precision: "f32" | "bf16", exact: boolean) =>
        using(library, { precision }, async (executor) => {
          const program = await executor.compile({ outputs: { y } }, { exact });
          return (await program.run(given)).y;
        });
      const full = await product("f32", false);
      expect(await product("bf16", true)).toEqual(full);
      expect(await product("bf16", false)).not.toEqual(full);
    });

    it("keeps no memory of runs and of programs that are gone", async () => {
      const x = placeholder("x", [8, 16, 16, 16]);
      const w = parameter("w", [16, 16, 3, 3]);
      const queue = state("queue", [8192, 16]);
      const norm = batchNorm(
        convolution(x, w, { padding: [1, 1] }),
        constant(1, [16]),
        constant(0, [16]),
      );
      const h = sum(relu(norm.y), [2, 3]);
      const [dw] = gradient(sum(h), [w]);
      const spec: ProgramSpec = {
        outputs: { h },
        updates: [
          [w, subtract(w, multiply(dw, 1e-3))],
          [queue, concatenate([slice(queue, [8, 0], [8192, 16]), h], 0)],
        ],
      };
      const inputs = { x: values(8 * 16 * 16 * 16) };
      const network = { spec, inputs: () => inputs };
      // A state that stayed would be 50 MB, activations 200 MB, programs 10 MB.
      await using(library, { threads: 1 }, (executor) =>
        expectNoGrowth(executor, { network, warm: 10, programs: 20, runs: 5 }),
      );
    });
  });
});

async function using<T>(
  library: FoundTorch,
  options: TorchOptions,
  work: (executor: Executor) => Promise<T>,
): Promise<T> {
  const executor = await torchExecutor({ library, device, threads: 2, ...options });
  try {
    return await work(executor);
  } finally {
    await executor.dispose();
  }
}

async function planOf(library: FoundTorch, spec: ProgramSpec): Promise<unknown> {
  return await using(library, {}, async (executor) => {
    const { plan } = await executor.compile(spec);
    return typeof plan === "object" && plan !== null && "nodes" in plan ? plan.nodes : undefined;
  });
}

function values(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i));
}
