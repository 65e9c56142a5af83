/** Random small programs of elementwise arithmetic, reductions and products, for properties. */
import fc from "fast-check";
import {
  abs,
  add,
  broadcastTo,
  divide,
  exp,
  matmul,
  max,
  maximum,
  multiply,
  negate,
  type ProgramSpec,
  placeholder,
  relu,
  reshape,
  subtract,
  sum,
  type Tensor,
  tanh,
  transpose,
} from "../../../src/engine/index.ts";

const square = [3, 3];
const binaries = [
  add,
  subtract,
  maximum,
  (a: Tensor, b: Tensor) => multiply(tanh(a), b),
  (a: Tensor, b: Tensor) => divide(a, add(abs(b), 1)),
];
const unaries = [negate, abs, relu, tanh, (x: Tensor) => exp(negate(abs(x)))];

const step = fc.record({
  kind: fc.constantFrom(
    ...(["binary", "binary", "binary", "unary", "sum", "max"] as const),
    ...(["spread", "product", "product", "scaled", "around", "turn"] as const),
  ),
  which: fc.nat(100),
  /** Which of the values made so far. */
  left: fc.nat(1000),
  right: fc.nat(1000),
  axis: fc.constantFrom(0, 1),
});

/** All sizes are 3 or 1, so that any two broadcast. */
export const randomSpec: fc.Arbitrary<ProgramSpec> = fc
  .tuple(
    fc.array(step, { minLength: 1, maxLength: 25 }),
    fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }),
  )
  .map(([steps, chosen]) => {
    const made = ["x0", "x1"].map((name) => placeholder(name, square));
    made.push(placeholder("x2", [1, 3]), placeholder("x3", [3, 1]));
    for (const one of steps) made.push(next(one, made));
    const last = made[made.length - 1];
    const outputs = [last, ...chosen.map((i) => made[i % made.length])];
    return { outputs: Object.fromEntries(outputs.map((output, i) => [`y${i}`, output])) };
  });

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function next({ kind, which, left, right, axis }: Step, made: readonly Tensor[]): Tensor {
  const a = made[left % made.length];
  const b = made[right % made.length];
  const wide = (x: Tensor) => broadcastTo(x, square);
  const kept = { keepDimensions: true };
  const rows = made.filter(({ shape }) => shape.join() === "1,3");
  const row = rows[which % rows.length];
  switch (kind) {
    case "binary":
      return binaries[which % binaries.length](a, b);
    case "unary":
      return unaries[which % unaries.length](a);
    case "sum":
      return multiply(sum(a, [axis], kept), 0.3);
    case "max":
      return max(a, [axis], kept);
    case "spread":
      return wide(a);
    case "product":
      return add(matmul(wide(tanh(a)), wide(b)), reshape(row, [3]));
    case "around": {
      // The product stands between two uses of its bias: they are no one loop.
      const bent = abs(row);
      const y = add(matmul(wide(tanh(a)), wide(b)), reshape(bent, [3]));
      return subtract(bent, sum(y, [0], kept));
    }
    case "scaled":
      return multiply(matmul(wide(tanh(a)), wide(b)), 0.25);
    case "turn":
      return transpose(a);
    default:
      return kind satisfies never;
  }
}
