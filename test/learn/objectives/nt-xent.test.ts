/** NT-Xent against the published equation in plain loops, by hand, and its gradient. */
import { describe, expect, test } from "vitest";
import { gradient, placeholder } from "../../../src/engine/index.ts";
import { ntXent } from "../../../src/learn/objectives/index.ts";
import { differences, expectClose, inFloat64, numbers, rowsOf } from "../numbers.ts";

/** Chen et al. 2020, equation 1, one pair after another. */
function literal(first: number[][], second: number[][], temperature: number) {
  const z = [...first, ...second];
  const n = first.length;
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const cosine = (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  let [alignment, denominator] = [0, 0];
  for (let i = 0; i < 2 * n; i++) {
    const j = i < n ? i + n : i - n;
    let total = 0;
    for (let k = 0; k < 2 * n; k++) {
      if (k !== i) total += Math.exp(cosine(z[i], z[k]) / temperature);
    }
    alignment -= cosine(z[i], z[j]) / temperature / (2 * n);
    denominator += Math.log(total) / (2 * n);
  }
  return { loss: alignment + denominator, alignment, denominator };
}

function terms(n: number, d: number) {
  const first = placeholder("first", [n, d]);
  const second = placeholder("second", [n, d]);
  return { first, second, ...ntXent(first, second, placeholder("temperature", [])) };
}

describe("NT-Xent", () => {
  test.each([
    [2, 3, 0.5],
    [5, 4, 0.2],
    [7, 2, 1],
  ])("of %i pairs in %i dimensions at temperature %f is the published loss", (n, d, t) => {
    const { loss, invariance, regularisation } = terms(n, d);
    const [first, second] = [numbers(1, n * d), numbers(2, n * d)];
    const values = { first, second, temperature: [t] };
    const found = inFloat64([loss, invariance, regularisation], values).map(([value]) => value);
    const expected = literal(rowsOf(first, d), rowsOf(second, d), t);
    expectClose(found, [expected.loss, expected.alignment, expected.denominator], 1e-12);
  });

  test("by hand: two orthogonal pictures, equal views, temperature 1", () => {
    const { loss, invariance, regularisation } = terms(2, 2);
    const values = { first: [1, 0, 0, 3], second: [2, 0, 0, 1], temperature: [1] };
    const found = inFloat64([loss, invariance, regularisation], values).map(([value]) => value);
    const denominator = Math.log(Math.E + 2);
    expectClose(found, [denominator - 1, -1, denominator], 1e-12);
  });

  test("stays finite at a temperature of 0.001", () => {
    const { loss } = terms(3, 4);
    const values = { first: numbers(3, 12), second: numbers(4, 12), temperature: [0.001] };
    expect(inFloat64([loss], values)[0][0]).toBeGreaterThan(0);
  });

  test("its gradient is what finite differences give", () => {
    const [n, d] = [3, 4];
    const built = terms(n, d);
    const second = numbers(6, n * d);
    const x = numbers(5, n * d);
    const values = { first: x, second, temperature: [0.3] };
    const [found] = inFloat64(gradient(built.loss, [built.first]), values);
    const f = (first: Float64Array) => inFloat64([built.loss], { ...values, first })[0][0];
    expectClose(found, differences(f, x), 1e-8);
  });
});
