/** What every executor must do, held against the reference. One suite, many implementations. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Problem } from "../../src/base/index.ts";
import {
  add,
  type Executor,
  gather,
  multiply,
  type Program,
  type ProgramSpec,
  parameter,
  placeholder,
  placeholdersOf,
  referenceExecutor,
  scatterAdd,
  state,
  type Values,
} from "../../src/engine/index.ts";
import { buildCase, expectedOf, gradientOf, specOf } from "./build-case.ts";
import type { Tolerance } from "./cases/case.ts";
import { type Case, caseTable, type OpCases } from "./cases/index.ts";
import { expectNear, expectNearSpecial, nmse } from "./compare.ts";
import { collectGarbage } from "./growth.ts";
import { type Network, residualNetwork, transformerNetwork } from "./networks.ts";

const trained: Tolerance = {
  nmse: 1e-8,
  because: "three steps of float32 training amplify roundings",
};

export function executorSuite(
  name: string,
  makeExecutor: () => Executor | Promise<Executor>,
): void {
  describe(`executor ${name}`, () => {
    let executor: Executor;
    beforeAll(async () => {
      executor = await makeExecutor();
    });
    afterAll(() => executor.dispose());

    const compile = (spec: ProgramSpec) => executor.compile(spec);
    const runOnce = async (spec: ProgramSpec, values: Readonly<Record<string, Values>>) => {
      const program = await compile(spec);
      try {
        return await program.run(values);
      } finally {
        await program.dispose();
      }
    };

    it("says what it is", () => {
      expect(executor.name).toBe(name);
      expect(JSON.parse(JSON.stringify(executor.description))).toEqual(executor.description);
    });

    describe.each(Object.entries(caseTable))("%s", (_op, table) => {
      it.each(table.cases)("agrees: $name", (example) => agree(example, table));

      const hasGradient = table.gradient === "checked";
      const differentiable = hasGradient ? table.cases.filter(isDifferentiable) : [];
      if (differentiable.length > 0)
        it.each(differentiable)("agrees on the gradient: $name", (example) =>
          agreeOnGradient(example, table),
        );

      const inputs = table.cases[0].inputs.map((_, i) => i);
      const floats = inputs.filter((i) => table.cases[0].inputs[i].dtype === "f32");
      if (floats.length > 0)
        it.each([NaN, Infinity, -Infinity])("%s in an input goes where it does", async (value) => {
          for (const i of floats) await agreeOnSpecial(table, { i, value });
        });
    });

    async function agree(example: Case, { tolerance }: OpCases) {
      const { outputs, values } = buildCase(example);
      const spec = specOf(outputs);
      compare(await runOnce(spec, values), expectedOf(spec, values), tolerance);
    }

    async function agreeOnGradient(
      example: Case,
      { tolerance, gradientTolerance = tolerance }: OpCases,
    ) {
      const { gradients, values } = gradientOf(example, buildCase(example));
      const spec = specOf(gradients);
      const given = inputsOf(spec, values);
      compare(await runOnce(spec, given), expectedOf(spec, given), gradientTolerance);
    }

    async function agreeOnSpecial(
      { cases: [example], tolerance, nan, infinity }: OpCases,
      { i, value }: { i: number; value: number },
    ) {
      const { outputs, values } = buildCase(example);
      const spec = specOf(outputs);
      const given = { ...values, [`x${i}`]: Float32Array.from(values[`x${i}`]).with(0, value) };
      const [found, expected] = [await runOnce(spec, given), expectedOf(spec, given)];
      const special = Number.isNaN(value) ? nan : infinity;
      for (const key of Object.keys(expected)) {
        expectNearSpecial(found[key], expected[key], { special, tolerance });
      }
    }

    describe("a program", () => {
      const x = placeholder("x", [2]);
      const a = parameter("a", [2]);
      const b = state("b", [2]);
      const swap: ProgramSpec = {
        outputs: { sum: add(add(a, b), x) },
        updates: [
          [a, b],
          [b, a],
        ],
      };

      it("owns parameters and state, zero at first, read and written by name", async () => {
        const program = await compile(swap);
        expect([...(await program.read("a"))]).toEqual([0, 0]);
        const written = Float32Array.of(1, 2);
        await program.write("a", written);
        written.fill(9);
        const read = await program.read("a");
        expect([...read]).toEqual([1, 2]);
        read.fill(9);
        expect([...(await program.read("a"))]).toEqual([1, 2]);
        await program.dispose();
      });

      it("reads all before it sets any", async () => {
        const program = await compile(swap);
        await program.write("a", Float32Array.of(1, 2));
        await program.write("b", Float32Array.of(10, 20));
        const given = { x: Float32Array.of(100, 200) };
        expect([...(await program.run(given)).sum]).toEqual([111, 222]);
        expect([...(await program.read("a"))]).toEqual([10, 20]);
        expect([...(await program.read("b"))]).toEqual([1, 2]);
        expect([...(await program.run(given)).sum]).toEqual([111, 222]);
        expect([...(await program.read("a"))]).toEqual([1, 2]);
        await program.dispose();
      });

      it("may give a value that it also sets, as it was before", async () => {
        const next = add(a, 1);
        const program = await compile({
          outputs: { before: a, after: next },
          updates: [[a, next]],
        });
        await program.run();
        const { before, after } = await program.run();
        expect([[...before], [...after]]).toEqual([
          [1, 1],
          [2, 2],
        ]);
        expect([...(await program.read("a"))]).toEqual([2, 2]);
        await program.dispose();
      });

      it("sets several from one value, and may only update", async () => {
        const next = multiply(x, 2);
        const program = await compile({
          outputs: {},
          updates: [
            [a, next],
            [b, next],
          ],
        });
        expect(await program.run({ x: Float32Array.of(3, 4) })).toEqual({});
        await program.write("a", Float32Array.of(0, 0));
        expect([...(await program.read("b"))]).toEqual([6, 8]);
        await program.dispose();
      });

      it("copies inputs in and gives outputs away", async () => {
        const program = await compile({ outputs: { x, twice: multiply(x, 2) } });
        const given = Float32Array.of(1, 2);
        const first = await program.run({ x: given });
        given.fill(7);
        expect([...first.x]).toEqual([1, 2]);
        const second = await program.run({ x: given });
        expect([[...first.twice], [...second.twice]]).toEqual([
          [2, 4],
          [14, 14],
        ]);
        second.x.fill(0);
        expect([...given]).toEqual([7, 7]);
        await program.dispose();
      });

      it("brings back the outputs that are asked for, and updates all the same", async () => {
        const next = add(a, x);
        const outputs = { a, next, twice: multiply(next, 2) };
        const program = await compile({ outputs, updates: [[a, next]] });
        const given = { x: pair().fill(1) };
        expect(await program.run(given, { outputs: [] })).toEqual({});
        const found = await program.run(given, { outputs: ["twice", "a"] });
        expect(found).toEqual({ a: Float32Array.of(1, 1), twice: Float32Array.of(4, 4) });
        const unknown = program.run(given, { outputs: ["b"] });
        await expect(unknown).rejects.toMatchObject({ code: "engine/unknown-output" });
        await program.dispose();
      });

      it("takes arrays for outputs, and no other length than theirs", async () => {
        const program = await compile({ outputs: { x, twice: multiply(x, 2) } });
        const [fitting, long] = [new Float32Array(2), new Float32Array(3)];
        const given = { x: Float32Array.of(1, 2) };
        const found = await program.run(given, { into: { twice: fitting, x: long } });
        expect(found).toEqual({ x: Float32Array.of(1, 2), twice: Float32Array.of(2, 4) });
        expect([...long]).toEqual([0, 0, 0]);
        if (found.twice !== fitting) expect([...fitting]).toEqual([0, 0]);
        await program.dispose();
      });

      it("keeps apart programs of one specification", async () => {
        const [one, other] = [await compile(swap), await compile(swap)];
        await one.write("a", Float32Array.of(1, 1));
        expect([...(await other.read("a"))]).toEqual([0, 0]);
        await one.dispose();
        expect([...(await other.read("a"))]).toEqual([0, 0]);
        await other.dispose();
      });

      it("has a plan that can be stored", async () => {
        const program = await compile(swap);
        expect(JSON.parse(JSON.stringify(program.plan))).toEqual(program.plan);
        await program.dispose();
      });

      it.each<[string, (program: Program) => Promise<unknown>]>([
        ["engine/missing-input", (program) => program.run({})],
        ["engine/unknown-input", (program) => program.run({ x: pair(), y: pair() })],
        ["engine/unknown-input", (program) => program.run({ x: pair(), a: pair() })],
        ["engine/input-size", (program) => program.run({ x: new Float32Array(3) })],
        ["engine/input-type", (program) => program.run({ x: new Int32Array(2) })],
        ["engine/unknown-state", (program) => program.read("x")],
        ["engine/unknown-state", (program) => program.write("toString", pair())],
        ["engine/input-size", (program) => program.write("a", new Float32Array(1))],
      ])("refuses with %s", async (code, act) => {
        const program = await compile(swap);
        await expect(act(program)).rejects.toSatisfy(
          (e) => e instanceof Problem && e.code === code,
        );
        expect([...(await program.run({ x: pair() })).sum], "works on").toEqual([0, 0]);
        await program.dispose();
      });

      it("refuses to compile what the verifier refuses", async () => {
        const twice = { outputs: { y: add(a, parameter("a", [2])) } };
        await expect(compile(twice)).rejects.toMatchObject({ code: "engine/invalid-program" });
      });

      it("does not work once disposed, and disposing twice is harmless", async () => {
        const program = await compile(swap);
        await program.dispose();
        await program.dispose();
        const gone = { code: "engine/program-disposed" };
        await expect(program.run({ x: pair() })).rejects.toMatchObject(gone);
        await expect(program.read("a")).rejects.toMatchObject(gone);
        await expect(program.write("a", pair())).rejects.toMatchObject(gone);
      });

      it("lets go of programs that are disposed of", async () => {
        const ofDisposed = async () => {
          const program = await compile(swap);
          await program.dispose();
          return new WeakRef(program);
        };
        const gone = await ofDisposed();
        // What a reference was made for in this turn of the event loop stays to its end.
        await new Promise((resolve) => setImmediate(resolve));
        collectGarbage();
        expect(gone.deref()).toBeUndefined();
      });

      it("fails on an index outside the table instead of reading elsewhere", async () => {
        const at = placeholder("at", [1], { dtype: "i32" });
        const table = placeholder("table", [2, 2]);
        const values = { at: Int32Array.of(2), table: new Float32Array(4) };
        await expect(runOnce({ outputs: { y: gather(table, at) } }, values)).rejects.toThrow();
        const updates = placeholder("table", [1, 4]);
        const scattered = { outputs: { y: scatterAdd(updates, at, 2) } };
        await expect(runOnce(scattered, values)).rejects.toThrow();
      });
    });

    describe.each([residualNetwork(), transformerNetwork()])("network: $name", (network) => {
      it("trains as the reference does", async () => {
        const found = await train(executor, network, 3);
        const expected = await train(referenceExecutor(), network, 3);
        expectNear(found.losses, expected.losses, trained);
        for (const [key, values] of Object.entries(expected.owned)) {
          expect(values.every(Number.isFinite), key).toBe(true);
          const change = subtractArrays(values, network.owned[key]);
          const foundChange = subtractArrays(found.owned[key], network.owned[key]);
          if (change.every((x) => Math.abs(x) < 1e-6)) continue;
          expect(nmse(foundChange, change), `${key}: ${trained.because}`).toBeLessThan(
            trained.nmse,
          );
        }
      });

      it("gives the same bits from the same start", async () => {
        const [one, other] = [await train(executor, network, 2), await train(executor, network, 2)];
        expect(one).toEqual(other);
      });

      it("goes on from values read as if never interrupted", async () => {
        const whole = await train(executor, network, 3);
        const half = await train(executor, network, 1);
        const rest = await train(executor, { ...network, owned: half.owned }, 2, 1);
        expect([...half.losses, ...rest.losses]).toEqual(whole.losses);
        expect(rest.owned).toEqual(whole.owned);
      });
    });
  });
}

interface Trained {
  readonly losses: number[];
  readonly owned: Readonly<Record<string, Float32Array>>;
}

async function train(
  executor: Executor,
  { spec, owned, inputs }: Network,
  steps: number,
  from = 0,
): Promise<Trained> {
  const program = await executor.compile(spec);
  for (const [name, values] of Object.entries(owned)) await program.write(name, values);
  const losses: number[] = [];
  for (let step = from; step < from + steps; step++) {
    losses.push((await program.run(inputs(step))).loss[0]);
  }
  const after: Record<string, Float32Array> = {};
  for (const name of Object.keys(owned)) after[name] = await program.read(name);
  await program.dispose();
  return { losses, owned: after };
}

function compare(
  found: Readonly<Record<string, Float32Array>>,
  expected: Readonly<Record<string, Float64Array>>,
  tolerance: Tolerance,
): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) expectNear(found[name], values, tolerance);
}

function isDifferentiable(example: Case): boolean {
  const { outputs } = buildCase(example);
  return outputs[0].dtype === "f32" && example.inputs.some((x) => x.dtype === "f32" && !x.fixed);
}

/** Only what the program needs: a gradient may depend on fewer inputs than its loss. */
function inputsOf(spec: ProgramSpec, values: Readonly<Record<string, Values>>) {
  const needed = new Set(placeholdersOf(spec).map(({ attributes }) => attributes.name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => needed.has(name)));
}

function subtractArrays(left: Float32Array, right: Float32Array): Float32Array {
  return left.map((x, i) => x - right[i]);
}

function pair(): Float32Array {
  return new Float32Array(2);
}
