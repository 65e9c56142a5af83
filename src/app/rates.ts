/** How fast an executor is here, on a small program of each kind of work. */
import type { Clock } from "../base/index.ts";
import {
  batchNorm,
  batchNormInference,
  convolution,
  type Executor,
  gradient,
  matmul,
  mean,
  multiply,
  type ProgramSpec,
  parameter,
  placeholder,
  placeholdersOf,
  relu,
  sizeOf,
  square,
  state,
  subtract,
} from "../engine/index.ts";
import { flopsOf } from "../learn/train/index.ts";

/** Billions of multiplications and additions a second. */
export interface Rates {
  /** Absent where an executor is not meant for it. */
  readonly training?: number;
  readonly embedding?: number;
  readonly measuring: number;
}

export async function ratesOf(executor: Executor, clock: Clock): Promise<Rates> {
  // The definition of every op is no way to train.
  if (executor.name === "reference") {
    return { measuring: await rateOf(executor, product(64), clock) };
  }
  return {
    training: await trainingRate(executor, clock),
    embedding: await rateOf(executor, embedding(), clock),
    measuring: await rateOf(executor, product(512), clock),
  };
}

export function trainingRate(executor: Executor, clock: Clock): Promise<number> {
  return rateOf(executor, trainingStep(), clock);
}

const [pictures, channels, side] = [32, 64, 16];

function layer() {
  return {
    x: placeholder("x", [pictures, channels, side, side]),
    weight: parameter("weight", [channels, channels, 3, 3]),
    scale: parameter("scale", [channels]),
    shift: parameter("shift", [channels]),
  };
}

/** Two convolutions with batch norm and ReLU, and a step along their gradient. */
function trainingStep(): ProgramSpec {
  const { x, weight, scale, shift } = layer();
  const first = relu(batchNorm(convolution(x, weight, same), scale, shift).y);
  const second = relu(batchNorm(convolution(first, weight, same), scale, shift).y);
  const loss = mean(square(second));
  const owned = [weight, scale, shift];
  const gradients = gradient(loss, owned);
  return {
    outputs: { loss },
    updates: owned.map((one, i) => [one, subtract(one, multiply(gradients[i], 0.01))]),
  };
}

function embedding(): ProgramSpec {
  const { x, weight, scale, shift } = layer();
  const statistics = { mean: state("mean", [channels]), variance: state("variance", [channels]) };
  const norm = { scale, shift, ...statistics };
  const first = relu(batchNormInference(convolution(x, weight, same), norm));
  const second = relu(batchNormInference(convolution(first, weight, same), norm));
  return { outputs: { y: mean(second, [2, 3]) } };
}

const same = { padding: [1, 1] } as const;

function product(size: number): ProgramSpec {
  const [left, right] = ["left", "right"].map((name) => placeholder(name, [size, size]));
  return { outputs: { product: matmul(left, right) } };
}

/** The best of five; the first run prepares and is not counted. */
async function rateOf(executor: Executor, spec: ProgramSpec, clock: Clock): Promise<number> {
  const program = await executor.compile(spec);
  const inputs: Record<string, Float32Array> = {};
  for (const { attributes } of placeholdersOf(spec)) {
    const values = new Float32Array(sizeOf(attributes.shape)).fill(0.5);
    if (attributes.role === "input") inputs[attributes.name] = values;
    else await program.write(attributes.name, values);
  }
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 6; i++) {
    const from = clock.monotonic();
    await program.run(inputs);
    if (i > 0) best = Math.min(best, clock.monotonic() - from);
  }
  await program.dispose();
  return flopsOf(spec) / best / 1e6;
}
