/** From a case to a program, and to its values by the reference. */
import { fork, type Key, keyFromSeed, normal } from "../../src/base/index.ts";
import {
  evaluate,
  gradient,
  multiply,
  type ProgramSpec,
  placeholder,
  sizeOf,
  sum,
  type Tensor,
  type Values,
} from "../../src/engine/index.ts";
import { asList, type Case, drawInputs } from "./cases/index.ts";

export const key: Key = keyFromSeed(20_260);

export interface Built {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly values: Readonly<Record<string, Values>>;
}

/**
 * The case on placeholders `x0`, `x1`, …, with drawn values for them; with the role `parameter`,
 * floats are owned by the program.
 */
export function buildCase(example: Case, role: "input" | "parameter" = "input"): Built {
  const inputs = example.inputs.map(({ shape, dtype }, i) =>
    placeholder(`x${i}`, shape, { dtype, role: dtype === "f32" ? role : "input" }),
  );
  const drawn = drawInputs(example, key);
  const values = Object.fromEntries(drawn.map((x, i) => [`x${i}`, x]));
  return { inputs, outputs: asList(example.build(...inputs)), values };
}

export function specOf(
  outputs: readonly Tensor[],
): ProgramSpec & { outputs: Record<string, Tensor> } {
  return { outputs: Object.fromEntries(outputs.map((output, i) => [`y${i}`, output])) };
}

/** What the reference gives for the outputs of a specification. */
export function expectedOf(
  { outputs }: ProgramSpec,
  values: Readonly<Record<string, Values>>,
): Record<string, Float64Array> {
  const wide = new Map(Object.entries(values).map(([name, x]) => [name, Float64Array.from(x)]));
  const names = Object.keys(outputs);
  const found = evaluate(Object.values(outputs), wide);
  return Object.fromEntries(names.map((name, i) => [name, found[i]]));
}

/**
 * A scalar of the first output, Σ y·weight with drawn weights, and its gradients: enough to see every
 * element of the Jacobian's transpose at work.
 */
export function gradientOf(example: Case, { inputs, outputs, values }: Built) {
  const [y] = outputs;
  const weight = placeholder("weight", y.shape);
  const loss = sum(multiply(y, weight));
  const drawn = normal(fork(key, example.name, "weight"), sizeOf(y.shape));
  const targets = inputs.flatMap((input, i) =>
    input.dtype === "f32" && !example.inputs[i].fixed ? [input] : [],
  );
  return {
    loss,
    targets,
    gradients: gradient(loss, targets),
    values: { ...values, weight: Float32Array.from(drawn) } as Record<string, Values>,
  };
}
