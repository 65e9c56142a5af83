/** Runs in place: primitives read and write the caller's arrays, and copies are made where they cannot. */
import { describe, expect, test } from "vitest";
import {
  add,
  matmul,
  onednnExecutor,
  parameter,
  placeholder,
  relu,
  transpose,
} from "../../../src/engine/index.ts";
import { available } from "./libraries.ts";

const [n, k, m] = [5, 8, 3];
const drawn = (length: number, step: number) =>
  Float32Array.from({ length }, (_, i) => ((i * step) % 7) - 3);
const held = drawn(m * k, 5);

/** left · heldᵀ, of whole numbers: exact. */
function literal(left: Float32Array): number[] {
  return Array.from({ length: n * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    return Array.from({ length: k }, (_, p) => left[i * k + p] * held[j * k + p]).reduce(
      (sum, value) => sum + value,
      0,
    );
  });
}

describe.each(available)("oneDNN $name", ({ path }) => {
  const left = () => placeholder("left", [n, k]);
  const product = (of: ReturnType<typeof left>, by = parameter("held", [m, k])) =>
    matmul(of, transpose(by));

  async function opened(outputs: Parameters<typeof compileOn>[1]) {
    const executor = await onednnExecutor({ library: path, threads: 1 });
    const program = await compileOn(executor, outputs);
    await program.write("held", held);
    return { program, [Symbol.asyncDispose]: async () => await executor.dispose() };
  }

  test("an array lent for one run is not looked at by the next one", async () => {
    await using on = await opened({ product: product(left()) });
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const first = new Float32Array(memory.buffer, 64, n * k);
    first.set(drawn(n * k, 3));
    const into = new Float32Array(memory.buffer, 4096, n * m);
    const given = { left: first };
    const found = await on.program.run(given, { into: { product: into }, inPlace: true });
    expect(found.product).toBe(into);
    expect([...into]).toEqual(literal(first));
    const before = [...into];
    const second = drawn(n * k, 4);
    const copied = await on.program.run({ left: second });
    expect([...copied.product]).toEqual(literal(second));
    expect([...into]).toEqual(before);
    expect([...first]).toEqual([...drawn(n * k, 3)]);
  });

  test("what loops read, and inputs that are outputs, are copied", async () => {
    const x = left();
    await using on = await opened({ product: product(relu(x)), sum: add(x, x), same: x });
    const given = drawn(n * k, 3);
    const into = {
      product: new Float32Array(n * m),
      sum: new Float32Array(n * k),
      same: new Float32Array(n * k),
    };
    for (const inPlace of [true, false, true]) {
      for (const array of Object.values(into)) array.fill(99);
      const found = await on.program.run({ left: given }, { into, inPlace });
      expect([...found.product]).toEqual(literal(given.map((value) => Math.max(0, value))));
      expect([...found.sum]).toEqual([...given.map((value) => 2 * value)]);
      expect([...found.same]).toEqual([...given]);
      expect([...given]).toEqual([...drawn(n * k, 3)]);
    }
  });

  test("an output that is not asked for, or has an array of another length, is no one's", async () => {
    const [x, by] = [left(), parameter("held", [m, k])];
    await using on = await opened({ product: product(x, by), twice: product(add(x, x), by) });
    const given = drawn(n * k, 3);
    const into = { product: new Float32Array(n * m).fill(7), twice: new Float32Array(2) };
    const found = await on.program.run(
      { left: given },
      { into, inPlace: true, outputs: ["twice"] },
    );
    expect(Object.keys(found)).toEqual(["twice"]);
    expect([...found.twice]).toEqual(literal(given).map((value) => 2 * value));
    expect([...into.product]).toEqual(new Array(n * m).fill(7));
  });
});

async function compileOn(
  executor: Awaited<ReturnType<typeof onednnExecutor>>,
  outputs: Record<string, ReturnType<typeof placeholder>>,
) {
  return await executor.compile({ outputs }, { exact: true });
}
