/** Products and banks on executors give what the plain product gives, whatever the sizes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ProductOnExecutor, productOn } from "../../src/app/product.ts";
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import {
  type Executor,
  onednnExecutor,
  ortExecutor,
  referenceExecutor,
} from "../../src/engine/index.ts";
import {
  type BankSize,
  fitProbe,
  knnPredictions,
  type Matrix,
  nccPredictions,
  plainProduct,
  scorePredictions,
} from "../../src/learn/measure/index.ts";
import { available } from "../engine/onednn/libraries.ts";
import { gaussians } from "../learn/measure/gaussians.ts";

const makers: Readonly<Record<string, () => Promise<Executor>>> = {
  ort: ortExecutor,
  reference: async () => referenceExecutor(),
  ...Object.fromEntries(
    available.map(({ name, path }) => [
      `oneDNN ${name}`,
      () => onednnExecutor({ library: path, threads: 2 }),
    ]),
  ),
};

function drawn(rows: number, columns: number, name: string): Matrix {
  const values = Float32Array.from(normal(fork(keyFromSeed(3), name), rows * columns));
  return { rows, columns, values };
}

function transposed({ rows, columns, values }: Matrix): Matrix {
  const turned = values.map((_, at) => values[(at % rows) * columns + Math.floor(at / rows)]);
  return { rows: columns, columns: rows, values: turned };
}

describe.each(Object.keys(makers))("on %s", (name) => {
  let executor: Executor;
  let products: ProductOnExecutor;
  beforeAll(async () => {
    executor = await makers[name]();
    products = productOn(executor);
  });
  afterAll(async () => {
    await products[Symbol.asyncDispose]();
    await executor.dispose();
  });

  const open = async (size: BankSize) => {
    const { bank } = products.product;
    if (!bank) throw new Error("an executor's product has banks");
    return await bank(size);
  };

  test("an answer in the room offered is the same", async () => {
    await using bank = await open({ rows: 7, columns: 5, queries: 4 });
    await bank.hold(drawn(7, 5, "right"));
    const left = drawn(4, 5, "left");
    const expected = (await bank.times(left)).values.slice();
    const room = new Float32Array(30);
    const { values } = await bank.times(left, room);
    expect(values).toEqual(expected);
    if (name.startsWith("oneDNN")) expect(values.buffer).toBe(room.buffer);
  });

  test("a bank answers full and short operands, before and after it holds other rows", async () => {
    await using bank = await open({ rows: 7, columns: 5, queries: 4 });
    for (const [rows, queries] of [
      [7, 4],
      [3, 4],
      [7, 1],
      [2, 3],
    ]) {
      const right = drawn(rows, 5, `right ${rows} ${queries}`);
      await bank.hold(right);
      const left = drawn(queries, 5, `left ${queries}`);
      const expected = await plainProduct(left, right);
      const found = await bank.times(left);
      for (let i = 0; i < queries; i++) {
        for (let j = 0; j < rows; j++) {
          const value = found.values[i * found.columns + j];
          expect(value).toBeCloseTo(expected.values[i * rows + j], 5);
        }
      }
      const weights = drawn(queries, rows, `weights ${rows} ${queries}`);
      const sums = await bank.sums(weights);
      const wanted = await plainProduct(weights, transposed(right));
      expect([sums.rows, sums.columns]).toEqual([queries, 5]);
      wanted.values.forEach((value, at) => {
        expect(sums.values[at]).toBeCloseTo(value, 5);
      });
    }
  });

  test("two banks of one size do not share what they hold", async () => {
    const size = { rows: 2, columns: 3, queries: 1 };
    await using first = await open(size);
    await using second = await open(size);
    const left = { rows: 1, columns: 3, values: Float32Array.of(1, 10, 100) };
    await first.hold({ rows: 2, columns: 3, values: Float32Array.of(1, 2, 3, 0, 0, 1) });
    await second.hold({ rows: 2, columns: 3, values: Float32Array.of(4, 5, 6, 1, 0, 0) });
    expect([...(await first.times(left)).values]).toEqual([321, 100]);
    expect([...(await second.times(left)).values]).toEqual([654, 1]);
  });

  test("NCC, kNN and the probe answer as with the plain product", async () => {
    const { product } = products;
    const spec = { classes: 3, perClass: 15, columns: 6, apart: 0.8 };
    const bank = gaussians({ seed: 1, ...spec });
    const { matrix, codes } = gaussians({ seed: 2, ...spec });
    const key = keyFromSeed(1);
    expect(await nccPredictions(bank, matrix, { product })).toEqual(
      await nccPredictions(bank, matrix),
    );
    expect(await knnPredictions(bank, matrix, { product })).toEqual(
      await knnPredictions(bank, matrix),
    );
    const [there, here] = [
      await fitProbe(bank, { key, product, penalties: [0.01] }),
      await fitProbe(bank, { key, penalties: [0.01] }),
    ];
    there.weights.forEach((weight, at) => {
      expect(weight).toBeCloseTo(here.weights[at], 3);
    });
    const scores = scorePredictions(await there.predict(matrix), codes, 3);
    expect(scores.accuracy).toBeGreaterThan(0.5);
  });
});
