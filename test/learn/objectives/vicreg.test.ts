/** VICReg against the official code in plain loops, by hand, and its gradient. */
import { describe, expect, test } from "vitest";
import { gradient, placeholder } from "../../../src/engine/index.ts";
import { vicreg } from "../../../src/learn/objectives/index.ts";
import { differences, expectClose, inFloat64, numbers, rowsOf } from "../numbers.ts";

/** facebookresearch/vicreg, main_vicreg.py, VICReg.forward, written out. */
function literal(x: number[][], y: number[][]) {
  const [n, d] = [x.length, x[0].length];
  const column = (z: number[][], j: number) => z.map((row) => row[j]);
  const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  let invariance = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) invariance += (x[i][j] - y[i][j]) ** 2 / (n * d);
  }
  let [variance, covariance] = [0, 0];
  for (const z of [x, y]) {
    const means = Array.from({ length: d }, (_, j) => average(column(z, j)));
    for (let j = 0; j < d; j++) {
      for (let k = 0; k < d; k++) {
        let c = 0;
        for (let i = 0; i < n; i++) c += (z[i][j] - means[j]) * (z[i][k] - means[k]);
        c /= n - 1;
        if (j === k) variance += Math.max(0, 1 - Math.sqrt(c + 0.0001)) / d / 2;
        else covariance += c ** 2 / d;
      }
    }
  }
  return { invariance, variance, covariance, loss: 25 * invariance + 25 * variance + covariance };
}

function terms(n: number, d: number) {
  const first = placeholder("first", [n, d]);
  const second = placeholder("second", [n, d]);
  return { first, second, ...vicreg(first, second) };
}

describe("VICReg", () => {
  test.each([
    [3, 2],
    [6, 5],
    [4, 8],
  ])("of %i pairs in %i dimensions is the official loss", (n, d) => {
    const built = terms(n, d);
    const { loss, invariance, regularisation, parts } = built;
    const [first, second] = [numbers(1, n * d).map((z) => z / 2), numbers(2, n * d)];
    const tensors = [loss, invariance, regularisation, parts.variance, parts.covariance];
    const found = inFloat64(tensors, { first, second }).map(([value]) => value);
    const e = literal(rowsOf(first, d), rowsOf(second, d));
    const regular = 25 * e.variance + e.covariance;
    expectClose(found, [e.loss, 25 * e.invariance, regular, e.variance, e.covariance], 1e-12);
  });

  test("by hand: all outputs equal leave only the variance term, 25 · (1 - 0.01)", () => {
    const { loss, parts } = terms(4, 3);
    const same = new Float64Array(12).fill(0.7);
    const [total, variance] = inFloat64([loss, parts.variance], { first: same, second: same });
    expectClose([total[0], variance[0]], [25 * 0.99, 0.99], 1e-12);
  });

  test("the variance term carries the official ½, which solo-learn leaves out", () => {
    const { parts } = terms(2, 1);
    // Deviations √(0.5 + 1e-4) and √(1e-4): hinges 1 - √0.5001 and 0.99, halved.
    const [variance] = inFloat64([parts.variance], { first: [0, 1], second: [3, 3] });
    expect(variance[0]).toBeCloseTo((1 - Math.sqrt(0.5001) + 0.99) / 2, 12);
  });

  test("its gradient is what finite differences give", () => {
    const [n, d] = [5, 3];
    const built = terms(n, d);
    const second = numbers(6, n * d);
    const x = numbers(5, n * d).map((z) => z / 2);
    const [found] = inFloat64(gradient(built.loss, [built.first]), { first: x, second });
    const f = (first: Float64Array) => inFloat64([built.loss], { first, second })[0][0];
    expectClose(found, differences(f, x), 1e-7);
  });
});
