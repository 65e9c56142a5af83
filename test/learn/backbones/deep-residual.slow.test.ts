/**
 * ResNet-34 and ResNet-50 train alike on every executor: the loss, and the gradient of each weight. The
 * reference would take minutes; three libraries that have nothing in common agree only where all are right.
 * Untrained networks as deep as these amplify roundings, so what they may differ by is measured: what
 * moving each pixel by one unit in the last place changes.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { askPython } from "../../../src/app/job/python.ts";
import { fork, keyFromSeed, normal, Problem } from "../../../src/base/index.ts";
import {
  type Executor,
  findOnednn,
  findTorch,
  gradient,
  multiply,
  onednnExecutor,
  ortExecutor,
  type ProgramSpec,
  placeholder,
  placeholdersOf,
  sizeOf,
  sum,
  torchExecutor,
} from "../../../src/engine/index.ts";
import { backbone } from "../../../src/learn/backbones/index.ts";
import { initialValues, placeholders, training } from "../../../src/learn/nn/index.ts";
import { nmse } from "../../engine/compare.ts";

const views = [8, 3, 32, 32] as const;
const key = keyFromSeed(34);

interface Case {
  readonly spec: ProgramSpec;
  readonly owned: Readonly<Record<string, Float32Array>>;
  readonly inputs: Readonly<Record<string, Float32Array>>;
}

/** The representation by a drawn direction, and its gradient by every parameter. */
function caseOf(name: string): Case {
  const { layer } = backbone(name);
  const tree = placeholders(layer);
  const x = placeholder("x", views);
  const { y } = layer.apply(tree, x, training);
  const along = placeholder("along", y.shape);
  const loss = sum(multiply(y, along));
  const names = layer.parameters.map((one) => one.name);
  const gradients = gradient(
    loss,
    names.map((one) => tree[one]),
  );
  const drawn = (of: string, shape: readonly number[]) =>
    Float32Array.from(normal(fork(key, of), sizeOf(shape)));
  const outputs = Object.fromEntries(names.map((one, i) => [one, gradients[i]]));
  return {
    spec: { outputs: { loss, ...outputs } },
    owned: initialValues(layer, fork(key, name)),
    inputs: { x: drawn("x", views), along: drawn("along", y.shape) },
  };
}

async function run(executor: Executor, { spec, owned, inputs }: Case) {
  const program = await executor.compile(spec);
  for (const { attributes } of placeholdersOf(spec)) {
    const { name, role } = attributes;
    if (role !== "input") await program.write(name, owned[name]);
  }
  const found = await program.run(inputs);
  await executor.dispose();
  return found;
}

const onednn = findOnednn();
const torch = await findTorch({ ask: askPython }).catch((thrown: unknown) => {
  if (thrown instanceof Problem && thrown.code === "engine/torch-missing") return undefined;
  throw thrown;
});

const executors: Readonly<Record<string, (() => Promise<Executor>) | undefined>> = {
  onednn: onednn && (() => onednnExecutor({ library: onednn.path, threads: 2, precision: "f32" })),
  torch: torch && (() => torchExecutor({ library: torch, threads: 2 })),
};

/** Every second value up, the others down, by 2⁻²³ of themselves. */
function nudged(values: Float32Array): Float32Array {
  return values.map((value, i) => value * (1 + (i % 2 === 0 ? 2 ** -23 : -(2 ** -23))));
}

describe.each(["resnet-34", "resnet-50"])("%s", (name) => {
  const made = caseOf(name);
  let expected: Awaited<ReturnType<typeof run>>;
  let rounding = 0;
  beforeAll(async () => {
    expected = await run(await ortExecutor({ threads: 2 }), made);
    const inputs = { ...made.inputs, x: nudged(made.inputs.x) };
    const moved = await run(await ortExecutor({ threads: 2 }), { ...made, inputs });
    const changes = Object.keys(expected).map((key) => nmse(moved[key], expected[key]));
    rounding = Math.max(...changes);
  }, 600_000);

  it("is no more sensitive than can tell right from wrong", () => {
    expect(rounding).toBeGreaterThan(0);
    expect(rounding).toBeLessThan(2e-3);
  });

  it.for(Object.keys(executors))("on %s as on ort", { timeout: 600_000 }, async (key, { skip }) => {
    const open = executors[key];
    if (!open) return skip(`no library for ${key} here`);
    const found = await run(await open(), made);
    for (const [of, values] of Object.entries(expected)) {
      expect(nmse(found[of], values), of).toBeLessThan(5 * rounding);
    }
  });
});
